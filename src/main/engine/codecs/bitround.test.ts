import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MetadataError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { codec, decoded, FLOAT64, LITTLE, pipeline, SEED, UINT8 } from './testing/chunks'

const FLOAT32: DataTypeSpec = { kind: 'float', format: 'float32' }
const round = (dtype: DataTypeSpec, keepbits: number, data: Uint8Array, items: number): Uint8Array =>
  pipeline({ dtype, shape: [items], codecs: [codec('bitround', { keepbits }), LITTLE] }).encode(data)

/** The sample arrays beside the specification, written by zarrs. */
describe('the samples of the specification', () => {
  test('float32', () => {
    const values = Float32Array.of(0, 0.1, 1.2, 12.3, 123.4, 1234.5, NaN, Infinity, -Infinity)
    const rounded = Float32Array.of(0, 0.1015625, 1.25, 12, 120, 1280, NaN, Infinity, -Infinity)
    expect([...round(FLOAT32, 3, new Uint8Array(values.buffer), 9)]).toEqual([
      ...new Uint8Array(rounded.buffer),
    ])
  })

  test('uint8', () => {
    const values = Uint8Array.of(0, 1, 10, 11, 100, 123, 200, 208, 209, 255)
    expect([...round(UINT8, 3, values, 10)]).toEqual([0, 1, 10, 12, 96, 128, 192, 192, 224, 224])
  })
})

test('what is kept is the nearest number with so many bits', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 52 }), (value, keepbits) => {
      const stored = round(FLOAT64, keepbits, new Uint8Array(Float64Array.of(value).buffer), 1)
      const [rounded] = new Float64Array(stored.slice().buffer)
      const step = 2 ** (Math.max(-1022, Math.floor(Math.log2(Math.abs(value)))) - keepbits)
      if (Number.isFinite(rounded) && value !== 0)
        expect(Math.abs(rounded! - value)).toBeLessThanOrEqual(step / 2)
      const [low] = new BigUint64Array(stored.slice().buffer)
      expect(low! & ((1n << BigInt(52 - keepbits)) - 1n)).toBe(0n)
      expect(round(FLOAT64, keepbits, stored, 1)).toEqual(stored)
    }),
    { seed: SEED },
  )
})

test('NaNs keep their payload, whatever is cut off', () => {
  const nan = new Uint8Array(Uint32Array.of(0x7fffffff, 0xffc12345).buffer)
  expect(round(FLOAT32, 1, nan, 2)).toEqual(nan)
})

test('signed integers round by their magnitude and stay in range', () => {
  const data = new Uint8Array(Int16Array.of(-11, 11, 32767, -32768, -1).buffer)
  const stored = round({ kind: 'int', bits: 16 }, 3, data, 5)
  expect([...new Int16Array(stored.slice().buffer)]).toEqual([-12, 12, 28672, -32768, -1])
})

test('as a filter of format 2 it keeps the byte order, and decodes to what is stored', () => {
  const big = pipeline({
    dtype: FLOAT32,
    shape: [1],
    codecs: [codec('bytes', { endian: 'big' }), codec('numcodecs.bitround', { keepbits: 3 })],
  })
  const stored = big.encode(new Uint8Array(Float32Array.of(1234.5).buffer))
  expect([...stored]).toEqual([0x44, 0xa0, 0, 0])
  expect(decoded(big, stored).data).toEqual([0, 0, 0xa0, 0x44])
})

test.each([
  [{ kind: 'bool' }, 1],
  [{ kind: 'float', format: 'float8_e4m3' }, 1],
  [UINT8, 0],
  [FLOAT64, -1],
] as [DataTypeSpec, number][])('%j with %i bits is refused', (dtype, keepbits) => {
  expect(() => pipeline({ dtype, codecs: [codec('bitround', { keepbits }), LITTLE] })).toThrow(MetadataError)
})
