import type { CodecDefinition } from './codec'
import { compressor } from './compressor'

/** bzip2. Reading takes all streams of a file and checks their CRCs. */
export const bz2: CodecDefinition = {
  name: 'numcodecs.bz2',
  about: 'bzip2: small, slow',
  selfDescribing: true,
  bindBytesToBytes(configuration, input, context) {
    const level = configuration.integer('level', { min: 1, max: 9, fallback: 1 })
    return compressor(context, input, { decode: { codec: 'bz2' }, encode: { codec: 'bz2', level } })
  },
}
