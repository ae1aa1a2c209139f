import type { CodecDefinition } from './codec'
import { compressor } from './compressor'

/** zlib (RFC 1950). Its Adler-32 is checked; bytes behind the stream are an error. */
export const zlib: CodecDefinition = {
  name: 'numcodecs.zlib',
  about: 'DEFLATE with a checksum (RFC 1950)',
  selfDescribing: true,
  bindBytesToBytes(configuration, input, context) {
    const level = configuration.integer('level', { min: -1, max: 9, fallback: 1 })
    return compressor(context, input, { decode: { codec: 'zlib' }, encode: { codec: 'zlib', level } })
  },
}
