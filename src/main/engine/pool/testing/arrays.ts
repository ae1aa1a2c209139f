import type { CodecSpec } from '../../codecs/pipeline-spec'
import { codec, type StoredArraySpec } from './stored-array'

const FILL = Uint8Array.of(1, 2, 3, 4)
const little = codec('bytes', { endian: 'little' })
const big = codec('bytes', { endian: 'big' })
const blosc = codec('blosc', { cname: 'lz4', clevel: 5, shuffle: 'shuffle', typesize: 4, blocksize: 0 })
/** Shards of inner chunks of that shape. */
export const sharded = (inner: number[], ...codecs: CodecSpec[]): CodecSpec => ({
  name: 'sharding_indexed',
  configuration: new Map<string, never>([
    ['chunk_shape', inner],
    ['codecs', codecs.map(named)],
    ['index_codecs', [little, codec('crc32c')].map(named)],
  ] as unknown as [string, never][]),
})
const named = ({ name, configuration }: CodecSpec) =>
  new Map<string, unknown>([
    ['name', name],
    ['configuration', configuration],
  ])

const int32 = { dtype: { kind: 'int', bits: 32 }, fill: FILL } as const

/** Small arrays of every way in which chunks are laid out. */
export const SMALL_ARRAYS: Record<string, StoredArraySpec> = {
  plain: { ...int32, shape: [13, 9], grid: { kind: 'regular', shape: [4, 3] }, codecs: [little] },
  'big-endian, transposed, blosc': {
    ...int32,
    shape: [13, 9],
    grid: { kind: 'regular', shape: [4, 5] },
    codecs: [codec('transpose', { order: [1, 0] }), big, blosc],
  },
  'rectilinear, zlib': {
    ...int32,
    shape: [13, 9],
    grid: {
      kind: 'rectilinear',
      edges: [
        [2, 7, 5],
        [4, 1, 4],
      ],
    },
    codecs: [little, codec('numcodecs.zlib', { level: 1 })],
  },
  sharded: {
    ...int32,
    shape: [13, 9],
    grid: { kind: 'regular', shape: [6, 6] },
    codecs: [sharded([2, 3], little, blosc)],
  },
  'sharded twice': {
    ...int32,
    shape: [13, 9],
    grid: { kind: 'regular', shape: [12, 6] },
    codecs: [sharded([6, 6], sharded([2, 3], big))],
  },
  'three dimensions, gzip': {
    ...int32,
    shape: [5, 4, 6],
    grid: { kind: 'regular', shape: [2, 3, 4] },
    codecs: [little, codec('gzip', { level: 1 })],
  },
  'no dimensions': { ...int32, shape: [], grid: { kind: 'regular', shape: [] }, codecs: [little] },
}
