import type { CodecDefinition } from './codec'
import { compressor } from './compressor'

/**
 * gzip (RFC 1952). Reading takes all members of a file and checks the CRC-32 and length of each; bytes behind the last
 * member are an error. Writing makes one member without name and time, so that equal chunks give equal bytes.
 */
export const gzip: CodecDefinition = {
  name: 'gzip',
  aliases: ['numcodecs.gzip'],
  about: 'DEFLATE with a checksum (RFC 1952)',
  selfDescribing: true,
  bindBytesToBytes(configuration, input, context) {
    const level = configuration.integer('level', { min: -1, max: 9, fallback: 5 })
    return compressor(context, input, { decode: { codec: 'gzip' }, encode: { codec: 'gzip', level } })
  },
}
