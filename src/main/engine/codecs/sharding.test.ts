import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, LimitError, MetadataError } from '@shared/errors'
import { bytesSource } from './byte-source'
import type { CodecSpec, PipelineSpec } from './pipeline-spec'
import { codec, decoded, INT32, ints, LITTLE, pipeline, SEED, UINT8 } from './testing/chunks'
import { joinItems } from './vlen'

const EMPTY = new Uint8Array(16).fill(0xff)
const u64 = (...values: number[]): Uint8Array => new Uint8Array(BigUint64Array.from(values, BigInt).buffer)

interface Options {
  codecs?: CodecSpec[]
  index?: CodecSpec[]
  location?: string
}
const sharded = (
  chunkShape: number[],
  { codecs = [LITTLE], index = [LITTLE], location = 'end' }: Options = {},
): CodecSpec =>
  codec('sharding_indexed', {
    chunk_shape: chunkShape,
    codecs: codecs.map(asJson),
    index_codecs: index.map(asJson),
    index_location: location,
  })
const asJson = ({ name, configuration }: CodecSpec): Map<string, unknown> =>
  new Map<string, unknown>([
    ['name', name],
    ['configuration', configuration],
  ])

const CRC = codec('crc32c')
const INNER: Options[] = [
  {},
  { codecs: [codec('bytes', { endian: 'big' }), codec('gzip', { level: 1 })], index: [LITTLE, CRC] },
  { location: 'start', index: [codec('bytes', { endian: 'big' }), CRC] },
  { codecs: [LITTLE, codec('blosc', { cname: 'lz4' }), codec('gzip', { level: 1 })], index: [LITTLE, CRC] },
]

/** Chunks per shard and inner shape along each axis, an order of axes, and which settings. */
const cases = fc.record({
  axes: fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), {
    minLength: 0,
    maxLength: 3,
  }),
  options: fc.constantFrom(...INNER),
  fill: fc.constantFrom(null, 0, 7, -1),
  values: fc.infiniteStream(fc.constantFrom(0, 7, 7, 7, 7, -1, 123456)),
  nested: fc.boolean(),
  around: fc.constantFrom('nothing', 'transpose', 'gzip'),
})

function build({
  axes,
  options,
  fill,
  nested,
  around,
}: typeof cases extends fc.Arbitrary<infer T> ? T : never): PipelineSpec {
  const innerShape = axes.map(([, length]) => length)
  const inner = nested
    ? {
        ...options,
        codecs: [
          sharded(
            innerShape.map(() => 1),
            options,
          ),
        ],
      }
    : options
  const reversed = codec('transpose', { order: axes.map((_, axis) => axis).reverse() })
  const outer = sharded(around === 'transpose' ? innerShape.toReversed() : innerShape, inner)
  return {
    dtype: INT32,
    shape: axes.map(([count, length]) => count * length),
    fill: fill === null ? null : ints(fill),
    codecs:
      around === 'transpose'
        ? [reversed, outer]
        : around === 'gzip'
          ? [outer, codec('gzip', { level: 1 })]
          : [outer],
  }
}

test('a shard gives back what was stored, whole and inner chunk by inner chunk', () => {
  fc.assert(
    fc.property(cases, (parameters) => {
      const spec = build(parameters)
      const bound = pipeline(spec)
      const items = Int32Array.from({ length: bound.items }, () => parameters.values.next().value as number)
      const stored = bound.encode(new Uint8Array(items.buffer))
      expect(decoded(bound, stored).data).toEqual([...new Uint8Array(items.buffer)])
      expect(bound.sharding === undefined).toBe(parameters.around !== 'nothing')
      if (bound.sharding) expect(readByParts(bound, stored, parameters.fill ?? 0)).toEqual([...items])
    }),
    { seed: SEED, numRuns: 300 },
  )
})

