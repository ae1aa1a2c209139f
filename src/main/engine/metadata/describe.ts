import { itemSize } from '@shared/dtype/itemsize'
import { dataType } from '@shared/dtype/registry'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ArrayDetail } from '@shared/model/node'
import { arrayLayout } from './array-layout'
import type { ArrayMetadata, KeyEncodingSpec } from './array-metadata'

/** Bytes of an item in memory where items vary in length: NumPy counts a pointer. */
const OBJECT_BYTES = 8

/** Bytes of the array's items in memory, as NumPy counts them; 0 where the data type is not known. Exact at any size. */
export function arrayBytes({ shape, dtype }: Pick<ArrayMetadata, 'shape' | 'dtype'>): bigint {
  if (dtype === null) return 0n
  return shape.reduce((product, length) => product * BigInt(length), BigInt(itemSize(dtype) ?? OBJECT_BYTES))
}

/**
 * Everything about an array that its metadata tells, for the window.
 *
 * @param summaryHead the first lines of the summary block
 */
export function describeArray(array: ArrayMetadata, summaryHead: string): ArrayDetail {
  const layout = arrayLayout(array)
  return {
    shape: array.shape,
    chunks:
      layout.chunks ??
      layout.chunkEdges!.map((edges) => edges.reduce((most, edge) => Math.max(most, edge), 1)),
    // Inner chunks of shards that differ are all alike.
    ...(layout.chunkEdges && !layout.chunks ? { chunkEdges: layout.chunkEdges } : {}),
    shards: layout.shards,
    gridShape: layout.gridShape,
    dtype: array.dtype,
    dtypeName: array.dtypeName,
    byteOrder: array.byteOrder,
    order: array.order,
    fillValueJson: stringifyJson(array.fillJson),
    ...fillShown(array),
    dimensionNames: array.dimensionNames,
    codecs: array.codecInfo,
    keyEncoding: keyEncodingText(array.keyEncoding),
    nbytes: Number(arrayBytes(array)),
    nchunks: Number(layout.nchunks),
    readable: array.problem === undefined,
    ...(array.problem ? { reason: array.problem.message } : {}),
    summaryHead,
  }
}

/** Kinds of data whose fill value is stated in a form that nobody reads. */
const SHOWN_FILLS: ReadonlySet<string> = new Set(['datetime', 'timedelta', 'struct'])

function fillShown({ dtype, fill }: ArrayMetadata): { fillShown?: string } {
  if (dtype === null || fill === null || !SHOWN_FILLS.has(dtype.kind)) return {}
  const type = dataType(dtype)
  return { fillShown: type.format(type.read(fill, 0, fill.length)) }
}

/** An encoding by an example: `default "/": c/0/0`. */
const keyEncodingText = ({ name, separator }: KeyEncodingSpec): string =>
  `${name} "${separator}": ${name === 'default' ? `c${separator}` : ''}0${separator}0`

/**
 * What `info --json` says of an array from its metadata alone; counts of stored bytes and chunks are added by the
 * caller. NaN and infinities are texts, integers exact.
 */
export function arrayInfoJson(array: ArrayMetadata): JsonObject {
  const layout = arrayLayout(array)
  return new Map<string, JsonValue>([
    ['kind', 'array'],
    ['zarrFormat', array.zarrFormat],
    ['shape', array.shape],
    ['chunks', layout.chunks ?? layout.chunkEdges],
    ['shards', layout.shards],
    ['dtype', dtypeJson(array)],
    ['fillValue', strict(array.fillJson)],
    ['order', array.order],
    ['codecs', codecsJson(array)],
    ['dimensionNames', array.dimensionNames],
    ['attributes', strict(array.attributes)],
    ['nbytes', jsonInteger(arrayBytes(array))],
    ['nchunks', jsonInteger(layout.nchunks)],
    ['readable', array.problem === undefined],
    ...(array.problem ? ([['reason', array.problem.message]] as [string, JsonValue][]) : []),
  ])
}

/** Records and parametric types are kept as their JSON text. */
const dtypeJson = ({ dtypeName }: ArrayMetadata): JsonValue =>
  /^[[{]/.test(dtypeName) ? parseJson(dtypeName).value : dtypeName

/** Format 3: the list as stored; formats 1 and 2: filters and compressor. */
function codecsJson(array: ArrayMetadata): JsonValue {
  if (array.stored) {
    return new Map<string, JsonValue>([
      ['filters', strict(array.stored.filters)],
      ['compressor', strict(array.stored.compressor)],
    ])
  }
  const document = array.source[0] && parseJson(array.source[0].text).value
  return strict((document instanceof Map ? document.get('codecs') : undefined) ?? null)
}

const jsonInteger = (value: bigint): JsonValue =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value

/** The same value in strict JSON: Python's bare words become texts. */
export function strict(value: JsonValue): JsonValue {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) return value.map(strict)
  return value instanceof Map ? new Map([...value].map(([name, child]) => [name, strict(child)])) : value
}
