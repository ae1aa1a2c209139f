import { resolve } from 'node:path'
import { AbortedError, IoError, ReadOnlyError, UsageError } from '@shared/errors'
import { resolveRange } from '../files/byte-range'
import { archiveVanished, notAFile } from '../files/confinement'
import { stampOf, type FileStat, type Fs } from '../files/fs'
import { ioError, isAbsent } from '../files/io-error'
import { nodeFs } from '../files/node'
import { hasOwnName } from '../files/own-names'
import type { ChunkBatch, ChunkNaming } from './chunk-naming'
import { checkKey, checkNewKey, checkPrefix, isBelow, listLevel } from './key'
import { pacer } from './pacer'
import type { GetOptions, Listing, Located, WritableStore } from './store'
import { ZipArchive } from './zip-archive'
import { ZipChanges } from './zip-changes'
import { chunksAmong, zipChunks } from './zip-chunks'
import { ZipTree } from './zip-tree'

export interface ZipStoreOptions {
  /** `r` (default) reads an archive; `a` changes one or makes it; `w` makes a new one in place of what is there. */
  mode?: 'r' | 'a' | 'w'
  fs?: Fs
}

/**
 * A zip archive, one entry a key. Entries cannot be changed in place: what is written goes to a hidden sibling, and
 * `flush` or `close` makes a new archive of it and of the entries that stay, checks it and puts it in place of the old
 * one. Until then others see the archive as it was. Write each chunk once where you can: a `flush` copies the archive.
 */
export class ZipStore implements WritableStore {
  readonly kind = 'zip'
  readonly className = 'zarr.storage.ZipStore'
  readonly path: string
  readonly readOnly: boolean
  private readonly mode: 'r' | 'a' | 'w'
  private readonly fs: Fs
  private readonly changes: ZipChanges
  private opening: Promise<void> | undefined
  private opened = false
  private closed = false
  private archive: ZipArchive | undefined
  private tree: ZipTree | undefined
  /** What was at the path when the store was opened or last saved. */
  private expected: FileStat | undefined
  private saved = false
  private queue: Promise<unknown> = Promise.resolve()

  constructor(path: string, options: ZipStoreOptions = {}) {
    this.path = resolve(path)
    this.mode = options.mode ?? 'r'
    this.readOnly = this.mode === 'r'
    this.fs = options.fs ?? nodeFs
    this.changes = new ZipChanges(this.fs, this.path)
  }

  /** Reads the directory, which every other call does when it is the first. @throws IoError for a damaged archive. */
  async open(): Promise<void> {
    if (this.closed) throw new UsageError(`${this.path} was closed; open it again to use it.`)
    if (this.opened) return
    this.opening ??= this.openOnce().finally(() => (this.opening = undefined))
    await this.opening
  }

  async get(key: string, options: GetOptions = {}): Promise<Uint8Array | undefined> {
    checkKey(key)
    await this.open()
    if (options.signal?.aborted) throw new AbortedError()
    // What was not saved yet may move while it is read.
    return this.changes.find(key) ? this.queued(() => this.value(key, options)) : this.value(key, options)
  }

  async size(key: string): Promise<number | undefined> {
    return (await this.facts(key))?.size
  }

  async stamp(key: string): Promise<string | undefined> {
    checkKey(key)
    await this.open()
    if (this.readOnly) await this.refresh()
    const facts = await this.facts(key)
    return facts && `${facts.crc32}:${facts.size}`
  }

  locate(key: string): Located | undefined {
    checkKey(key)
    if (!this.opened) return undefined
    const pending = this.changes.find(key)
    if (pending) return undefined
    const number = pending === null ? -1 : this.numberOf(key)
    if (!this.archive || number < 0) return { kind: 'missing' }
    try {
      return this.archive.place(this.archive.directory.entry(number))
    } catch {
      // Reading it says why it is refused.
      return undefined
    }
  }

  async list(prefix: string, options: { signal?: AbortSignal } = {}): Promise<Listing> {
    checkPrefix(prefix)
    await this.open()
    if (options.signal?.aborted) throw new AbortedError()
    if (this.changes.size > 0) {
      const keys = Array.from(this.keys(), ([key]) => key)
      return listLevel(keys, prefix)
    }
    if (!this.archive) return { keys: [], prefixes: [] }
    this.tree ??= new ZipTree(this.archive.directory)
    return this.tree.list(prefix)
  }