/** An independent reader: every item through the index, by its position. */
function readByParts(
  { spec, sharding }: ReturnType<typeof pipeline>,
  stored: Uint8Array,
  fill: number,
): number[] {
  const { inner, innerShape, chunksPerShard } = sharding!
  const { offsets, lengths } = sharding!.index(bytesSource(stored))
  const chunks = Array.from(offsets, (offset, i) =>
    offset < 0
      ? undefined
      : new Int32Array(
          Uint8Array.from(decoded(inner, stored.subarray(offset, offset + lengths[i]!)).data).buffer,
        ),
  )
  return Array.from({ length: inner.items * chunks.length }, (_, place) => {
    let [rest, chunk, item, chunkStride, itemStride] = [place, 0, 0, 1, 1]
    for (let axis = spec.shape.length - 1; axis >= 0; axis--) {
      const at = rest % spec.shape[axis]!
      rest = Math.floor(rest / spec.shape[axis]!)
      chunk += Math.floor(at / innerShape[axis]!) * chunkStride
      item += (at % innerShape[axis]!) * itemStride
      chunkStride *= chunksPerShard[axis]!
      itemStride *= innerShape[axis]!
    }
    return chunks[chunk]?.[item] ?? fill
  })
}

describe('what is stored', () => {
  test('inner chunks in C order, those of fill left out, the index where it is wanted', () => {
    const spec = { dtype: UINT8, shape: [2, 4], fill: Uint8Array.of(9) }
    const data = Uint8Array.of(1, 2, 9, 9, 3, 4, 9, 9)
    const atEnd = pipeline({ ...spec, codecs: [sharded([2, 2])] }).encode(data)
    expect([...atEnd]).toEqual([1, 2, 3, 4, ...u64(0, 4), ...EMPTY])
    const atStart = pipeline({ ...spec, codecs: [sharded([2, 2], { location: 'start' })] }).encode(data)
    expect([...atStart]).toEqual([...u64(32, 4), ...EMPTY, 1, 2, 3, 4])
  })

  test('a fill value counts bit by bit: -0 is not 0, NaN is NaN', () => {
    const spec = { dtype: { kind: 'float', format: 'float64' } as const, shape: [2], codecs: [sharded([1])] }
    const zeros = new Uint8Array(Float64Array.of(0, -0).buffer)
    expect(pipeline({ ...spec, fill: zeros.slice(0, 8) }).encode(zeros).length).toBe(8 + 32)
    const nans = new Uint8Array(Float64Array.of(NaN, 1).buffer)
    expect(pipeline({ ...spec, fill: nans.slice(0, 8) }).encode(nans).length).toBe(8 + 32)
  })

  test('gaps and any order of inner chunks are read', () => {
    const bound = pipeline({ dtype: UINT8, shape: [4], fill: Uint8Array.of(5), codecs: [sharded([2])] })
    expect(decoded(bound, Uint8Array.of(0, 3, 4, 0, 0, 1, 2, ...u64(5, 2, 1, 2))).data).toEqual([1, 2, 3, 4])
    expect(decoded(bound, Uint8Array.of(1, 2, ...EMPTY, ...u64(0, 2))).data).toEqual([5, 5, 1, 2])
  })

  test('texts of any length', () => {
    const texts = ['a', '', 'fill', 'fill', 'é', 'xyz'].map((text) => new TextEncoder().encode(text))
    const { data, offsets } = joinItems(texts)
    const spec = { dtype: { kind: 'vlen-text' } as const, shape: [2, 3], fill: texts[2]! }
    const bound = pipeline({ ...spec, codecs: [sharded([1, 3], { codecs: [codec('vlen-utf8')] })] })
    expect(decoded(bound, bound.encode(data, offsets))).toEqual({ data: [...data], offsets: [...offsets] })
    const filled = joinItems(new Array<Uint8Array>(6).fill(texts[2]!))
    const empty = bound.encode(filled.data, filled.offsets)
    expect([...empty]).toEqual([...EMPTY, ...EMPTY])
    expect(decoded(bound, empty)).toEqual({ data: [...filled.data], offsets: [...filled.offsets] })
  })
})

