import type { CodecDefinition } from './codec'
import { corrupt } from './corrupt'

/** The bytes as base64 text (RFC 4648), padded. */
export const base64: CodecDefinition = {
  name: 'numcodecs.base64',
  about: 'bytes as base64 text',
  bindBytesToBytes(_, input) {
    return {
      output: { size: input.size === undefined ? undefined : 4 * Math.ceil(input.size / 3) },
      encode: (bytes) => Buffer.from(buffer(bytes).toString('base64'), 'latin1'),
      decode(stored) {
        const text = buffer(stored).toString('latin1')
        const decoded = Buffer.from(text, 'base64')
        // Node skips what is not base64; writing it again shows whether anything was.
        if (decoded.toString('base64') !== text) throw corrupt('it is not valid base64')
        return decoded
      },
    }
  },
}

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