  async *scan(
    prefix: string,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<{ key: string; size: number }[]> {
    checkPrefix(prefix)
    await this.open()
    const pause = pacer()
    let batch: { key: string; size: number }[] = []
    for (const [key, size] of this.keys()) {
      if (!isBelow(prefix, key) || hasOwnName(key)) continue
      batch.push({ key, size })
      if (batch.length < 1024) continue
      if (options.signal?.aborted) throw new AbortedError()
      yield batch
      batch = []
      await pause()
    }
    if (options.signal?.aborted) throw new AbortedError()
    if (batch.length > 0) yield batch
  }

  async *scanChunks(
    prefix: string,
    naming: ChunkNaming,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<ChunkBatch> {
    checkPrefix(prefix)
    await this.open()
    if (this.changes.size > 0) yield* chunksAmong(this.scan(prefix, options), prefix, naming)
    else if (this.archive) yield* zipChunks(this.archive.directory, prefix, naming, options.signal)
  }

  async set(key: string, value: Uint8Array, options: { signal?: AbortSignal } = {}): Promise<void> {
    checkNewKey(key)
    this.checkWritable()
    await this.open()
    if (options.signal?.aborted) throw new AbortedError()
    // The caller may change its bytes as soon as this call has returned, which is before they are written.
    const copy = new Uint8Array(value)
    await this.queued(() => this.changes.set(key, copy))
  }

  async delete(key: string): Promise<void> {
    checkKey(key)
    this.checkWritable()
    await this.open()
    await this.queued(async () => {
      if (this.changes.find(key) ?? this.numberOf(key) >= 0) this.changes.delete(key)
    })
  }

  async deletePrefix(prefix: string): Promise<void> {
    checkPrefix(prefix)
    this.checkWritable()
    await this.open()
    await this.queued(async () => {
      for (const [key] of [...this.keys()]) if (isBelow(prefix, key)) this.changes.delete(key)
    })
  }

  /**
   * Saves what was written: the new archive takes the place of the old one, which stays beside it under another name
   * until the next time it is opened and saved. A failure leaves the old archive and all changes, to try again.
   */
  async flush(options: { signal?: AbortSignal } = {}): Promise<void> {
    if (this.readOnly) return
    await this.open()
    await this.queued(() => this.save(options.signal))
  }

  /** Saves and closes; where saving fails the store stays open: try again, or `discard`. */
  async close(): Promise<void> {
    if (this.closed) return
    if (this.mode === 'w') await this.open()
    if (this.opened) await this.flush()
    await this.discard()
  }

  /** Closes without saving. */
  async discard(): Promise<void> {
    this.closed = true
    await this.queued(async () => {
      await this.changes.discard()
      await this.archive?.close()
      this.archive = undefined
      this.tree = undefined
    })
  }

  private async openOnce(): Promise<void> {
    if (this.mode === 'w') this.expected = await this.statTarget()
    else {
      this.archive = await ZipArchive.open(this.fs, this.path)
      if (!this.archive && this.mode === 'r')
        throw new IoError(this.path, 'ENOENT', 'there is no such archive.')
      this.expected = this.archive?.stat
    }
    this.opened = true
  }

  /** Opens the archive again where another program has replaced it. */
  private async refresh(): Promise<void> {
    const old = this.archive
    const now = await this.statTarget()
    if (!now) throw archiveVanished(this.path)
    if (!old || stampOf(now) === stampOf(old.stat)) return
    const archive = await ZipArchive.open(this.fs, this.path)
    if (this.archive !== old) return archive?.close()
    this.archive = archive
    this.tree = undefined
    await old.close()
  }

  private async statTarget(): Promise<FileStat | undefined> {
    try {
      const stat = await this.fs.stat(this.path)
      if (stat.kind !== 'file') throw notAFile(this.path, stat.kind)
      return stat
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined
      throw ioError(this.path, thrown)
    }
  }

  private async save(signal: AbortSignal | undefined): Promise<void> {
    if (this.changes.size === 0 && (this.saved || this.mode === 'a')) return
    const old = this.archive
    // The archive as it was when the store was opened is the one worth keeping.
    const backup = old && !this.saved && this.mode === 'a' ? `${this.path}.zarrscope.bak` : undefined
    const replaced = (archive: ZipArchive): void => {
      this.archive = archive
      this.expected = archive.stat
      this.tree = undefined
      this.saved = true
    }
    try {
      await this.changes.save(
        { base: old, expected: this.expected, backup, ...(signal ? { signal } : {}) },
        replaced,
      )
    } finally {
      if (this.archive !== old) await old?.close()
    }
  }

  /** The value as it is now. */
  private async value(key: string, options: GetOptions): Promise<Uint8Array | undefined> {
    const pending = this.changes.find(key)
    if (pending) {
      const { start, length } = resolveRange(key, pending.record.size, options.range)
      return pending.read(start, length)
    }
    const number = pending === null ? -1 : this.numberOf(key)
    return number < 0 ? undefined : this.archive?.value(number, options.range, options.signal)
  }

  private async facts(key: string): Promise<{ size: number; crc32: number } | undefined> {
    checkKey(key)
    await this.open()
    const pending = this.changes.find(key)
    if (pending) return pending.record
    const number = pending === null ? -1 : this.numberOf(key)
    return number < 0 ? undefined : this.archive?.directory.entry(number)
  }

  /** Number of the key's entry in the saved archive, or -1. */
  private numberOf(key: string): number {
    return hasOwnName(key) ? -1 : (this.archive?.directory.find(key) ?? -1)
  }

  /** Keys that have a value now, with its size. */
  private *keys(): Generator<[key: string, size: number]> {
    for (const [key, size] of this.archive?.directory.keys() ?? [])
      if (this.changes.find(key) === undefined) yield [key, size]
    yield* this.changes.values()
  }

  /** One change or save at a time, in the order of the calls. */
  private queued<T>(task: () => Promise<T>): Promise<T> {
    const result = this.queue.then(task)
    this.queue = result.catch(() => undefined)
    return result
  }

  private checkWritable(): void {
    if (this.readOnly)
      throw new ReadOnlyError(`${this.path} was opened for reading only; nothing was changed.`)
  }
}
