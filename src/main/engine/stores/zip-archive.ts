import { dirname } from 'node:path'
import { IoError } from '@shared/errors'
import { checkLength, resolveRange, type ByteRange } from '../files/byte-range'
import type { FileStat, Fs, FsHandle } from '../files/fs'
import { ioError, isAbsent } from '../files/io-error'
import { readFully, SafeReader } from '../files/safe-open'
import { ZipDirectory, type ZipEntry } from './zip-directory'
import { findDirectory } from './zip-end'
import { dataOffset, headLength, isPlain, type RangePlace } from './zip-entry'
import { FLAG } from './zip-format'
import { decodeEntry, encrypted, isKnownMethod, unknownMethod } from './zip-methods'

/** An open archive: its directory, and its values. It reads the file that was opened, also when that is replaced. */
export class ZipArchive {
  readonly path: string
  readonly stat: FileStat
  readonly directory: ZipDirectory
  private readonly handle: FsHandle
  private reading = 0
  private closing = false

  private constructor(path: string, stat: FileStat, handle: FsHandle, directory: ZipDirectory) {
    this.path = path
    this.stat = stat
    this.handle = handle
    this.directory = directory
  }

  /** Undefined where there is no such file, or not even its folder. @throws IoError for a damaged or hostile archive. */
  static async open(fs: Fs, path: string): Promise<ZipArchive | undefined> {
    if (!(await isThere(fs, dirname(path)))) return undefined
    const file = await new SafeReader(fs, { root: dirname(path), followLinks: true }).open(path)
    if (!file) return undefined
    const { handle, stat } = file
    try {
      const read = (offset: number, length: number): Promise<Uint8Array> =>
        readAt(handle, path, offset, length)
      const span = await findDirectory(path, stat.size, read)
      const directory = await ZipDirectory.read(path, span, (bytes, offset) =>
        readFully(handle, bytes, offset, path),
      )
      return new ZipArchive(path, stat, handle, directory)
    } catch (thrown) {
      await handle.close()
      throw ioError(path, thrown)
    }
  }

  /** Where an entry lies. @throws UnsupportedError or IoError for one that is not read: encrypted, a link. */
  place(entry: ZipEntry): RangePlace {
    const { offset, length, size, method, crc32, limit, name } = entry
    if (entry.flags & (FLAG.encrypted | FLAG.masked)) throw encrypted(name)
    if (entry.link)
      throw new IoError(
        `${this.path}/${name}`,
        'ELOOP',
        'it is a link; links inside an archive are not followed.',
      )
    if (!isKnownMethod(method)) throw unknownMethod(method)
    return { kind: 'range', path: this.path, offset, length, method, crc32, size, entry: { name, limit } }
  }

  /** The value of an entry, or a part of it; whole values are checked against their CRC-32. */
  async value(number: number, range?: ByteRange, signal?: AbortSignal): Promise<Uint8Array> {
    this.reading++
    try {
      return await this.valueOf(number, range, signal)
    } finally {
      if (--this.reading === 0 && this.closing) await this.release()
    }
  }

  /** Bytes of the file. */
  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    return readAt(this.handle, this.path, offset, length, signal)
  }

  /** The same open file under the name that it has now. */
  movedTo(path: string): ZipArchive {
    return new ZipArchive(path, this.stat, this.handle, this.directory)
  }

  /** At once, or when the values that are being read have arrived. */
  async close(): Promise<void> {
    this.closing = true
    if (this.reading === 0) await this.release()
  }

  /** Nothing was written through this handle: failing to close it loses nothing. */
  private async release(): Promise<void> {
    await this.handle.close().catch(() => undefined)
  }

  private async valueOf(number: number, range?: ByteRange, signal?: AbortSignal): Promise<Uint8Array> {
    const place = this.place(this.directory.entry(number))
    const part = resolveRange(place.entry?.name ?? '', place.size, range)
    if (isPlain(place) && part.length < place.size) return this.part(place, part, signal)
    const value = await this.whole(place, signal)
    return part.length === value.length ? value : value.slice(part.start, part.start + part.length)
  }

  private async part(
    place: RangePlace,
    { start, length }: { start: number; length: number },
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    const data = dataOffset(place, await this.head(place, 0, signal))
    return this.read(data + start, length, signal)
  }

  private async whole(place: RangePlace, signal?: AbortSignal): Promise<Uint8Array> {
    checkLength(`${this.path}/${place.entry?.name ?? ''}`, place.length)
    const head = await this.head(place, place.length, signal)
    const data = dataOffset(place, head)
    const start = data - place.offset
    if (start + place.length > head.length)
      return decodeEntry(place, await this.read(data, place.length, signal))
    return decodeEntry(place, head.subarray(start, start + place.length))
  }

  /** The header of an entry, and usually `more` bytes after it. */
  private head(place: RangePlace, more: number, signal?: AbortSignal): Promise<Uint8Array> {
    return this.read(place.offset, Math.min(headLength(place) + more, this.stat.size - place.offset), signal)
  }
}

async function readAt(
  handle: FsHandle,
  path: string,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  try {
    await readFully(handle, bytes, offset, path, signal)
  } catch (thrown) {
    throw ioError(path, thrown)
  }
  return bytes
}

async function isThere(fs: Fs, path: string): Promise<boolean> {
  try {
    await fs.stat(path)
    return true
  } catch (thrown) {
    if (isAbsent(thrown)) return false
    throw ioError(path, thrown)
  }
}
