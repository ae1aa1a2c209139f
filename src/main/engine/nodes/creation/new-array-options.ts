import { UsageError, ValueError } from '@shared/errors'
import type { ItemValue } from '@shared/dtype/data-type'
import { parseDtypeName } from '@shared/dtype/dtype-name'
import { itemSize } from '@shared/dtype/itemsize'
import type { NumpyDtype } from '@shared/dtype/numpy-dtype'
import { dataType } from '@shared/dtype/registry'
import { jsonObject } from '@shared/json/access'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ZarrFormat } from '@shared/model/node'
import type { NewArray } from '../../metadata/new-array'
import { composeCodecs } from '../../metadata/write-v3'
import { resolveChunks, type ChunksInput } from './chunk-guess'
import { parseCodecText } from './codec-text'
import { isArrayCodec, isSerializer, toV1Codec, toV2Codec, toV3Codec } from './codec-v3'

/** An array to create, as people, scripts and the window say it. */
export interface NewArrayOptions {
  shape: readonly number[]
  /** A guess of about 1 MiB and more when absent. With shards: the inner chunks. */
  chunks?: ChunksInput | undefined
  shards?: readonly number[] | null | undefined
  /** "float64" when absent. */
  dtype?: string | JsonValue | undefined
  order?: 'C' | 'F' | undefined
  /** A value of the data type; null leaves it undefined. When absent zero, where the format can state it. */
  fillValue?: ItemValue | undefined
  /** Canonical bytes in place of `fillValue`. */
  fill?: Uint8Array | null | undefined
  /** Codec text, JSON in either spelling, or null for none; the format's default when absent. */
  compressor?: string | JsonObject | null | undefined
  filters?: readonly (string | JsonObject)[] | undefined
  /** 3 when absent. */
  zarrFormat?: ZarrFormat | undefined
  separator?: '.' | '/' | undefined
  dimensionNames?: readonly (string | null)[] | null | undefined
  attributes?: JsonObject | undefined
}

const MAX_RANK = 64
/** Blosc counts the bytes of a chunk in 31 bits. */
const MAX_BLOSC_BYTES = 2 ** 31 - 1 - 16

/**
 * Compressors where none is named. Format 1 keeps the default of its tutorial; the others shuffle bytes and use zstd
 * (format 3) or lz4 (format 2), see docs/decisions/0005-default-codecs.md.
 */
const DEFAULTS: Record<ZarrFormat, string> = {
  1: 'blosc:blosclz:5:shuffle',
  2: 'blosc:lz4:5:shuffle',
  3: 'blosc:zstd:1:shuffle',
}

/**
 * Works out an array to create, refusing what cannot be before anything is written. Throws UsageError and ValueError
 * in one sentence.
 */
export function resolveNewArray(options: NewArrayOptions): { array: NewArray; format: ZarrFormat } {
  const format = options.zarrFormat ?? 3
  const { shape, order = 'C' } = options
  if (!(format in DEFAULTS)) throw new UsageError(`There is no format ${String(format)}; choose 1, 2 or 3.`)
  if (!/^[CF]$/.test(order)) throw new UsageError(`The order of items is C or F, not "${order}".`)
  checkShape(shape)
  const dtype = parseDtypeName(options.dtype ?? 'float64')
  const itemBytes = itemSize(dtype.spec) ?? 16
  const chunks = resolveChunks(options.chunks, shape, itemBytes)
  const shards = options.shards ?? null
  if (shards) checkShards(shards, chunks)
  const compressor = codecOf(options.compressor === undefined ? DEFAULTS[format] : options.compressor)
  const filters = (options.filters ?? [])
    .map((filter) => withDtype(codecOf(filter), dtype))
    .filter((f) => f !== null)
  checkBlosc(compressor, chunks, itemBytes)
  const array: NewArray = {
    shape: [...shape],
    chunks,
    shards: shards && [...shards],
    dtype,
    order,
    fill: fillOf(options, dtype, format),
    attributes: options.attributes,
    dimensionNames: options.dimensionNames && [...options.dimensionNames],
    separator: options.separator,
  }
  if (format === 3) array.codecs = v3Codecs(array, compressor, filters)
  else {
    if (options.dimensionNames) array.attributes = withDimensions(options.attributes, options.dimensionNames)
    array.compressor = compressor && (format === 1 ? toV1Codec(compressor) : toV2Codec(compressor))
    array.filters = filters.map(toV2Codec)
  }
  return { array, format }
}

