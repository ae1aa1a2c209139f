/** Everything about an array but its type and codecs: order, dimensions, keys, byte order, shards, grids. */
import { formatsOf, plainCase, type ArrayDocument, type Case, type Changes } from './cases'

type Row = Changes & { feature: string; variant?: string }

const INDEX = [{ name: 'bytes', configuration: { endian: 'little' } }, { name: 'crc32c' }]
const SHARDS = { shards: [2, 6], chunks: [1, 3] }

/** Changes the configuration of the shards, which are the first codec. */
const sharding =
  (change: (configuration: Record<string, unknown>) => void) =>
  (document: ArrayDocument): void =>
    change((document.codecs[0]!.configuration ??= {}))

/** Each inner chunk becomes a shard of single items. */
const nested = sharding((configuration) => {
  const inner = { chunk_shape: [1, 1], codecs: configuration['codecs'], index_codecs: INDEX }
  configuration['codecs'] = [{ name: 'sharding_indexed', configuration: inner }]
})

const ROWS: Row[] = [
  { feature: 'order F', options: { order: 'F' } },
  { feature: 'order F', options: { order: 'F', compressor: 'gzip:1' }, variant: 'gzip' },
  { feature: 'order F', options: { order: 'F', compressor: null }, variant: 'uncompressed' },
  { feature: 'order F, texts', options: { order: 'F' }, sample: 'string' },
  { feature: 'keys joined by "."', options: { separator: '.' } },
  { feature: 'keys joined by "/"', options: { separator: '/' } },
  {
    feature: 'key encoding v2',
    edit: (document) => (document.chunk_key_encoding = { name: 'v2', configuration: { separator: '.' } }),
  },
  { feature: 'no dimensions', shape: [], sample: 'float64' },
  { feature: 'no dimensions', shape: [], sample: '<U3', variant: 'text' },
  { feature: 'one dimension', shape: [15], options: { chunks: [4] } },
  { feature: 'four dimensions', shape: [1, 3, 1, 5], options: { chunks: [1, 2, 1, 2] } },
  { feature: 'a dimension of length 0', shape: [3, 0] },
  {
    feature: 'cyclic transpose',
    shape: [3, 1, 5],
    options: { chunks: [2, 1, 3], filters: [{ name: 'transpose', configuration: { order: [1, 2, 0] } }] },
  },
  { feature: 'big-endian numbers and texts', options: { dtype: '>i4' }, variant: 'int32' },
  {
    feature: 'big-endian numbers and texts',
    sample: 'float64',
    options: { dtype: '>f8' },
    variant: 'float64',
  },
  { feature: 'big-endian numbers and texts', sample: '<U3', options: { dtype: '>U3' }, variant: 'text' },
  {
    feature: 'big-endian complex numbers and moments',
    sample: 'complex64',
    options: { dtype: '>c8' },
    variant: 'complex64',
  },
  {
    feature: 'big-endian complex numbers and moments',
    sample: 'datetime64[ns]',
    options: { dtype: '>M8[ns]' },
    variant: 'datetime64',
  },
  {
    feature: 'records of mixed byte order',
    sample: "[('a', '<i4'), ('b', '<f8')]",
    options: { dtype: '[["a",">i4"],["b","<f8"]]' },
  },
  { feature: 'shards', options: SHARDS },
  { feature: 'shards', options: { shards: [4, 6], order: 'F' }, variant: 'order F' },
  { feature: 'shards of texts', options: SHARDS, sample: 'string' },
  {
    feature: 'shards, index at the start',
    options: SHARDS,
    edit: sharding((configuration) => (configuration['index_location'] = 'start')),
  },
  {
    feature: 'shards, index without checksum',
    options: SHARDS,
    edit: sharding((configuration) => (configuration['index_codecs'] = INDEX.slice(0, 1))),
  },
  {
    feature: 'shards, compressed as a whole',
    options: SHARDS,
    edit: ({ codecs }) => void codecs.push({ name: 'gzip', configuration: { level: 1 } }),
  },
  { feature: 'shards in shards', options: SHARDS, edit: nested },
  {
    feature: 'rectilinear grid',
    edit: (document) => {
      const edges = {
        kind: 'inline',
        chunk_shapes: [
          [1, 2],
          [[2, 2], 1],
        ],
      }
      document.chunk_grid = { name: 'rectilinear', configuration: edges }
    },
  },
]

export const layoutCases = (): Case[] =>
  ROWS.flatMap(({ feature, variant, ...changes }) =>
    formatsOf('layout', feature).map((format) => plainCase('layout', feature, format, changes, variant)),
  )
