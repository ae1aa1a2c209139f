import { UsageError } from '@shared/errors'
import { fillToJson } from '@shared/dtype/fill-json'
import type { NumpyDtype } from '@shared/dtype/numpy-dtype'
import { dataType } from '@shared/dtype/registry'
import { NAT } from '@shared/dtype/time'
import { v3DataType } from '@shared/dtype/v3-dtype'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import { hasByteOrder } from '@shared/dtype/itemsize'
import { python2 } from './json-layout'
import type { NewArray } from './new-array'

/** `zarr.json` as zarr-python 3 writes it. */
export function writeV3(array: NewArray): Map<string, string> {
  const { dtype, shape, dimensionNames } = array
  const type = v3DataType(dtype.spec)
  if (type === undefined)
    throw new UsageError(`Format 3 cannot store ${dataType(dtype.spec).name}; choose format 2.`)
  if (dimensionNames && dimensionNames.length !== shape.length) {
    throw new UsageError(
      `${dimensionNames.length} dimension names do not fit an array of ${shape.length} dimensions.`,
    )
  }
  const codecs = array.codecs ?? composeCodecs({ ...array, rank: shape.length })
  const document: JsonObject = new Map()
  document.set('shape', shape).set('data_type', type)
  document.set('chunk_grid', named('regular', [['chunk_shape', array.shards ?? array.chunks]]))
  document.set('chunk_key_encoding', named('default', [['separator', array.separator ?? '/']]))
  document.set('fill_value', fillToJson(dtype.spec, array.fill ?? undefinedFill(dtype), 3))
  document.set('codecs', codecs).set('attributes', array.attributes ?? new Map())
  if (dimensionNames) document.set('dimension_names', dimensionNames)
  document.set('zarr_format', 3).set('node_type', 'array').set('storage_transformers', [])
  return new Map([['zarr.json', stringifyJson(document, python2)]])
}

/** Format 3 has no undefined content: zero stands in, and for moments and durations no time at all. */
function undefinedFill({ spec }: NumpyDtype): Uint8Array {
  const type = dataType(spec)
  return spec.kind === 'datetime' || spec.kind === 'timedelta' ? type.encode(NAT) : type.zero()
}

/** What a format 3 pipeline is made of. */
export interface CodecParts {
  dtype: NumpyDtype
  order: 'C' | 'F'
  rank: number
  /** Inner chunk shape; used where there are shards. */
  chunks: number[]
  shards?: number[] | null | undefined
  /** Codecs on arrays, before the items become bytes. */
  arrayCodecs?: JsonValue[] | undefined
  /** In place of the serializer that the data type has. */
  serializer?: JsonValue | undefined
  /** Codecs on bytes; zstd where left out, as zarr-python has it. */
  byteCodecs?: JsonValue[] | undefined
}

/**
 * The `codecs` of a format 3 array: column-major order as a transpose, the serializer its data type needs, compressors;
 * with shards all of it inside `sharding_indexed`, the index at the end with a checksum.
 */
export function composeCodecs(parts: CodecParts): JsonValue[] {
  const { dtype, order, rank, chunks, shards, arrayCodecs = [], byteCodecs = [zstd()] } = parts
  const { serializer = ownSerializer(dtype) } = parts
  const axes = Array.from({ length: rank }, (_, axis) => rank - 1 - axis)
  const chain = [
    ...(order === 'F' && rank > 1 ? [named('transpose', [['order', axes]])] : []),
    ...arrayCodecs,
    serializer,
    ...byteCodecs,
  ]
  if (!shards) return chain
  const index = [named('bytes', [['endian', 'little']]), named('crc32c')]
  return [
    named('sharding_indexed', [
      ['chunk_shape', chunks],
      ['codecs', chain],
      ['index_codecs', index],
      ['index_location', 'end'],
    ]),
  ]
}

const zstd = (): JsonValue =>
  named('zstd', [
    ['level', 0],
    ['checksum', false],
  ])

function ownSerializer({ spec, byteOrder }: NumpyDtype): JsonValue {
  if (spec.kind === 'vlen-text') return named('vlen-utf8', [])
  if (spec.kind === 'vlen-bytes') return named('vlen-bytes', [])
  if (!hasByteOrder(spec)) return named('bytes')
  // One order for all fields of a record: little, unless every field was asked for in the other.
  return named('bytes', [['endian', byteOrder === 'big' ? 'big' : 'little']])
}

/** An extension with its configuration; without entries the configuration is empty, not given at all it is left out. */
function named(name: string, configuration?: [string, JsonValue][]): JsonValue {
  const extension: JsonObject = new Map([['name', name]])
  return configuration ? extension.set('configuration', new Map(configuration)) : extension
}
