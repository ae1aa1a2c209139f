import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { BoxProjection } from '../chunks/projection'
import { cOrderStrides } from '../chunks/whole-projection'
import { InlineExecutor } from './inline'
import { codec, storeArray, type StoredArraySpec } from './testing/stored-array'

const SHAPE = [30, 40, 50]
const little = codec('bytes', { endian: 'little' })
const blosc = (cname: string, shuffle: string, blocksize: number, typesize = 4) =>
  codec('blosc', { cname, clevel: 5, shuffle, typesize, blocksize })
const one = { shape: SHAPE, grid: { kind: 'regular' as const, shape: SHAPE } }
const int32 = { ...one, dtype: { kind: 'int', bits: 32 }, fill: new Uint8Array(4) } as const

/** Chunks of more than 64 KB, whose stretches end inside rows, planes and items. */
const ARRAYS: Record<string, StoredArraySpec> = {
  plain: { ...int32, codecs: [little] },
  'blosc, blocks that end inside rows': { ...int32, codecs: [little, blosc('lz4', 'shuffle', 8196)] },
  'blosc, one block': { ...int32, codecs: [little, blosc('zstd', 'bitshuffle', 2 ** 20)] },
  'blosc, stored': {
    ...int32,
    codecs: [
      little,
      codec('blosc', { cname: 'lz4', clevel: 0, shuffle: 'noshuffle', typesize: 4, blocksize: 0 }),
    ],
  },
  'transposed, big-endian, blosc': {
    ...int32,
    codecs: [
      codec('transpose', { order: [2, 0, 1] }),
      codec('bytes', { endian: 'big' }),
      blosc('lz4', 'shuffle', 9000),
    ],
  },
  'blosc, blocks that end inside items': {
    ...one,
    dtype: { kind: 'raw', length: 7 },
    fill: new Uint8Array(7),
    codecs: [codec('bytes'), blosc('blosclz', 'noshuffle', 4099, 1)],
  },
}

const box = fc.tuple(...SHAPE.map((length) => fc.tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 17 }))))

describe.each(Object.entries(ARRAYS))('%s', (_, spec) => {
  const array = storeArray(spec)
  const executor = new InlineExecutor()
  afterAll(() => array.remove())

  test('any box holds what was stored', async () => {
    await fc.assert(
      fc.asyncProperty(box, async (ends) => {
        const dims = ends.map(([start, length], k) => ({
          kind: 'run' as const,
          start,
          step: 1,
          count: Math.min(length, SHAPE[k]! - start),
          outStart: 0,
        }))
        const shape = dims.map(({ count }) => count)
        const projection: BoxProjection = { kind: 'box', coords: [0, 0, 0], dims }
        const indices = shape.reduce<number[][]>(
          (all, count, k) =>
            all.flatMap((index) => Array.from({ length: count }, (_, i) => [...index, dims[k]!.start + i])),
          [[]],
        )
        const expected = Buffer.concat(indices.map((index) => array.item(index)))
        const buffer = new SharedArrayBuffer(expected.length)
        const [outcome] = await executor.read({
          pipeline: { dtype: spec.dtype, shape: SHAPE, fill: spec.fill, codecs: spec.codecs },
          tasks: [{ key: 'c', source: { kind: 'file', path: array.path([0, 0, 0]) }, projection }],
          target: { buffer, byteOffset: 0, strides: cOrderStrides(shape) },
        })
        expect(outcome!.state).toBe('stored')
        expect(Buffer.compare(new Uint8Array(buffer), expected)).toBe(0)
      }),
      { seed: 20240917, numRuns: 150 },
    )
  })
})
