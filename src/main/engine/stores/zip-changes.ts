import { dirname } from 'node:path'
import { ConflictError, IoError } from '@shared/errors'
import { replaceFile } from '../files/atomic-replace'
import { stampOf, type FileStat, type Fs } from '../files/fs'
import { ioError } from '../files/io-error'
import { ZipArchive } from './zip-archive'
import { backUp } from './zip-backup'
import { copyEntries, verifyArchive } from './zip-copy'
import { localHeader, type EntryRecord } from './zip-records'
import { ZipWriter } from './zip-writer'

/** A value that was written and not yet saved. */
export interface Pending {
  record: EntryRecord
  read(offset: number, length: number): Promise<Uint8Array>
}

export interface SaveOptions {
  /** The archive as it is, whose entries stay unless changed. */
  base: ZipArchive | undefined
  /** What should lie at the path, undefined for nothing; anything else is a ConflictError. */
  expected: FileStat | undefined
  /** Keep the old archive under this name. */
  backup: string | undefined
  signal?: AbortSignal
}

/** What changes in an archive until it is saved: new values in a hidden sibling, deleted names in memory. */
export class ZipChanges {
  private readonly fs: Fs
  private readonly path: string
  /** Null for a deleted name. */
  private readonly changed = new Map<string, Pending | null>()
  private writer: ZipWriter | undefined
  /** The sibling holds bytes that no entry needs, so it cannot become the archive as it is. */
  private untidy = false

  constructor(fs: Fs, path: string) {
    this.fs = fs
    this.path = path
  }

  get size(): number {
    return this.changed.size
  }

  /** Undefined for a name that was not changed, null for a deleted one. */
  find(key: string): Pending | null | undefined {
    return this.changed.get(key)
  }

  /** Names with a new value, and its size. */
  *values(): Generator<[key: string, size: number]> {
    for (const [key, pending] of this.changed) if (pending) yield [key, pending.record.size]
  }

  async set(key: string, value: Uint8Array): Promise<void> {
    const writer = (this.writer ??= await ZipWriter.create(this.fs, this.path))
    const record = await writer.append(key, value)
    const data = record.offset + localHeader(record).length
    if (this.changed.get(key)) this.untidy = true
    this.changed.set(key, { record, read: (offset, length) => writer.read(data + offset, length) })
  }

  delete(key: string): void {
    if (this.changed.get(key)) this.untidy = true
    this.changed.set(key, null)
  }

  /**
   * Makes the new archive, checks it and puts it in place; `replaced` is told then. A failure before that leaves the old
   * archive and all changes; after it, the disk did not confirm the new name.
   */
  async save(options: SaveOptions, replaced: (archive: ZipArchive) => void): Promise<void> {
    if (options.base) await this.checkSpace(options.base.stat.size)
    const scratch = this.writer
    const reuse = scratch !== undefined && !this.untidy
    const writer = reuse ? scratch : await ZipWriter.create(this.fs, this.path)
    try {
      replaced(await this.build(writer, reuse, options))
    } catch (thrown) {
      if (reuse) this.untidy = true
      else await writer.discard()
      throw ioError(this.path, thrown, 'the archive could not be saved')
    }
    this.changed.clear()
    this.writer = undefined
    this.untidy = false
    // Its contents are on the disk already: closing cannot lose them.
    await writer.close().catch(() => undefined)
    if (!reuse) await scratch?.discard()
    await this.confirm()
  }

  /** Forgets all changes. */
  async discard(): Promise<void> {
    this.changed.clear()
    await this.writer?.discard()
    this.writer = undefined
    this.untidy = false
  }

  private async build(writer: ZipWriter, reused: boolean, options: SaveOptions): Promise<ZipArchive> {
    const { base, expected, backup, signal } = options
    const records: EntryRecord[] = []
    for (const [key, pending] of this.changed) {
      if (!pending) continue
      const { record } = pending
      records.push(reused ? record : await writer.append(key, await pending.read(0, record.size)))
    }
    if (base) {
      const kept = await copyEntries(base, (name) => !this.changed.has(name), writer, signal)
      for (const record of kept) records.push(record)
    }
    records.sort((a, b) => a.offset - b.offset)
    await writer.finish(records)
    const archive = await this.verified(writer.partial, records.length)
    try {
      if (base && backup !== undefined) await backUp(this.fs, base, backup)
      await replaceFile(this.fs, writer.partial, this.path, {
        check: (current) => {
          if (!isSame(current, expected)) throw new ConflictError(this.path)
        },
      })
    } catch (thrown) {
      await archive.close()
      throw thrown
    }
    return archive.movedTo(this.path)
  }

  private async verified(partial: string, entries: number): Promise<ZipArchive> {
    const archive = await ZipArchive.open(this.fs, partial)
    if (archive?.directory.count !== entries) {
      await archive?.close()
      throw new IoError(
        partial,
        'EIO',
        'the new archive does not hold what was written; the disk may be faulty.',
      )
    }
    try {
      await verifyArchive(archive)
    } catch (thrown) {
      await archive.close()
      throw thrown
    }
    return archive
  }

  private async confirm(): Promise<void> {
    try {
      await this.fs.syncDirectory(dirname(this.path))
    } catch (thrown) {
      throw ioError(this.path, thrown, 'the archive was saved, but the disk did not confirm it')
    }
  }

  private async checkSpace(size: number): Promise<void> {
    const needed = Math.ceil(size * 1.05)
    const free = await this.fs.freeSpace(dirname(this.path)).catch(() => Infinity)
    if (free < needed)
      throw new IoError(
        this.path,
        'ENOSPC',
        `saving writes the archive anew and needs ${needed} bytes; the disk has ${free}. Nothing was changed.`,
      )
  }
}

const isSame = (one: FileStat | undefined, other: FileStat | undefined): boolean =>
  one === undefined || other === undefined ? one === other : stampOf(one) === stampOf(other)
