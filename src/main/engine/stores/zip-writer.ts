import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { writeFully } from '../files/atomic-replace'
import type { Fs, FsHandle } from '../files/fs'
import { ioError } from '../files/io-error'
import { makeFolder } from '../files/make-folder'
import { readFully } from '../files/safe-open'
import { archivePartial } from './archive-partials'
import { FLAG } from './zip-format'
import { centralHeader, dosTime, endRecords, localHeader, type EntryRecord } from './zip-records'

/** Regular file, readable by all, as the high half of the attributes. */
const UNIX_FILE = (0o100644 << 16) >>> 0

/** Values up to this size are copied behind their header, which saves a write. */
const SMALL = 2 ** 16

/** Bytes of the directory written at once. */
const BLOCK = 2 ** 20

/**
 * An archive in the making: a hidden sibling of the path it will be published under. Entries are appended, then the
 * directory. Not safe for calls at the same time: the caller queues them.
 */
export class ZipWriter {
  readonly partial: string
  private readonly fs: Fs
  private readonly handle: FsHandle
  private end = 0

  private constructor(fs: Fs, partial: string, handle: FsHandle) {
    this.fs = fs
    this.partial = partial
    this.handle = handle
  }

  static async create(fs: Fs, path: string): Promise<ZipWriter> {
    const partial = archivePartial(path)
    try {
      await makeFolder(fs, dirname(path))
      return new ZipWriter(fs, partial, await fs.open(partial, 'create'))
    } catch (thrown) {
      throw ioError(path, thrown, 'it could not be written')
    }
  }

  /** Where the next bytes go. */
  get position(): number {
    return this.end
  }

  /** Appends a value, stored as it is: chunks are compressed already. */
  async append(key: string, value: Uint8Array): Promise<EntryRecord> {
    const record: EntryRecord = {
      name: Buffer.from(key, 'utf8'),
      flags: FLAG.utf8,
      method: 0,
      modified: dosTime(new Date()),
      crc32: crc32(value),
      length: value.length,
      size: value.length,
      external: UNIX_FILE,
      offset: this.end,
    }
    const header = localHeader(record)
    if (value.length <= SMALL) await this.write(Buffer.concat([header, value]))
    else {
      await this.write(header)
      await this.write(value)
    }
    return record
  }

  /** Appends bytes of an archive as they are: headers and data. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      await writeFully(this.handle, bytes, this.end, this.partial)
    } catch (thrown) {
      throw ioError(this.partial, thrown, 'it could not be written')
    }
    this.end += bytes.length
  }

  /** Bytes written before. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    await readFully(this.handle, bytes, offset, this.partial)
    return bytes
  }

  /** Writes the directory of these entries and flushes all to the disk. After a failure more can be appended. */
  async finish(records: Iterable<EntryRecord>): Promise<void> {
    const start = this.end
    try {
      await this.writeDirectory(records, start)
      await this.handle.sync()
    } catch (thrown) {
      this.end = start
      throw ioError(this.partial, thrown, 'it could not be flushed to the disk')
    }
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  /** Removes the unfinished file. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined)
    await this.fs.unlink(this.partial).catch(() => undefined)
  }

  private async writeDirectory(records: Iterable<EntryRecord>, start: number): Promise<void> {
    let count = 0
    let block: Uint8Array[] = []
    let length = 0
    for (const record of records) {
      const header = centralHeader(record)
      block.push(header)
      count++
      if ((length += header.length) < BLOCK) continue
      await this.write(Buffer.concat(block))
      block = []
      length = 0
    }
    await this.write(Buffer.concat(block))
    await this.write(endRecords(count, start, this.end - start))
  }
}
