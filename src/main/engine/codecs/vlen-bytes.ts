import type { CodecDefinition } from './codec'
import { variableCodec } from './vlen-codec'

/** Byte strings of any length. */
export const vlenBytes: CodecDefinition = {
  name: 'vlen-bytes',
  aliases: ['numcodecs.vlen-bytes'],
  about: 'byte strings of any length',
  bindArrayToBytes: (configuration, input) => variableCodec(configuration, input, { kind: 'vlen-bytes' }),
}
