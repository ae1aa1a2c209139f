import { ChunkCorruptError } from '@shared/errors'
import type { ByteSource } from '../codecs/codec-pipeline'

/** The stored bytes of a chunk, opened: a whole value or a part of one. */
export interface StoredValue extends ByteSource {
  /** Identity of the contents, as `Store.stamp` gives it; undefined where there is none. */
  readonly stamp?: string | undefined
  /** Fills all of `target` from `offset` on. */
  readInto(target: Uint8Array, offset: number): void
}

/** The inner chunk that lies in a shard from `start` on; its offsets count from there. */
export function innerValue(shard: StoredValue, start: number, size: number): StoredValue {
  const check = (offset: number, length: number): void => {
    if (offset < 0 || offset + length > size) {
      throw new ChunkCorruptError(
        '',
        `its inner chunk has ${size} bytes, and ${length} from ${offset} on are needed`,
      )
    }
  }
  return {
    size,
    stamp: shard.stamp,
    read(offset, length) {
      check(offset, length)
      return shard.read(start + offset, length)
    },
    readInto(target, offset) {
      check(offset, target.length)
      shard.readInto(target, start + offset)
    },
  }
}
