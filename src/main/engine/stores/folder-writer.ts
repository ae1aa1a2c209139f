import { dirname, join } from 'node:path'
import { IoError } from '@shared/errors'
import { atomicReplace } from '../files/atomic-replace'
import { isInside, leavesStore, notAFile, rootVanished } from '../files/confinement'
import type { FileStat, Fs } from '../files/fs'
import { errorCode, ioError, isAbsent } from '../files/io-error'
import { isLockName, partialName } from '../files/own-names'
import { clearFolder, removeTree } from '../files/remove-tree'
import { isDocumentName } from './documents-on-disk'
import { nameOf } from './key'

/** Attempts at a write whose folder another writer removes because it was empty. */
const ATTEMPTS = 4

/** Documents that make a node: they go first when a node is deleted, so that half a deletion leaves no broken node. */
const METADATA = new Set(['zarr.json', '.zarray', '.zgroup', '.zmetadata', 'meta'])

/** Sees what lies in the place of a file, and throws to leave it. */
export type FileCheck = (current: FileStat | undefined) => void

/**
 * What is on the disk, and not only in the system's memory, when a write is over: every value, or the metadata
 * documents alone, without which nothing else can be read.
 */
export type Flushing = 'all' | 'documents' | 'none'

/**
 * The writing half of a directory store, below `root`, a real path. Nothing is ever written through a link that
 * leaves it. Folders that become empty are removed, so that a listing shows no names without keys.
 */
export class FolderWriter {
  private readonly fs: Fs
  private readonly root: string
  private readonly flushing: Flushing
  private readonly partialName: (() => string) | undefined

  constructor(fs: Fs, root: string, flushing: Flushing, partialName?: () => string) {
    this.fs = fs
    this.root = root
    this.flushing = flushing
    this.partialName = partialName
  }

  /** `check` sees the file that is about to be replaced, and throws to keep it. */
  async write(key: string, value: Uint8Array, check?: FileCheck): Promise<void> {
    const path = join(this.root, key)
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.writeOnce(path, value, { flush: this.flushes(key), check })
      } catch (thrown) {
        const raced =
          thrown instanceof IoError
            ? thrown.syscall === 'ENOENT' && thrown.path !== this.root
            : isAbsent(thrown)
        if (!raced || attempt === ATTEMPTS) throw ioError(path, thrown, 'it could not be written')
      }
    }
  }

  async delete(key: string, check?: FileCheck): Promise<void> {
    await this.removing(join(this.root, key), this.flushes(key), async (path) => {
      const { kind } = await this.fs.lstat(path)
      check?.(await this.fs.stat(path))
      // A folder holds other keys; it is not this one.
      if (kind !== 'directory') await this.fs.unlink(path)
    })
  }

  /** The folder disappears at once, under a name of ours, before its files are removed one by one. */
  async deletePrefix(prefix: string): Promise<void> {
    if (prefix === '') return this.clear()
    await this.removing(join(this.root, prefix), this.flushing !== 'none', async (path) => {
      const { kind } = await this.fs.lstat(path)
      if (kind === 'link') return this.fs.unlink(path)
      if (kind !== 'directory') return
      const doomed = join(dirname(path), partialName())
      await this.fs.rename(path, doomed)
      await removeTree(this.fs, doomed)
    })
  }

  private async clear(): Promise<void> {
    try {
      await clearFolder(this.fs, this.root, { first: (name) => METADATA.has(name), keep: isLockName })
      if (this.flushing !== 'none') await this.fs.syncDirectory(this.root)
    } catch (thrown) {
      throw ioError(this.root, thrown, 'it could not be emptied')
    }
  }

  private flushes(key: string): boolean {
    return this.flushing === 'all' || (this.flushing === 'documents' && isDocumentName(nameOf(key)))
  }

  private async writeOnce(
    path: string,
    value: Uint8Array,
    { flush, check }: { flush: boolean; check: FileCheck | undefined },
  ): Promise<void> {
    const grown = await this.enter(dirname(path))
    const target = await this.target(path)
    const { partialName } = this
    await atomicReplace(this.fs, target, value, { flush, partialName, ...(check && { check }) })
    if (flush) for (const parent of grown) await this.fs.syncDirectory(parent)
  }

  /** Makes the folder where it is missing; gives the folders that gained a name. */
  private async enter(folder: string): Promise<string[]> {
    if (await this.exists(folder)) return []
    if (folder === this.root) throw rootVanished(this.root)
    const parent = dirname(folder)
    const grown = await this.enter(parent)
    try {
      await this.fs.mkdir(folder)
    } catch (thrown) {
      if (errorCode(thrown) !== 'EEXIST') throw thrown
    }
    return [parent, ...grown]
  }

  /** True for a folder inside the root, false where there is none yet. */
  private async exists(folder: string): Promise<boolean> {
    let real: string
    try {
      real = await this.fs.realpath(folder)
    } catch (thrown) {
      if (errorCode(thrown) === 'ENOENT') return false
      throw thrown
    }
    if (!isInside(this.root, real)) throw leavesStore(folder, real)
    return true
  }

  /** The file to replace: the path itself, or what a link inside the store leads to. */
  private async target(path: string): Promise<string> {
    let kind
    try {
      kind = (await this.fs.lstat(path)).kind
    } catch (thrown) {
      if (errorCode(thrown) === 'ENOENT') return path
      throw thrown
    }
    if (kind === 'file') return path
    if (kind !== 'link') throw notAFile(path, kind)
    const real = await this.fs.realpath(path)
    if (!isInside(this.root, real)) throw leavesStore(path, real)
    return real
  }

  private async removing(
    path: string,
    flush: boolean,
    remove: (path: string) => Promise<void>,
  ): Promise<void> {
    const folder = dirname(path)
    try {
      if (!(await this.exists(folder))) return
      await remove(path)
      if (flush) await this.fs.syncDirectory(folder)
      await this.prune(folder)
    } catch (thrown) {
      if (!isAbsent(thrown)) throw ioError(path, thrown, 'it could not be deleted')
    }
  }

  /** Removes the folder and those above it as far as they are empty; never the root. */
  private async prune(folder: string): Promise<void> {
    while (folder !== this.root && isInside(this.root, folder)) {
      try {
        await this.fs.rmdir(folder)
      } catch {
        return
      }
      folder = dirname(folder)
    }
  }
}
