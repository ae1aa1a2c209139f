import type { ByteSource } from '../codecs/codec-pipeline'
import { codecModule } from '../codecs/wasm/codec-module'
import type { StoredValue } from './stored-value'

/**
 * Reads a stored value into the codecs' own memory, at least `ahead` bytes at a time, so that neighbouring parts come
 * with one look at the file and are decoded from where they lie. Each read may overwrite the one before.
 */
export function readingAhead(stored: StoredValue, ahead: number): ByteSource {
  let start = 0
  let end = 0
  return {
    size: stored.size,
    read(offset, length) {
      if (offset >= start && offset + length <= end) {
        const held = codecModule().ofRegion(offset - start, length)
        if (held) return held
      }
      const size = Math.max(length, Math.min(ahead, stored.size - offset))
      const region = codecModule().region(size)
      stored.readInto(region, offset)
      start = offset
      end = offset + size
      return region.subarray(0, length)
    },
  }
}
