import { UsageError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { JsonObject, JsonValue } from '@shared/json/value'

const SHUFFLE_NAMES = ['noshuffle', 'shuffle', 'bitshuffle']

/** Codecs of format 3 that take numcodecs' options unchanged. */
const SAME = new Set(['gzip', 'crc32c'])

/** Filters on arrays; everything else of numcodecs works on bytes. */
const ARRAY_FILTERS = new Set(['delta', 'bitround', 'quantize', 'fixedscaleoffset', 'astype'])

/** Whether a codec stands before the serializer in a format 3 pipeline. */
export const isArrayCodec = (codec: JsonObject): boolean =>
  ARRAY_FILTERS.has(nameOf(codec).replace(/^numcodecs\./, '')) ||
  ['transpose', 'reshape', 'cast_value', 'scale_offset', 'numcodecs.packbits'].includes(nameOf(codec))

/** Whether a codec takes the place of the serializer that the data type would have. */
export const isSerializer = (codec: JsonObject, dtype: DataTypeSpec): boolean =>
  ['bytes', 'packbits', 'vlen-utf8', 'vlen-bytes'].includes(nameOf(codec)) ||
  (nameOf(codec) === 'numcodecs.categorize' && dtype.kind === 'vlen-text')

/** A codec in either spelling as format 3 writes it; `{id, …}` becomes the registered codec or "numcodecs.<id>". */
export function toV3Codec(codec: JsonObject, dtype: DataTypeSpec): JsonObject {
  if (typeof codec.get('name') === 'string') return codec
  const id = nameOf(codec)
  const options = new Map([...codec].filter(([name]) => name !== 'id'))
  if (id === 'blosc') return named('blosc', bloscOptions(options, dtype))
  if (id === 'zstd')
    return named(
      'zstd',
      new Map([
        ['level', options.get('level') ?? 0],
        ['checksum', options.get('checksum') ?? false],
      ]),
    )
  if (SAME.has(id)) return named(id, id === 'crc32c' ? new Map<string, JsonValue>() : options)
  return named(`numcodecs.${id}`, options)
}

/** A codec in either spelling as formats 1 and 2 write it. Throws UsageError where numcodecs has no such codec. */
export function toV2Codec(codec: JsonObject): JsonObject {
  if (typeof codec.get('id') === 'string') return codec
  const name = nameOf(codec)
  const options = codec.get('configuration')
  const entries = options instanceof Map ? [...options] : []
  if (name === 'blosc') {
    const given = new Map(entries).get('shuffle')
    const shuffle = SHUFFLE_NAMES.indexOf(typeof given === 'string' ? given : 'shuffle')
    const kept = entries.filter(([key]) => !['shuffle', 'typesize'].includes(key))
    return new Map<string, JsonValue>([['id', 'blosc'], ...kept, ['shuffle', Math.max(0, shuffle)]])
  }
  const id = name.replace(/^numcodecs\./, '')
  if (!['gzip', 'zstd', 'crc32c'].includes(name) && id === name)
    throw new UsageError(`The codec "${name}" belongs to format 3; formats 1 and 2 cannot store it.`)
  return new Map<string, JsonValue>([['id', id], ...entries])
}

/** Options that format 1 states in full, with the defaults of its release; gzip is another word for zlib there. */
export function toV1Codec(codec: JsonObject): JsonObject {
  const own = toV2Codec(codec)
  const id = own.get('id')
  if (id === 'gzip') return new Map<string, JsonValue>([...own, ['id', 'zlib']])
  if (id === 'blosc')
    return new Map<string, JsonValue>([['clevel', 5], ['cname', 'blosclz'], ['shuffle', 1], ...own])
  if (id !== 'lzma') return own
  const hasFilters = Array.isArray(own.get('filters'))
  const lzma = new Map<string, JsonValue>([['format', 1], ['check', 0], ['filters', null], ...own])
  // The short text of a codec says -1 for "the default", which is none here.
  if (lzma.get('check') === -1) lzma.set('check', 0)
  return lzma.set('preset', hasFilters ? null : (lzma.get('preset') ?? 1))
}

function bloscOptions(options: JsonObject, dtype: DataTypeSpec): JsonObject {
  const given = options.get('shuffle')
  const typesize = itemSize(dtype) ?? 1
  // -1 chooses: bits where items are single bytes, bytes otherwise.
  const shuffle = given === -1 || given === undefined ? (typesize === 1 ? 2 : 1) : Number(given)
  return new Map<string, JsonValue>([
    ['typesize', Math.min(255, typesize)],
    ['cname', options.get('cname') ?? 'lz4'],
    ['clevel', options.get('clevel') ?? 5],
    ['shuffle', SHUFFLE_NAMES[shuffle] ?? 'shuffle'],
    ['blocksize', options.get('blocksize') ?? 0],
  ])
}

const named = (name: string, configuration: JsonObject): JsonObject =>
  new Map<string, JsonValue>([
    ['name', name],
    ['configuration', configuration],
  ])

function nameOf(codec: JsonObject): string {
  const name = codec.get('id') ?? codec.get('name')
  return typeof name === 'string' ? name : ''
}
