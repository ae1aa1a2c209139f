import { crc32 } from 'node:zlib'
import { resolveRange } from '../files/byte-range'
import { IoError } from '@shared/errors'
import type { ByteRange, Located } from './store'

type RangePlace = Extract<Located, { kind: 'range' }>

/** Reads a part of a file that holds values. */
export type ReadPlace = (place: RangePlace, start: number, length: number) => Promise<Uint8Array>

/**
 * A value that is staged in front of a store: bytes that never change, in memory until they are written to a file, which
 * they may be read from after that. Two values are the same where `stamp` is.
 */
export class StagedValue {
  readonly size: number
  /** Identity for caches. */
  readonly stamp: string
  readonly crc32: number
  private bytes: Uint8Array | undefined
  private place: RangePlace | undefined
  private readPlace: ReadPlace | undefined

  private constructor(size: number, sum: number) {
    this.size = size
    this.crc32 = sum
    this.stamp = `staged:${++lastNumber}:${size}`
  }

  /** Keeps `bytes`: they must not be changed any more. */
  static of(bytes: Uint8Array): StagedValue {
    const value = new StagedValue(bytes.length, crc32(bytes))
    value.bytes = bytes
    return value
  }

  /** A value that lies in a file. */
  static in(
    path: string,
    place: { offset: number; length: number; crc32: number },
    read: ReadPlace,
  ): StagedValue {
    const value = new StagedValue(place.length, place.crc32)
    value.placed(path, place.offset, read)
    return value
  }

  /** The value, or a part of it, as the caller's own copy. */
  async read(key: string, range?: ByteRange): Promise<Uint8Array> {
    const { start, length } = resolveRange(key, this.size, range)
    if (this.bytes) return new Uint8Array(this.bytes.subarray(start, start + length))
    return this.readPlace!(this.place!, start, length)
  }

  /** The whole value, perhaps the very bytes that are kept: not to be changed. */
  async whole(key: string): Promise<Uint8Array> {
    const bytes = this.bytes ?? (await this.read(key))
    if (bytes !== this.bytes && crc32(bytes) !== this.crc32)
      throw new IoError(this.place!.path, 'EIO', 'the staged value was damaged on the disk.')
    return bytes
  }

  locate(): Located {
    return this.bytes ? { kind: 'bytes', bytes: this.bytes } : this.place!
  }

  /** Bytes of memory that it takes. */
  get held(): number {
    return this.bytes?.length ?? 0
  }

  /** Says where the bytes lie by now; `release` lets go of those in memory. */
  placed(path: string, offset: number, readPlace: ReadPlace): void {
    const { size, crc32: sum } = this
    this.place = { kind: 'range', path, offset, length: size, method: 0, crc32: sum, size }
    this.readPlace = readPlace
  }

  get isPlaced(): boolean {
    return this.place !== undefined
  }

  release(): void {
    if (this.place) this.bytes = undefined
  }
}

let lastNumber = 0
