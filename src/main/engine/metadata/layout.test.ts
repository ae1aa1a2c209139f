import { describe, expect, test } from 'vitest'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import { arrayLayout } from './array-layout'
import { arrayInfoJson, describeArray } from './describe'
import { shardLevels } from './shard-levels'
import { open, V3 } from './testing/documents'

describe('chunks and shards', () => {
  const sharded = (chunk_shape: number[], codecs: unknown[]): object => ({
    name: 'sharding_indexed',
    configuration: { chunk_shape, codecs, index_codecs: V3.codecs },
  })
  test('levels of shards', () => {
    const nested = open(3, { codecs: [sharded([2, 3], [sharded([1, 1], V3.codecs)])] })
    expect(shardLevels(nested)).toEqual([
      [2, 3],
      [1, 1],
    ])
    expect(arrayLayout(nested)).toMatchObject({
      chunks: [2, 3],
      shards: [4, 3],
      gridShape: [5, 2],
      nchunks: 10n,
    })
    expect(nested.byteOrder).toBe('little')
    const compressed = open(3, {
      codecs: [sharded([2, 3], V3.codecs), { name: 'gzip', configuration: { level: 1 } }],
    })
    expect(shardLevels(compressed)).toEqual([])
    expect(arrayLayout(compressed)).toMatchObject({ chunks: [4, 3], shards: null })
  })

  const rectilinear = (chunk_shapes: unknown): object => ({
    chunk_grid: { name: 'rectilinear', configuration: { kind: 'inline', chunk_shapes } },
  })
  test('rectilinear grids', () => {
    const array = open(3, rectilinear([[[2, 3], 4, 9], 4]))
    expect(array.grid).toEqual({
      kind: 'rectilinear',
      edges: [
        [2, 2, 2, 4, 9],
        [4, 4],
      ],
    })
    expect(arrayLayout(array)).toEqual({
      chunks: null,
      shards: null,
      chunkEdges: [
        [2, 2, 2, 4],
        [4, 4],
      ],
      gridShape: [4, 2],
      nchunks: 8n,
    })
    expect(open(3, rectilinear([4, 3])).grid).toEqual({ kind: 'regular', shape: [4, 3] })
  })

  test.each<[unknown, string]>([
    [[[4, 4], 3], 'its chunks cover 8 items of a dimension of 10.'],
    [[[10]], 'of each of 2 dimensions'],
    [[[10, 0], 3], 'chunk lengths are whole numbers from 1'],
    [[[[5]], 3], 'a run is a length and a count from 1'],
    [[[[5, 0]], 3], 'a run is a length and a count from 1'],
    [['10', [3, 3]], 'chunk lengths are whole numbers from 1'],
  ])('rectilinear %j', (shapes, why) => {
    expect(() => open(3, rectilinear(shapes))).toThrow(why)
  })

  test.each<[object, string]>([
    [rectilinear([[[1, 1e9]], [3, 3]]), 'more than the limit'],
    [{ shape: [2 ** 40, 6], ...rectilinear([1, [3, 3]]) }, 'more than the limit'],
    [{ shape: [3e6, 3e6], ...rectilinear([[[1, 3e6]], [[1, 3e6]]]) }, 'more than the limit'],
    [{ chunk_grid: { name: 'rectilinear', configuration: { kind: 'file' } } }, 'rectilinear of kind'],
  ])('%j is refused, but opens', (change, why) => {
    expect(open(3, change).problem?.message).toContain(why)
  })

  test('counts are exact beyond 2^53', () => {
    const array = open(2, { shape: [2 ** 50, 2 ** 50], chunks: [1, 1] })
    expect(arrayLayout(array).nchunks).toBe(2n ** 100n)
    expect(stringifyJson(arrayInfoJson(array))).toContain(`"nbytes":${4n * 2n ** 100n}`)
  })

  test('dimensions without items may have chunks without items', () => {
    expect(arrayLayout(open(2, { shape: [0, 6], chunks: [0, 3] }))).toMatchObject({
      chunks: [1, 3],
      gridShape: [0, 2],
      nchunks: 0n,
    })
  })
})

test('what info prints', () => {
  const array = open(2, { fill_value: 'NaN', dtype: '<f4', order: 'F' }, [
    ['.zattrs', '{"n": NaN, "_ARRAY_DIMENSIONS": ["y", "x"]}'],
  ])
  const info = stringifyJson(arrayInfoJson(array))
  expect(() => JSON.parse(info) as unknown).not.toThrow()
  expect(parseJson(info).value).toEqual(
    parseJson(
      '{"kind":"array","zarrFormat":2,"shape":[10,6],"chunks":[4,3],"shards":null,"dtype":"<f4","fillValue":"NaN","order":"F",' +
        '"codecs":{"filters":null,"compressor":null},"dimensionNames":["y","x"],"attributes":{"n":"NaN","_ARRAY_DIMENSIONS":["y","x"]},' +
        '"nbytes":240,"nchunks":6,"readable":true}',
    ).value,
  )
  expect(describeArray(array, 'head')).toMatchObject({
    gridShape: [3, 2],
    keyEncoding: 'v2 ".": 0.0',
    nchunks: 6,
    summaryHead: 'head',
  })
})
