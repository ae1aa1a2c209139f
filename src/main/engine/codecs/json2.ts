import { decodeJsonBytes, parseJson } from '@shared/json/parse'
import { stringifyJson, type StringifyOptions } from '@shared/json/stringify'
import type { CodecDefinition } from './codec'
import type { Configuration } from './configuration'
import { MAX_UNKNOWN_BYTES } from './limits'
import { objectCodec } from './object-codec'

/** Python objects as JSON text. The configuration is that of Python's encoder, of which only the layout matters here. */
export const json2: CodecDefinition = {
  name: 'numcodecs.json2',
  about: 'objects as JSON',
  limits: 'texts are UTF-8',
  selfDescribing: true,
  bindArrayToBytes(configuration, input) {
    const encoding = configuration.get('encoding')
    if (typeof encoding === 'string' && !/^(utf-?8|ascii)$/i.test(encoding)) {
      configuration.fail('encoding', 'is read as UTF-8 only')
    }
    const layout = layoutOf(configuration)
    return objectCodec(configuration, input, {
      read: (stored) => {
        const limits = { maxLength: MAX_UNKNOWN_BYTES }
        return parseJson(decodeJsonBytes(stored, limits), limits).value
      },
      write: (document) => new TextEncoder().encode(stringifyJson(document, layout)),
    })
  },
}

function layoutOf(configuration: Configuration): StringifyOptions {
  const separators = configuration.get('separators')
  const indent = configuration.get('indent')
  return {
    ascii: configuration.boolean('ensure_ascii', true),
    sortKeys: configuration.boolean('sort_keys', true),
    separators: Array.isArray(separators) && separators[0] === ', ' ? 'spaced' : 'compact',
    ...(typeof indent === 'number' && Number.isInteger(indent) && indent >= 0 && indent <= 16 && { indent }),
  }
}
