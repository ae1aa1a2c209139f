import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, MetadataError, ValueError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { codec, decoded, INT32, ints, LITTLE, pipeline, SEED, UINT8 } from './testing/chunks'

const FLOAT32: DataTypeSpec = { kind: 'float', format: 'float32' }
const INT64: DataTypeSpec = { kind: 'int', bits: 64 }
const scaled = (dtype: DataTypeSpec, items: number, configuration: object, fill: Uint8Array | null = null) =>
  pipeline({ dtype, shape: [items], fill, codecs: [codec('scale_offset', configuration), LITTLE] })
const longs = (...values: bigint[]): Uint8Array => new Uint8Array(BigInt64Array.from(values).buffer)

describe('integers', () => {
  test('(x - offset) * scale, and back', () => {
    const bound = scaled(INT32, 3, { offset: 10, scale: 3 })
    expect(bound.encode(ints(10, 11, 0))).toEqual(ints(0, 3, -30))
    expect(decoded(bound, ints(0, 3, -30)).data).toEqual([...ints(10, 11, 0)])
    const long = scaled(INT64, 1, { offset: 1, scale: -3 })
    expect(long.encode(longs(2n ** 60n))).toEqual(longs(-3n * (2n ** 60n - 1n)))
  })

  test('what leaves the range is an error, in every step', () => {
    expect(() => scaled(UINT8, 1, { offset: 10 }).encode(Uint8Array.of(5))).toThrow(ValueError)
    expect(() => scaled(UINT8, 1, { scale: 3 }).encode(Uint8Array.of(86))).toThrow(/86 leaves the range/)
    expect(() => scaled(UINT8, 1, { offset: 10 }).decode(Uint8Array.of(250))).toThrow(ChunkCorruptError)
    expect(() => scaled(INT64, 1, { scale: 2 }).encode(longs(2n ** 62n))).toThrow(ValueError)
    expect(() => scaled(INT32, 1, { scale: 2 ** 30 }).encode(ints(2 ** 30))).toThrow(ValueError)
  })

  test('a remainder is an error', () => {
    expect(() => scaled(INT32, 1, { scale: 3 }).decode(ints(4))).toThrow(/4, which gives no number/)
    expect(() => scaled(INT64, 1, { scale: 3 }).decode(longs(4n))).toThrow(ChunkCorruptError)
  })
})

describe('floats', () => {
  test('are computed in their own precision', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), (value) => {
        const bound = scaled(FLOAT32, 1, { offset: 5, scale: 0.1 })
        const stored = bound.encode(new Uint8Array(Float32Array.of(value).buffer))
        const [expected] = [Math.fround(Math.fround(value - 5) * Math.fround(0.1))]
        expect(new Float32Array(stored.slice().buffer)[0]).toBe(expected)
        const back = Uint8Array.from(decoded(bound, stored).data)
        expect(new Float32Array(back.buffer)[0]).toBe(
          Math.fround(Math.fround(expected / Math.fround(0.1)) + 5),
        )
      }),
      { seed: SEED },
    )
  })

  test('NaN and infinities pass, an overflow does not', () => {
    const bound = scaled(FLOAT32, 2, { scale: 1e30 })
    const special = new Uint8Array(Float32Array.of(NaN, -Infinity).buffer)
    expect(bound.encode(special)).toEqual(special)
    expect(() => bound.encode(new Uint8Array(Float32Array.of(1, 1e30).buffer))).toThrow(ValueError)
  })
})

test('the fill value is scaled for the codecs behind', () => {
  const fill = ints(12)
  const inner = codec('sharding_indexed', {
    chunk_shape: [2],
    codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
    index_codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
  })
  const bound = pipeline({
    shape: [4],
    fill,
    codecs: [codec('scale_offset', { offset: 10, scale: 3 }), inner],
  })
  const empty = bound.encode(ints(12, 12, 12, 12))
  expect(empty.every((byte) => byte === 0xff)).toBe(true)
  expect(decoded(bound, empty).data).toEqual([...ints(12, 12, 12, 12)])
})

test.each([
  [{ scale: 0 }, INT32],
  [{ scale: 1.5 }, INT32],
  [{ offset: 300 }, UINT8],
  [{ offset: 1 }, { kind: 'bool' }],
  [{ offset: 'x' }, FLOAT32],
] as [object, DataTypeSpec][])('%j for %j is refused', (configuration, dtype) => {
  expect(() => scaled(dtype, 1, configuration)).toThrow(MetadataError)
})
