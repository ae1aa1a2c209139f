import { UsageError } from '@shared/errors'
import { fillToJson } from '@shared/dtype/fill-json'
import { ownName } from '@shared/dtype/numpy-name'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import { python4 } from './json-layout'
import type { NewArray } from './new-array'

/** `.zarray`, and `.zattrs` where there are attributes, as zarr 2 writes them. */
export function writeV2(array: NewArray): Map<string, string> {
  const { dtype, attributes = new Map() } = array
  if (array.shards) throw new UsageError('Format 2 has no shards; choose format 3.')
  if (dtype.descr === undefined)
    throw new UsageError(`Format 2 cannot store ${ownName(dtype.spec)}; choose format 3.`)
  const filters = [...objectCodec(array), ...(array.filters ?? [])]
  const zarray: JsonObject = new Map()
  zarray.set('zarr_format', 2).set('shape', array.shape).set('chunks', array.chunks).set('dtype', dtype.descr)
  zarray.set('compressor', array.compressor ?? null).set('filters', filters.length > 0 ? filters : null)
  zarray.set('fill_value', fillToJson(dtype.spec, array.fill, 2, dtype.swaps)).set('order', array.order)
  if (array.separator === '/') zarray.set('dimension_separator', '/')
  const documents = new Map([['.zarray', stringifyJson(zarray, python4)]])
  if (attributes.size > 0) documents.set('.zattrs', stringifyJson(attributes, python4))
  return documents
}

const OBJECT_CODECS = ['vlen-utf8', 'vlen-bytes', 'vlen-array', 'json2', 'msgpack2', 'categorize']

/** Items of varying length need a codec for objects in front; it is added where the filters do not name one. */
function objectCodec({ dtype, filters }: NewArray): JsonObject[] {
  const id = filters?.[0]?.get('id')
  const given = typeof id === 'string' && OBJECT_CODECS.includes(id)
  if (given || dtype.descr !== '|O') return []
  const codec = (entries: [string, JsonValue][]): JsonObject[] => [new Map(entries)]
  switch (dtype.spec.kind) {
    case 'vlen-text':
      return codec([['id', 'vlen-utf8']])
    case 'vlen-bytes':
      return codec([['id', 'vlen-bytes']])
    default:
      throw new UsageError(
        `An array of objects needs an object codec as its first filter, such as ${OBJECT_CODECS.join(', ')}.`,
      )
  }
}