function checkShape(shape: readonly number[]): void {
  if (shape.length > MAX_RANK)
    throw new UsageError(`An array has at most ${MAX_RANK} dimensions, not ${shape.length}.`)
  shape.forEach((length, k) => {
    if (!Number.isSafeInteger(length) || length < 0)
      throw new UsageError(
        `The length of dimension ${k} must be a whole number from 0 to 2^53 - 1, not ${length}.`,
      )
  })
}

function checkShards(shards: readonly number[], chunks: readonly number[]): void {
  if (shards.length !== chunks.length)
    throw new UsageError(`${shards.length} shard lengths do not fit an array of ${chunks.length} dimensions.`)
  shards.forEach((length, k) => {
    if (!Number.isSafeInteger(length) || length < 1 || length % chunks[k]! !== 0)
      throw new UsageError(
        `The shard length ${length} of dimension ${k} is no multiple of the chunk length ${chunks[k]}.`,
      )
  })
}

function checkBlosc(compressor: JsonObject | null, chunks: readonly number[], itemBytes: number): void {
  if (!compressor || (compressor.get('id') ?? compressor.get('name')) !== 'blosc') return
  const { cname } = Object.fromEntries([
    ...compressor,
    ...(jsonObject(compressor.get('configuration')) ?? []),
  ])
  if (cname === 'snappy')
    throw new UsageError('Blosc with snappy inside is read, not written; choose lz4, which is as fast.')
  const bytes = chunks.reduce((n, length) => n * length, itemBytes)
  if (bytes > MAX_BLOSC_BYTES)
    throw new UsageError(
      `A chunk has ${bytes} bytes; blosc takes at most ${MAX_BLOSC_BYTES}. Choose smaller chunks.`,
    )
}

const codecOf = (codec: string | JsonObject | null): JsonObject | null =>
  typeof codec === 'string' ? parseCodecText(codec) : codec

/**
 * Filters that work on numbers say on which and what they store: the array's own type, and the same, where the person
 * left it out. numcodecs writes both at all times, and there are readers that need them.
 */
function withDtype(filter: JsonObject | null, { descr = null }: NumpyDtype): JsonObject | null {
  const needs = ['delta', 'fixedscaleoffset', 'quantize']
  if (!filter || !needs.some((id) => filter.get('id') === id)) return filter
  const dtype = filter.get('dtype') ?? descr
  return new Map([...filter, ['dtype', dtype], ['astype', filter.get('astype') ?? dtype]])
}

function v3Codecs(
  array: NewArray,
  compressor: JsonObject | null,
  filters: readonly JsonObject[],
): JsonValue[] {
  const { dtype, order, chunks, shards, shape } = array
  const all = filters.map((filter) => toV3Codec(filter, dtype.spec))
  return composeCodecs({
    dtype,
    order,
    rank: shape.length,
    chunks,
    shards,
    arrayCodecs: all.filter(isArrayCodec),
    serializer: all.find((codec) => isSerializer(codec, dtype.spec)),
    byteCodecs: [
      ...all.filter((codec) => !isArrayCodec(codec) && !isSerializer(codec, dtype.spec)),
      ...(compressor ? [toV3Codec(compressor, dtype.spec)] : []),
    ],
  })
}

function fillOf(
  { fill, fillValue }: NewArrayOptions,
  { spec }: NumpyDtype,
  format: ZarrFormat,
): Uint8Array | null {
  if (fill !== undefined) return fill
  const type = dataType(spec)
  // Format 1 has no way to state bytes and records; what is undefined there reads as zero.
  if (fillValue === undefined)
    return format === 1 && ['bytes', 'raw', 'struct'].includes(spec.kind) ? null : type.zero()
  if (fillValue === null) return null
  try {
    return typeof fillValue === 'string' && !['text', 'vlen-text'].includes(spec.kind)
      ? type.parse(fillValue)
      : type.encode(fillValue)
  } catch (error) {
    if (error instanceof ValueError)
      throw new ValueError(`The fill value does not fit: ${error.message}`, { cause: error })
    throw error
  }
}

/** Formats 1 and 2 have no dimension names of their own; xarray's attribute holds them. */
function withDimensions(attributes: JsonObject | undefined, names: readonly (string | null)[]): JsonObject {
  return new Map<string, JsonValue>([...(attributes ?? []), ['_ARRAY_DIMENSIONS', [...names]]])
}
