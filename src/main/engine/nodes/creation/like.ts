import { jsonArray, jsonObject, jsonString } from '@shared/json/access'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ZarrArray } from '../array'
import { sourceDocument } from '../compression-text'
import { isArrayCodec } from './codec-v3'
import type { NewArrayOptions } from './new-array-options'

/**
 * Options that make another array like this one: shape, chunks, shards, data type, order, codecs, format, dimension
 * names. Fill value and attributes are not part of it.
 */
export function optionsLike({ metadata, layout, shape }: ZarrArray): NewArrayOptions {
  const { dtype, dtypeName, zarrFormat, order, dimensionNames } = metadata
  return {
    shape,
    chunks: layout.chunks ?? 'auto',
    shards: layout.shards,
    dtype: dtype?.kind === 'vlen-text' ? 'string' : dtype?.kind === 'vlen-bytes' ? 'bytes' : dtypeName,
    order,
    zarrFormat,
    dimensionNames,
    separator: zarrFormat === 1 ? undefined : metadata.keyEncoding.separator,
    ...(zarrFormat === 3
      ? codecsV3(jsonArray(sourceDocument(metadata).get('codecs')) ?? [])
      : codecsV2(metadata.stored)),
  }
}

type Codecs = Pick<NewArrayOptions, 'compressor' | 'filters' | 'order'>

/** What the data type itself brings along. */
const SERIALIZERS = new Set(['bytes', 'vlen-utf8', 'vlen-bytes', 'vlen-array'])

const codecsV2 = (stored: ZarrArray['metadata']['stored']): Codecs => ({
  compressor: jsonObject(stored?.compressor) ?? null,
  filters: (jsonArray(stored?.filters) ?? [])
    .map(jsonObject)
    .filter((filter) => filter !== undefined)
    .filter((filter) => !SERIALIZERS.has(jsonString(filter.get('id')) ?? '')),
})

/** The chain without the transpose and serializer that order and data type say; the last codec on bytes is the compressor. */
function codecsV3(stored: readonly JsonValue[]): Codecs {
  const codecs = stored.map((codec): JsonObject => jsonObject(codec) ?? new Map([['name', codec]]))
  const sharding = codecs.find((codec) => codec.get('name') === 'sharding_indexed')
  if (sharding) return codecsV3(jsonArray(jsonObject(sharding.get('configuration'))?.get('codecs')) ?? [])
  const isSerializer = (codec: JsonObject): boolean => SERIALIZERS.has(jsonString(codec.get('name')) ?? '')
  const rest = codecs.filter((codec) => !isReversal(codec) && !isSerializer(codec))
  const last = rest.at(-1)
  const compressor = last && !isArrayCodec(last) ? last : null
  return {
    compressor,
    filters: compressor ? rest.slice(0, -1) : rest,
    order: codecs.some(isReversal) ? 'F' : 'C',
  }
}

/** The transpose that stands for column-major order. */
function isReversal(codec: JsonObject): boolean {
  const order = jsonArray(jsonObject(codec.get('configuration'))?.get('order'))
  return (
    codec.get('name') === 'transpose' &&
    order !== undefined &&
    order.every((axis, k) => axis === order.length - 1 - k)
  )
}
