import { InlineExecutor } from '../../pool/inline'
import { MemoryStore } from '../../stores/memory'
import type { NodeContext } from '../node-context'

export const context: NodeContext = { executor: new InlineExecutor() }

const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

/** A store of documents: texts as they are, everything else as JSON. */
export const storeOf = (documents: Record<string, unknown>): MemoryStore =>
  new MemoryStore(Object.entries(documents).map(([key, value]) => [key, bytes(value)]))

export const group3 = (attributes: object = {}, more: object = {}): object => ({
  zarr_format: 3,
  node_type: 'group',
  attributes,
  ...more,
})

export const array3 = (more: object = {}): object => ({
  zarr_format: 3,
  node_type: 'array',
  shape: [4],
  data_type: 'int16',
  chunk_grid: { name: 'regular', configuration: { chunk_shape: [2] } },
  chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
  fill_value: 7,
  codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
  attributes: {},
  ...more,
})

export const array2 = (more: object = {}): object => ({
  zarr_format: 2,
  shape: [4],
  chunks: [2],
  dtype: '<i2',
  compressor: null,
  fill_value: 7,
  filters: null,
  order: 'C',
  ...more,
})

export const array1 = (more: object = {}): object => ({
  zarr_format: 1,
  shape: [4],
  chunks: [2],
  dtype: '<i2',
  compression: 'none',
  compression_opts: null,
  fill_value: 7,
  order: 'C',
  ...more,
})
