import { UsageError, ValueError } from '@shared/errors'
import { fillToJson } from '@shared/dtype/fill-json'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { jsonNumber } from '@shared/json/access'
import { stringifyJson } from '@shared/json/stringify'
import { JsonFloat, type JsonObject, type JsonValue } from '@shared/json/value'
import { python4 } from './json-layout'
import type { NewArray } from './new-array'

/** `meta` and `attrs` as zarr 1.0 writes them. */
export function writeV1(array: NewArray): Map<string, string> {
  const { dtype } = array
  if (array.shards) throw new UsageError('Format 1 has no shards; choose format 3.')
  if (array.filters?.length) throw new UsageError('Format 1 has no filters; choose format 2 or 3.')
  if (array.separator === '/') throw new UsageError('Format 1 joins chunk indices by "." only.')
  if (dtype.descr === undefined || dtype.descr === '|O') {
    throw new UsageError('Format 1 stores NumPy types of fixed size only; choose another type or format.')
  }
  if (hasSubarray(dtype.spec))
    throw new UsageError('Format 1 has no sub-arrays in records: zarr 1 cannot read them. Choose format 2.')
  const { compression, opts } = compressionOf(array.compressor ?? null)
  const meta: JsonObject = new Map()
  meta.set('zarr_format', 1).set('shape', array.shape).set('chunks', array.chunks).set('dtype', dtype.descr)
  meta.set('compression', compression).set('compression_opts', opts)
  meta
    .set('fill_value', array.fillJson ?? whole(fillToJson(dtype.spec, array.fill, 1)))
    .set('order', array.order)
  return new Map([
    ['meta', stringifyJson(meta, python4)],
    ['attrs', stringifyJson(array.attributes ?? new Map(), python4)],
  ])
}

const hasSubarray = (spec: DataTypeSpec): boolean =>
  spec.kind === 'struct' && spec.fields.some(({ type }) => type.kind === 'subarray' || hasSubarray(type))

/** 0.0 as 0, and a complex number without imaginary part as its real one: what people gave to zarr 1. */
function whole(fill: JsonValue): JsonValue {
  if (Array.isArray(fill)) {
    if (jsonNumber(fill[1]) !== 0)
      throw new ValueError('Format 1 cannot store a complex fill value; leave it undefined.')
    return whole(fill[0] ?? null)
  }
  return fill instanceof JsonFloat && Number.isSafeInteger(fill.value) && !Object.is(fill.value, -0)
    ? fill.value
    : fill
}

function compressionOf(compressor: JsonObject | null): { compression: string; opts: JsonValue } {
  if (compressor === null) return { compression: 'none', opts: null }
  const id = compressor.get('id')
  const options = new Map([...compressor].filter(([name]) => name !== 'id'))
  switch (id) {
    case 'blosc': {
      const only = ['clevel', 'cname', 'shuffle']
      return { compression: id, opts: new Map([...options].filter(([name]) => only.includes(name))) }
    }
    case 'lzma':
      return { compression: id, opts: options }
    case 'zlib':
    case 'bz2':
      return { compression: id, opts: options.get('level') ?? 1 }
    default:
      throw new UsageError(
        `Format 1 has no compressor ${stringifyJson(id ?? null)}; it has blosc, zlib, bz2, lzma and none.`,
      )
  }
}
