import type { ByteSource } from './codec-pipeline'
import { corrupt } from './corrupt'

/** A stored value that is in memory already. */
export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read(offset, length) {
    if (offset < 0 || length < 0 || offset + length > bytes.length) {
      throw corrupt(`bytes ${offset} to ${offset + length} are beyond its end at ${bytes.length}`)
    }
    return bytes.subarray(offset, offset + length)
  },
})
