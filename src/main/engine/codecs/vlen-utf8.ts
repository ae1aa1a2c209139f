import type { CodecDefinition } from './codec'
import { checkText } from './vlen'
import { variableCodec } from './vlen-codec'

/** Texts of any length as UTF-8. Python's None and 0 were stored as empty texts. */
export const vlenUtf8: CodecDefinition = {
  name: 'vlen-utf8',
  aliases: ['numcodecs.vlen-utf8'],
  about: 'texts of any length',
  bindArrayToBytes(configuration, input) {
    return variableCodec(configuration, input, {
      kind: 'vlen-text',
      decode(items) {
        checkText(items)
        return items
      },
    })
  },
}
