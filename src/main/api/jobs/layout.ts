import { UsageError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { LayoutChange } from '@shared/model/jobs'
import type { LayoutOptions } from '@engine/nodes/copying/derived-options'
import { resolveChunks } from '@engine/nodes/creation/chunk-guess'

/** What is known of the array that gets another layout; for a group nothing. */
interface Present {
  shape: readonly number[]
  chunks: readonly number[] | null
}

/** A change of layout as the engine takes it. A shard length of null is the whole dimension, in whole chunks. */
export function layoutOptions(change: LayoutChange, array: Present | null): LayoutOptions {
  const { chunks, shards, order, dtype, fillValue, compressor, filters, separator, zarrFormat } = change
  const { dimensionNames, attributes } = change
  return {
    ...(chunks === undefined ? {} : { chunks }),
    ...(shards === undefined ? {} : { shards: shards && shardLengths(shards, chunks, array) }),
    ...(order === undefined ? {} : { order }),
    ...(dtype === undefined ? {} : { dtype: dtypeOf(dtype) }),
    ...(fillValue === undefined ? {} : { fillValue }),
    ...(compressor === undefined ? {} : { compressor }),
    ...(filters === undefined ? {} : { filters }),
    ...(separator === undefined ? {} : { separator }),
    ...(zarrFormat === undefined ? {} : { zarrFormat }),
    ...(dimensionNames === undefined ? {} : { dimensionNames }),
    ...(attributes === undefined ? {} : { attributes: objectOf(attributes) }),
  }
}

/** A name, or the JSON of a record type. */
const dtypeOf = (text: string): JsonValue =>
  /^\s*[[{]/.test(text) ? parseJson(text, { key: 'The data type' }).value : text

function objectOf(text: string): JsonObject {
  const { value } = parseJson(text, { key: 'The attributes' })
  if (value instanceof Map) return value
  throw new UsageError('Attributes are a JSON object, such as {"units": "K"}.')
}

function shardLengths(
  shards: readonly (number | null)[],
  chunks: LayoutChange['chunks'],
  array: Present | null,
): number[] {
  if (!array) throw new UsageError('Shards are chosen for one array, not for a group.')
  const { shape } = array
  const inner = chunks ? resolveChunks(chunks, shape, 1) : array.chunks
  return shape.map((length, k) => {
    const unit = inner?.[k] ?? Math.max(1, length)
    return shards[k] ?? Math.ceil(Math.max(1, length) / unit) * unit
  })
}
