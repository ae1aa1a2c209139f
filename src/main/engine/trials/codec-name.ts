import { jsonNumber } from '@shared/json/access'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { CodecSetting } from '@shared/model/trials'
import { figure } from '@shared/trials/figure'
import { parseCodecText } from '../nodes/creation/codec-text'
import { toV2Codec } from '../nodes/creation/codec-v3'

const SHUFFLES = ['noshuffle', 'shuffle', 'bitshuffle']
const SHUFFLE_WORDS = ['no shuffle', 'byte shuffle', 'bit shuffle']

/** A codec as text: the short form where it says the same, else its JSON. */
export function codecText(codec: JsonObject): string {
  const json = stringifyJson(codec)
  const known = withId(codec)
  if (!known) return json
  const short = shortForm(known)
  try {
    const parsed = short === undefined ? null : parseCodecText(short)
    return parsed && sameObject(parsed, known) ? short! : json
  } catch {
    return json
  }
}

/** A setting for people: "order F, delta <i4, blosc zstd 5, bit shuffle". */
export function settingName({ order, filters, compressor }: CodecSetting, present: 'C' | 'F'): string {
  const codecs = [...filters, ...(compressor === null ? [] : [compressor])].map(codecName)
  return [
    ...(order === present ? [] : [`order ${order}`]),
    ...(codecs.length === 0 ? ['no compression'] : codecs),
  ].join(', ')
}

function codecName(text: string): string {
  const codec = text.startsWith('{') ? parseJson(text).value : parseCodecText(text)
  const known = codec instanceof Map ? (withId(codec) ?? codec) : undefined
  if (!known) return 'none'
  const id = valueText(known.get('id') ?? known.get('name') ?? null)
  const of = (field: string): string => {
    const value = known.get(field)
    return value === undefined || value === null ? '' : ` ${valueText(value)}`
  }
  switch (id) {
    case 'blosc':
      return `blosc${of('cname')}${of('clevel')}, ${SHUFFLE_WORDS[Number(known.get('shuffle'))] ?? 'shuffle as it fits'}`
    case 'lzma':
      return `lzma${of('preset')}${Array.isArray(known.get('filters')) ? ' with its delta filter' : ''}`
    case 'fixedscaleoffset':
      return `fixed scale/offset ${scaleText(known)} as${of('astype')}`
    case 'lz4':
      return known.get('acceleration') === 1 ? 'lz4' : `lz4${of('acceleration')}`
    default:
      return `${id}${of('level')}${of('keepbits')}${of('digits')}${of('dtype')}`
  }
}

const scaleText = (codec: JsonObject): string => figure(jsonNumber(codec.get('scale')) ?? 1)

const valueText = (value: JsonValue): string => (typeof value === 'string' ? value : stringifyJson(value))

function withId(codec: JsonObject): JsonObject | undefined {
  try {
    return toV2Codec(codec)
  } catch {
    return undefined
  }
}

function shortForm(codec: JsonObject): string | undefined {
  const at = (field: string): string => valueText(codec.get(field) ?? null)
  switch (codec.get('id')) {
    case 'blosc':
      return `blosc:${at('cname')}:${at('clevel')}:${SHUFFLES[Number(at('shuffle'))] ?? ''}`
    case 'zstd':
    case 'gzip':
    case 'zlib':
    case 'bz2':
      return `${at('id')}:${at('level')}`
    case 'lz4':
      return codec.get('acceleration') === 1 ? 'lz4' : `lz4:${at('acceleration')}`
    case 'lzma':
      return codec.get('preset') === null ? 'lzma' : `lzma:${at('preset')}`
    case 'delta':
      return `delta:${at('dtype')}`
    case 'bitround':
      return `bitround:${at('keepbits')}`
    case 'quantize':
      return `quantize:${at('digits')}:${at('dtype')}`
    default:
      return at('id')
  }
}

/** The same configuration; what only repeats a default does not count. */
function sameObject(a: JsonObject, b: JsonObject): boolean {
  const names = new Set([...a.keys(), ...b.keys()])
  return [...names].every((name) => {
    const [x, y] = [a.get(name), b.get(name)]
    if (x === undefined || y === undefined) return isDefault(name, (x ?? y)!, a.get('dtype') ?? null)
    return stringifyJson(x) === stringifyJson(y)
  })
}

const isDefault = (name: string, value: JsonValue, dtype: JsonValue): boolean =>
  (name === 'checksum' && value === false) ||
  (name === 'blocksize' && value === 0) ||
  (name === 'astype' && value === dtype)