describe('damage', () => {
  const bound = pipeline({ dtype: UINT8, shape: [4], codecs: [sharded([2])] })
  test.each([
    ['nothing', [], /less than its shard index/],
    ['a cut index', [...u64(0, 2, 0)], /less than its shard index/],
    [
      'an entry half empty',
      [1, 2, ...u64(0, 2), ...u64(0), ...EMPTY.subarray(8)],
      /entry 1 of its shard index is half empty/,
    ],
    ['an entry beyond the end', [1, 2, ...u64(0, 2, 35, 2)], /names bytes 35 to 37 of 34/],
    ['a huge entry', [1, 2, ...u64(0, 2), ...u64(2 ** 53 - 1, 2 ** 53 - 1)], /entry 1/],
    [
      'lengths that wrap around',
      [1, 2, ...u64(0, 2), 255, 255, 255, 255, 255, 255, 255, 254, 3, 0, 0, 0, 0, 0, 0, 1],
      /entry 1/,
    ],
    ['an inner chunk of wrong size', [1, 2, ...u64(0, 2, 0, 1)], /in inner chunk 1, it holds 1 bytes/],
  ])('%s is refused', (_, stored, message) => {
    expect(() => bound.decode(Uint8Array.from(stored))).toThrow(ChunkCorruptError)
    expect(() => bound.decode(Uint8Array.from(stored))).toThrow(message)
  })

  test('every flipped bit of a checked index is found', () => {
    const checked = pipeline({ dtype: UINT8, shape: [4], codecs: [sharded([2], { index: [LITTLE, CRC] })] })
    const stored = checked.encode(Uint8Array.of(1, 2, 3, 4))
    for (let bit = 8 * 4; bit < 8 * stored.length; bit++) {
      const damaged = Uint8Array.from(stored)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => checked.decode(damaged)).toThrow(/checksum of crc32c/)
    }
  })
})

describe('configurations', () => {
  test.each([
    ['a chunk shape that does not divide', sharded([3]), /must divide the shard of 4 items/],
    ['a chunk shape of other rank', sharded([2, 2]), MetadataError],
    ['an index of unknown size', sharded([2], { index: [LITTLE, codec('gzip')] }), /index of fixed size/],
    ['a wrong location', sharded([2], { location: 'middle' }), /index_location/],
    [
      'inner codecs that cannot be',
      sharded([2], { codecs: [codec('gzip')] }),
      /no codec turns the array into bytes/,
    ],
    [
      'no index codecs',
      codec('sharding_indexed', { chunk_shape: [2], codecs: ['packbits'] }),
      /index_codecs.*must be a list/,
    ],
    [
      'nonsense for a codec',
      codec('sharding_indexed', { chunk_shape: [2], codecs: [7], index_codecs: ['bytes'] }),
      /bare name/,
    ],
  ])('%s is refused', (_, spec, message) => {
    expect(() => pipeline({ codecs: [spec] })).toThrow(message)
  })

  test('an index beyond 16 MiB is refused', () => {
    expect(() => pipeline({ shape: [2 ** 21], codecs: [sharded([1])] })).toThrow(LimitError)
  })

  test('bare names and codecs that may be ignored', () => {
    const ignorable = new Map<string, unknown>([
      ['name', 'example.unknown'],
      ['must_understand', false],
    ])
    const spec = codec('sharding_indexed', {
      chunk_shape: [2],
      codecs: ['packbits', ignorable],
      index_codecs: [asJson(LITTLE)],
      index_location: 'start',
    })
    const bound = pipeline({
      dtype: { kind: 'uint', bits: 4 },
      shape: [4],
      fill: Uint8Array.of(3),
      codecs: [spec],
    })
    expect(decoded(bound, Uint8Array.of(...EMPTY, ...u64(32, 1), 0xf1)).data).toEqual([3, 3, 1, 15])
  })
})
