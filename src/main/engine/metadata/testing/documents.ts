import type { ZarrFormat } from '@shared/model/node'
import type { ArrayMetadata } from '../array-metadata'
import { parseNode } from '../parse-node'

/** The document with the members of `change` replaced; undefined removes one. */
export const changed = (base: object, change: object): string => {
  const entries = Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined)
  return JSON.stringify(Object.fromEntries(entries))
}

export const V3 = {
  zarr_format: 3,
  node_type: 'array',
  shape: [10, 6],
  data_type: 'int32',
  chunk_grid: { name: 'regular', configuration: { chunk_shape: [4, 3] } },
  chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
  fill_value: 0,
  codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
}
export const V2 = {
  zarr_format: 2,
  shape: [10, 6],
  chunks: [4, 3],
  dtype: '<i4',
  compressor: null,
  fill_value: 0,
  order: 'C',
  filters: null,
}
export const V1 = {
  zarr_format: 1,
  shape: [10, 6],
  chunks: [4, 3],
  dtype: '<i4',
  compression: 'blosc',
  compression_opts: { clevel: 5, cname: 'lz4', shuffle: 1 },
  fill_value: null,
  order: 'F',
}

const FILE = { 3: 'zarr.json', 2: '.zarray', 1: 'meta' } as const
const BASE = { 3: V3, 2: V2, 1: V1 }

/** The array at a/b that a document with some members changed describes; `more` are other files beside it. */
export function open(format: ZarrFormat, change: object = {}, more: [string, string][] = []): ArrayMetadata {
  const documents = new Map([[FILE[format], changed(BASE[format], change)], ...more])
  const { metadata } = parseNode('a/b', documents, { prefer: format })!
  if (metadata.kind !== 'array') throw new Error('not an array')
  return metadata
}
