import type { JsonObject } from '@shared/json/value'
import { stringifyJson } from '@shared/json/stringify'
import type { ZarrFormat } from '@shared/model/node'
import { UsageError } from '@shared/errors'
import type { NewArray } from './new-array'
import { python2, python4 } from './json-layout'
import { writeV1 } from './write-v1'
import { writeV2 } from './write-v2'
import { writeV3 } from './write-v3'

/**
 * The documents of a new array: file name → text, byte for byte as the Python library of the format writes them.
 * Throws UsageError where the format has no way to say it, ValueError for a fill value it cannot state.
 */
export function writeArrayDocuments(array: NewArray, format: ZarrFormat): Map<string, string> {
  if (format === 1) return writeV1(array)
  return format === 2 ? writeV2(array) : writeV3(array)
}

/** The documents of a new group. Throws UsageError for format 1, which has none. */
export function writeGroupDocuments(attributes: JsonObject, format: ZarrFormat): Map<string, string> {
  if (format === 1) throw new UsageError('Format 1 has no groups; choose format 2 or 3.')
  if (format === 2) {
    const documents = new Map([['.zgroup', stringifyJson(new Map([['zarr_format', 2]]), python4)]])
    if (attributes.size > 0) documents.set('.zattrs', stringifyJson(attributes, python4))
    return documents
  }
  const group: JsonObject = new Map()
  group.set('attributes', attributes).set('zarr_format', 3).set('node_type', 'group')
  return new Map([['zarr.json', stringifyJson(group, python2)]])
}
