import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { portableBackend } from './backends/portable/portable-backend'
import { bytesSource } from './byte-source'
import type { ByteSource, CodecPipeline } from './codec-pipeline'
import { canonical } from './layout'
import type { CodecSpec } from './pipeline-spec'
import { codec, INT32, LITTLE, pipeline, SEED, UINT8 } from './testing/chunks'

const BIG = codec('bytes', { endian: 'big' })
const ITEMS = 40_000
const counting = new Uint8Array(Int32Array.from({ length: ITEMS }, (_, i) => i * 3).buffer)
const noise = new Uint8Array(
  Int32Array.from({ length: ITEMS }, (_, i) => Math.imul(i + 1, 0x9e3779b1)).buffer,
)
const blosc = (configuration: object): CodecSpec =>
  codec('blosc', { cname: 'lz4', clevel: 5, shuffle: 'shuffle', typesize: 4, ...configuration })

/** Counts the bytes that are read. */
function counted(stored: Uint8Array): ByteSource & { bytes: number } {
  const source = bytesSource(stored)
  return {
    size: stored.length,
    bytes: 0,
    read(offset, length) {
      this.bytes += length
      return source.read(offset, length)
    },
  }
}

function items(bound: CodecPipeline, source: ByteSource, first: number, count: number): number[] | undefined {
  const part = bound.decodeItems?.(source, first, count)
  return part && [...canonical({ dtype: bound.spec.dtype, shape: [count], strides: [1], ...part }).data]
}

describe.each([
  ['uncompressed', [LITTLE]],
  ['big-endian', [BIG]],
  ['Blosc', [LITTLE, blosc({ blocksize: 4096 })]],
  ['Blosc, big-endian items, bit shuffle', [BIG, blosc({ blocksize: 4096, shuffle: 'bitshuffle' })]],
  ['Blosc, blocks of its own choice', [LITTLE, blosc({ cname: 'zstd' })]],
  ['Blosc, bytes by themselves', [LITTLE, blosc({ blocksize: 1000, typesize: 1, shuffle: 'noshuffle' })]],
])('%s', (_, codecs) => {
  test.each([
    ['compressible', counting],
    ['noise', noise],
  ])('any run of items is what the whole holds: %s', (_, data) => {
    const bound = pipeline({ shape: [ITEMS], codecs })
    const stored = bound.encode(data)
    const runs = fc
      .tuple(fc.nat(ITEMS), fc.nat(3000))
      .map(([first, count]) => [first, Math.min(count, ITEMS - first)] as const)
    fc.assert(
      fc.property(runs, ([first, count]) => {
        expect(items(bound, bytesSource(stored), first, count)).toEqual([
          ...data.subarray(first * 4, (first + count) * 4),
        ])
      }),
      { seed: SEED, numRuns: 60 },
    )
  })
})

describe('what is read', () => {
  test('uncompressed: the items alone', () => {
    const source = counted(counting)
    items(pipeline({ shape: [ITEMS], codecs: [LITTLE] }), source, 17, 5)
    expect(source.bytes).toBe(20)
  })

  test('Blosc: the table of blocks and one block', () => {
    const bound = pipeline({ shape: [ITEMS], codecs: [LITTLE, blosc({ blocksize: 4096 })] })
    const source = counted(bound.encode(noise.map((byte, i) => (i % 4 === 0 ? byte : 0))))
    items(bound, source, 20_000, 1)
    expect(source.bytes).toBeLessThan(4096 + 2 * 4096)
  })

  test('Blosc: a table longer than the first read', () => {
    const bound = pipeline({
      dtype: UINT8,
      shape: [300_000],
      codecs: [codec('bytes'), blosc({ blocksize: 128, typesize: 1 })],
    })
    const data = Uint8Array.from({ length: 300_000 }, (_, i) => i >> 8)
    const stored = bound.encode(data)
    expect(items(bound, bytesSource(stored), 299_990, 10)).toEqual([...data.subarray(299_990)])
  })
})

test('strides of the stored order go with a transposition', () => {
  const bound = pipeline({ shape: [2, 3], codecs: [codec('transpose', { order: [1, 0] }), LITTLE] })
  expect(bound.itemStrides).toEqual([1, 2])
  const stored = bound.encode(counting.subarray(0, 24))
  expect(items(bound, bytesSource(stored), 1, 2)).toEqual([
    ...counting.subarray(12, 16),
    ...counting.subarray(4, 8),
  ])
})

test('records of mixed byte order are swapped', () => {
  const dtype: DataTypeSpec = {
    kind: 'struct',
    fields: [
      { name: 'a', type: INT32 },
      { name: 'b', type: { kind: 'int', bits: 16 } },
    ],
  }
  const bound = pipeline({
    dtype,
    shape: [2],
    codecs: [codec('bytes', { endian: 'mixed', swaps: [[4, 2]] })],
  })
  expect(items(bound, bytesSource(Uint8Array.from({ length: 12 }, (_, i) => i)), 1, 1)).toEqual([
    6, 7, 8, 9, 11, 10,
  ])
})

test.each([
  ['another compressor', [LITTLE, codec('zstd')]],
  ['a checksum', [LITTLE, codec('crc32c')]],
  ['two compressors', [LITTLE, blosc({}), codec('gzip')]],
  ['a filter', [codec('numcodecs.delta', { dtype: '<i4' }), LITTLE]],
  ['packed bits', [codec('packbits')]],
])('with %s chunks are read as a whole', (_, codecs) => {
  const bound = pipeline({ codecs })
  expect(Object.keys(bound)).not.toContain('decodeItems')
  expect(bound.itemStrides).toBeUndefined()
})

test('a backend without blocks says so', () => {
  const bound = pipeline({ shape: [ITEMS], codecs: [LITTLE, blosc({})] }, portableBackend)
  expect(bound.decodeItems?.(bytesSource(new Uint8Array(99)), 0, 1)).toBeUndefined()
})

describe('damage', () => {
  const bound = pipeline({ shape: [ITEMS], codecs: [LITTLE, blosc({ blocksize: 4096 })] })
  const stored = bound.encode(counting)

  test('a chunk of another size', () => {
    const plain = pipeline({ shape: [ITEMS], codecs: [LITTLE] })
    expect(() => plain.decodeItems!(bytesSource(counting.subarray(4)), 0, 1)).toThrow(ChunkCorruptError)
    for (const length of [0, 10, 100, stored.length - 1]) {
      expect(() => bound.decodeItems!(bytesSource(stored.subarray(0, length)), 0, 1)).toThrow(
        ChunkCorruptError,
      )
    }
  })

  test('any flipped byte gives items or an error of the house', () => {
    fc.assert(
      fc.property(fc.nat(700), fc.integer({ min: 1, max: 255 }), fc.nat(ITEMS - 1), (place, flip, first) => {
        const damaged = Uint8Array.from(stored)
        damaged[place]! ^= flip
        try {
          expect(items(bound, bytesSource(damaged), first, 1)?.length).toBe(4)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ChunkCorruptError)
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})
