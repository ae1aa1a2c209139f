import { FULL32, u16, u32, CENTRAL_SIZE } from './zip-format'
import type { DirectorySpan } from './zip-end'
import {
  findName,
  findRecord,
  hashNames,
  recordLength,
  recordSpan,
  ZipIndexer,
  type ZipIndex,
  type ZipRecords,
} from './zip-index'

/** An entry of an archive, taken from the central directory. */
export interface ZipEntry {
  name: string
  flags: number
  method: number
  /** MS-DOS time and date, as one number. */
  modified: number
  crc32: number
  /** Attributes; Unix mode in the high half. */
  external: number
  /** Stored bytes. */
  length: number
  /** Bytes after decoding. */
  size: number
  /** Where its local header begins. */
  offset: number
  /** Its data ends here at the latest: the directory begins. */
  limit: number
  /** It is a link; its data names the target. */
  link: boolean
}

/**
 * The central directory of an archive as it lies in memory, with a few typed arrays over it: no object and no string
 * per entry until one is asked for, so that a million entries cost a tenth of a second. Entries for folders are no
 * keys; of several entries with one name the last counts.
 *
 * Refused as a whole (IoError): records that do not fit, names that could lead out of the archive, entries whose bytes
 * overlap.
 */
export class ZipDirectory {
  private readonly path: string
  /** The directory as it lies in the file. */
  readonly bytes: Uint8Array
  private readonly end: number
  private readonly found: ZipRecords
  private hashed: ZipIndex | undefined
  private searches = 0

  private constructor(path: string, bytes: Uint8Array, end: number, found: ZipRecords) {
    this.path = path
    this.bytes = bytes
    this.end = end
    this.found = found
  }

  /** Made when it pays: a third of the time of opening an archive whose chunks may never be asked for. */
  private get index(): ZipIndex {
    return (this.hashed ??= hashNames(this.bytes, this.found))
  }

  /** Reads the directory at `span`; `fill` reads bytes of the file from an offset on into the array it is given. */
  static async read(
    path: string,
    { offset, length, entries }: DirectorySpan,
    fill: (bytes: Uint8Array, offset: number) => Promise<void>,
  ): Promise<ZipDirectory> {
    const bytes = new Uint8Array(length)
    const indexer = new ZipIndexer(path, bytes, entries, offset)
    const next = (at: number): Promise<void> => fill(bytes.subarray(at, at + PIECE), offset + at)
    let reading = next(0)
    try {
      for (let at = PIECE; at < length; at += PIECE) {
        await reading
        reading = next(at)
        indexer.advance(at)
      }
    } finally {
      // Also where a record was refused: the file is in use as long as a piece is being read.
      await reading
    }
    return new ZipDirectory(path, bytes, offset, indexer.finish())
  }

  /** Entries that are keys. */
  get count(): number {
    return this.index.count
  }

  /** The number of the entry with this name, good for calls that follow at once; -1 where there is none. */
  find(name: string): number {
    const bytes = Buffer.from(name, 'utf8')
    if (!this.hashed && this.searches++ < FEW) return findRecord(this.found, this.bytes, bytes)
    return findName(this.index, this.bytes, bytes)
  }

  /** Where the name of an entry begins in `bytes`. */
  nameStart(number: number): number {
    return this.found.records[number]! + CENTRAL_SIZE
  }

  /** Bytes of an entry's name. */
  nameLength(number: number): number {
    return u16(this.bytes, this.found.records[number]! + 28)
  }

  /** Name of an entry by number, 0 … count - 1. */
  nameOf(number: number): string {
    const start = this.bytes.byteOffset + this.nameStart(number)
    return Buffer.from(this.bytes.buffer, start, this.nameLength(number)).toString('utf8')
  }

  /** Whether two entries lie in the same folder; it makes no string. */
  sameFolder(one: number, other: number): boolean {
    const length = this.folderLength(one)
    if (length !== this.folderLength(other)) return false
    let i = this.found.records[one]! + CENTRAL_SIZE
    let j = this.found.records[other]! + CENTRAL_SIZE
    for (const end = i + length; i < end; i++, j++) if (this.bytes[i] !== this.bytes[j]) return false
    return true
  }

  /** Bytes of an entry after decoding. */
  sizeOf(number: number): number {
    const at = this.found.records[number]!
    const size = u32(this.bytes, at + 24)
    return size === FULL32 ? recordSpan(this.path, this.bytes, at).size : size
  }

  /** Every name, with the bytes of its value. */
  *keys(): Generator<[name: string, size: number]> {
    for (let number = 0; number < this.count; number++) yield [this.nameOf(number), this.sizeOf(number)]
  }

  entry(number: number): ZipEntry {
    const b = this.bytes
    const at = this.found.records[number]!
    const span = recordSpan(this.path, b, at)
    return {
      ...span,
      name: this.nameOf(number),
      flags: u16(b, at + 8),
      method: u16(b, at + 10),
      modified: u32(b, at + 12),
      crc32: u32(b, at + 16),
      external: u32(b, at + 38),
      limit: this.end,
      link: (b[at + 41]! & 0xf0) === 0xa0,
    }
  }

  /** Where the local headers of all entries begin, ascending, those of folders and overwritten entries included. */
  headerOffsets(): Float64Array {
    const offsets: number[] = []
    for (let at = 0; at < this.bytes.length; at += recordLength(this.bytes, at))
      offsets.push(recordSpan(this.path, this.bytes, at).offset)
    return Float64Array.from(offsets).sort()
  }

  /** Bytes of an entry's name up to its last slash. */
  private folderLength(number: number): number {
    const at = this.found.records[number]!
    const start = at + CENTRAL_SIZE
    let end = start + u16(this.bytes, at + 28) - 1
    while (end > start && this.bytes[end] !== SLASH) end--
    return Math.max(0, end - start)
  }
}

const SLASH = 47
/** Names that are searched for one by one before the table of names is made. */
const FEW = 16
/** Bytes that are read while those before them are looked at. */
const PIECE = 4 * 2 ** 20
