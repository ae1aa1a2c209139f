import { realpathSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { AbortedError, ConflictError, IoError, ReadOnlyError } from '@shared/errors'
import { notAFile, rootVanished, type Confinement } from '../files/confinement'
import { stampOf, type DirectoryEntry, type FileStat, type Fs } from '../files/fs'
import { errorCode, ioError, isAbsent } from '../files/io-error'
import { makeFolder } from '../files/make-folder'
import { nodeFs } from '../files/node'
import { hasOwnName, isOwnName } from '../files/own-names'
import { SafeReader } from '../files/safe-open'
import { refuseProblems, scanFiles } from '../files/scan-directory'
import { fileSlots } from '../files/slots'
import { FolderWriter, type Flushing } from './folder-writer'
import { checkKey, checkNewKey, checkPrefix, joinKey } from './key'
import type { GetOptions, Listing, Located, WritableStore } from './store'

export interface DirectoryStoreOptions {
  readOnly?: boolean
  /** Follow links that leave the folder when reading; writing never does. */
  allowLinks?: boolean
  /**
   * What is flushed to the disk before `set` returns. With 'documents' (the default) a crash of the machine, not of the
   * program, may lose chunks of the last seconds; with 'all' nothing; 'none' is for what can be made again.
   */
  flush?: Flushing
  /** Names unfinished writes, so that whoever wrote them can be told. */
  partialName?: () => string
  fs?: Fs
}

/** Time that a scan takes from the calling thread before others have their turn. */
const SCAN_SLICE_MS = 4

/** A folder that has been seen to exist. */
interface Folder {
  confinement: Confinement
  reader: SafeReader
  writer: FolderWriter
}

/**
 * A folder, one file a key. The folder may not exist yet: then nothing is found, and the first `set` makes it.
 * Once it has been seen, its disappearance is an IoError and never taken for missing keys.
 */
export class DirectoryStore implements WritableStore {
  readonly kind = 'directory'
  readonly className = 'zarr.storage.DirectoryStore'
  readonly path: string
  readonly readOnly: boolean
  private readonly options: DirectoryStoreOptions
  private readonly fs: Fs
  private opened: Folder | undefined

  constructor(path: string, options: DirectoryStoreOptions = {}) {
    this.path = resolve(path)
    this.readOnly = options.readOnly ?? false
    this.options = options
    this.fs = options.fs ?? nodeFs
  }

  async get(key: string, options: GetOptions = {}): Promise<Uint8Array | undefined> {
    const folder = this.folderOf(key)
    if (!folder) return undefined
    return fileSlots.run(() => folder.reader.read(pathIn(folder, key), options), options.signal)
  }

  async size(key: string, options: { signal?: AbortSignal } = {}): Promise<number | undefined> {
    return (await this.stat(key, options.signal))?.size
  }

  async stamp(key: string): Promise<string | undefined> {
    const stat = await this.stat(key)
    return stat && stampOf(stat)
  }

  locate(key: string): Located {
    const folder = this.folderOf(key)
    return folder ? { kind: 'file', path: pathIn(folder, key), ...folder.confinement } : { kind: 'missing' }
  }

  /** The folder of a prefix, for worker threads that list it; undefined while the store does not exist. */
  place(prefix: string): { folder: string; confinement: Confinement } | undefined {
    checkPrefix(prefix)
    const folder = this.folder()
    return folder && { folder: pathIn(folder, prefix), confinement: folder.confinement }
  }

  async list(prefix: string, options: { signal?: AbortSignal } = {}): Promise<Listing> {
    checkPrefix(prefix)
    const folder = this.folder()
    if (!folder || hasOwnName(prefix)) return { keys: [], prefixes: [] }
    return fileSlots.run(() => this.listFolder(folder, pathIn(folder, prefix)), options.signal)
  }

  async *scan(
    prefix: string,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<{ key: string; size: number }[]> {
    checkPrefix(prefix)
    const folder = this.folder()
    if (!folder || hasOwnName(prefix)) return
    const files = scanFiles(pathIn(folder, prefix), { confinement: folder.confinement, batch: 256 })
    for (let began = performance.now(); ;) {
      if (options.signal?.aborted) throw new AbortedError()
      const next = files.next()
      if (next.done) return refuseProblems(next.value.problems)
      const { names, sizes } = next.value
      yield names.map((name, i) => ({ key: joinKey(prefix, name), size: sizes[i]! }))
      if (performance.now() - began < SCAN_SLICE_MS) continue
      await breathe()
      began = performance.now()
    }
  }

  async set(key: string, value: Uint8Array, options: { signal?: AbortSignal } = {}): Promise<void> {
    checkNewKey(key)
    this.checkWritable()
    const folder = this.folder() ?? (await this.make())
    await fileSlots.run(() => folder.writer.write(key, value), options.signal)
  }

  /**
   * `set`, or `delete` for null, of a key that still has the identity `stamp` (undefined: missing). Throws ConflictError,
   * and leaves it, where it has another; looked at as late as can be.
   */
  async change(key: string, value: Uint8Array | null, stamp: string | undefined): Promise<void> {
    checkNewKey(key)
    this.checkWritable()
    const folder = this.folder()
    if (!folder) throw rootVanished(this.path)
    const check = (current: FileStat | undefined): void => {
      if ((current && stampOf(current)) !== stamp) throw new ConflictError(key)
    }
    if (value) return fileSlots.run(() => folder.writer.write(key, value, check))
    await fileSlots.run(() => folder.writer.delete(key, check))
  }

  /** Whether chunks are flushed to the disk as they are written. */
  get flushes(): boolean {
    return this.flushing === 'all'
  }

  private get flushing(): Flushing {
    return this.options.flush ?? 'documents'
  }

  /** The file that a worker thread may replace in place of `set` (replaceFileSync); undefined where only `set` can. */
  replaceable(key: string): Extract<Located, { kind: 'file' }> | undefined {
    checkNewKey(key)
    this.checkWritable()
    const folder = this.fs === nodeFs ? this.folder() : undefined
    if (!folder) return undefined
    const { root } = folder.confinement
    return { kind: 'file', path: pathIn(folder, key), root }
  }

  async delete(key: string): Promise<void> {
    const folder = this.folderOf(key)
    this.checkWritable()
    if (folder) await fileSlots.run(() => folder.writer.delete(key))
  }

  async deletePrefix(prefix: string): Promise<void> {
    checkPrefix(prefix)
    this.checkWritable()
    const folder = this.folder()
    if (folder) await fileSlots.run(() => folder.writer.deletePrefix(prefix))
  }

  async close(): Promise<void> {
    return Promise.resolve()
  }

  /** Undefined until the folder exists; from then on links are judged against its real path. */
  private folder(): Folder | undefined {
    if (this.opened) return this.opened
    let root: string
    try {
      root = realpathSync.native(this.path)
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined
      throw ioError(this.path, thrown)
    }
    const confinement = { root, followLinks: this.options.allowLinks ?? false }
    return (this.opened = {
      confinement,
      reader: new SafeReader(this.fs, confinement),
      writer: new FolderWriter(this.fs, root, this.flushing, this.options.partialName),
    })
  }

  private folderOf(key: string): Folder | undefined {
    checkKey(key)
    return hasOwnName(key) ? undefined : this.folder()
  }

  private async make(): Promise<Folder> {
    try {
      const grown = await makeFolder(this.fs, this.path)
      if (this.flushing !== 'none') for (const parent of grown) await this.fs.syncDirectory(parent)
    } catch (thrown) {
      throw ioError(this.path, thrown, 'the folder could not be made')
    }
    const folder = this.folder()
    if (!folder) throw new IoError(this.path, 'ENOENT', 'the folder was removed while it was being made.')
    return folder
  }

  private async stat(key: string, signal?: AbortSignal): Promise<FileStat | undefined> {
    const folder = this.folderOf(key)
    if (!folder) return undefined
    const path = pathIn(folder, key)
    const stat = await fileSlots.run(() => folder.reader.stat(path), signal)
    if (stat && stat.kind !== 'file') throw notAFile(path, stat.kind)
    return stat
  }

  private async listFolder(folder: Folder, path: string): Promise<Listing> {
    let entries: DirectoryEntry[]
    // A link to a folder is shown where its own place is reached without one; otherwise a circle would have no end.
    let showLinks: boolean
    try {
      if ((await folder.reader.stat(path))?.kind !== 'directory') return { keys: [], prefixes: [] }
      showLinks = (await this.fs.realpath(path)) === path
      entries = await this.fs.readdir(path)
    } catch (thrown) {
      throw ioError(path, thrown)
    }
    const listing: Listing = { keys: [], prefixes: [] }
    for (const { name, kind } of entries) {
      if (isOwnName(name)) continue
      const shown = kind === 'link' ? await this.kindOfLink(folder, join(path, name)) : kind
      if (shown !== 'directory') listing.keys.push(name)
      else if (kind === 'directory' || showLinks) listing.prefixes.push(name)
    }
    listing.keys.sort()
    listing.prefixes.sort()
    return listing
  }

  /** What cannot be followed is shown as a key, so that reading it says why. */
  private async kindOfLink(folder: Folder, path: string): Promise<string> {
    try {
      return (await folder.reader.stat(path))?.kind ?? 'link'
    } catch (thrown) {
      if (thrown instanceof IoError || errorCode(thrown)) return 'link'
      throw thrown
    }
  }

  private checkWritable(): void {
    if (this.readOnly)
      throw new ReadOnlyError(`${this.path} was opened for reading only; nothing was changed.`)
  }
}

/** The root is a real path, and keys are joined by "/" on every system. */
/** Keys are names joined by single slashes: nothing is left to be resolved. */
const pathIn = ({ confinement: { root } }: Folder, key: string): string =>
  key === '' ? root : `${root}${root.endsWith(sep) ? '' : sep}${sep === '/' ? key : key.replaceAll('/', sep)}`
