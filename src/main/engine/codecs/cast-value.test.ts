import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, MetadataError, UnsupportedError, ValueError } from '@shared/errors'
import { FLOAT_FORMATS, floatTable } from '@shared/dtype/float-format'
import type { DataTypeSpec, FloatFormat } from '@shared/dtype/spec'
import { parseV3DataType } from '@shared/dtype/v3-dtype'
import { corpusFolder } from '@engine/testing/corpus'
import { loadNumbers, storeNumbers, type RealType } from './numbers'
import { castTo, ROUNDINGS, type Rounding } from './round'
import { codec, FLOAT64, pipeline, SEED, UINT8 } from './testing/chunks'

const folder = corpusFolder('zarr341-seed1')
interface Vector {
  target: string
  rounding: string
  out_of_range: string | null
  input: number[]
  output: (number | 'error')[]
}
const vectors =
  folder === undefined
    ? []
    : (JSON.parse(readFileSync(join(folder, 'cast_value_vectors.json'), 'utf8')) as Vector[])

const INT64: DataTypeSpec = { kind: 'int', bits: 64 }

/** Casts values of `from` to the type named `to` and gives what is stored, as numbers. */
function cast(
  from: DataTypeSpec,
  to: string,
  values: (number | bigint)[],
  configuration: object = {},
): (number | bigint)[] {
  const dtype = from as RealType
  const plain =
    typeof values[0] === 'bigint'
      ? BigInt64Array.from(values as bigint[])
      : Float64Array.from(values as number[])
  const data =
    from.kind === 'float' || from === INT64 ? storeNumbers(dtype, plain) : Uint8Array.from(values as number[])
  const codecs = [
    codec('cast_value', { data_type: to, ...configuration }),
    codec('bytes', { endian: 'little' }),
  ]
  const stored = pipeline({ dtype, shape: [values.length], codecs }).encode(data)
  return [...loadNumbers(parseV3DataType(to) as RealType, stored)]
}

describe('vectors computed with exact fractions', () => {
  test.skipIf(folder !== undefined)('the corpus is absent: no vectors to check', () => undefined)
  test.each(vectors)(
    '$target, $rounding, $out_of_range',
    ({ target, rounding, out_of_range, input, output }) => {
      const configuration = { rounding, ...(out_of_range !== null && { out_of_range }) }
      input.forEach((value, i) => {
        const run = () => cast(FLOAT64, target, [value], configuration)
        if (output[i] === 'error') expect(run).toThrow(ValueError)
        else expect(run()).toEqual([output[i]])
      })
    },
  )
})

describe('rounding to small floats', () => {
  const SMALL = FLOAT_FORMATS.filter((format) => format !== 'float32' && format !== 'float64')

  test.each(SMALL)('%s: the neighbour that each rounding names, found by search', (format) => {
    const values = [...new Set([...floatTable(format)].filter(Number.isFinite))].sort((a, b) => a - b)
    const top = values.at(-1)!
    const numbers = fc.oneof(
      fc.double({ min: values[0]!, max: top, noNaN: true }),
      fc.nat(values.length - 2).map((i) => (values[i]! + values[i + 1]!) / 2),
      fc.constantFrom(...values),
    )
    fc.assert(
      fc.property(numbers, fc.constantFrom(...ROUNDINGS), (value, rounding) => {
        expect(castTo({ kind: 'float', format }, rounding, 'error')(value)).toEqual(
          bySearch(values, value, rounding, format),
        )
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  function bySearch(values: number[], value: number, rounding: Rounding, format: FloatFormat): number {
    const above = values.findIndex((candidate) => candidate >= value)
    if (values[above] === value) return value
    const [low, high] = [values[above - 1]!, values[above]!]
    if (rounding === 'towards-negative') return signed(low, value)
    if (rounding === 'towards-positive') return signed(high, value)
    const [near, far] = value > 0 ? [low, high] : [high, low]
    if (rounding === 'towards-zero') return signed(near, value)
    const half = (low + high) / 2
    if (value !== half) return signed(value > half ? high : low, value)
    if (rounding === 'nearest-away') return far
    const even = floatTable(format).indexOf(low) % 2 === 0 ? low : high
    return signed(even, value)
  }
  const signed = (zero: number, value: number): number => (zero === 0 && value < 0 ? -0 : zero)

  test('float32 rounds to nearest as Math.fround does', () => {
    const to = castTo({ kind: 'float', format: 'float32' }, 'nearest-even', 'clamp')
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(to(value)).toEqual(Math.fround(value))
      }),
      { seed: SEED },
    )
  })

  test('64-bit integers round once, whatever their length', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
        expect(castTo({ kind: 'float', format: 'float64' }, 'nearest-even', 'error')(value)).toBe(
          Number(value),
        )
        const down = castTo(
          { kind: 'float', format: 'float32' },
          'towards-negative',
          'error',
        )(value) as number
        const up = castTo({ kind: 'float', format: 'float32' }, 'towards-positive', 'error')(value) as number
        expect(BigInt(down) <= value && value <= BigInt(up)).toBe(true)
        expect(Math.fround(down) === down && Math.fround(up) === up).toBe(true)
        expect([down, up]).toContain(
          castTo({ kind: 'float', format: 'float32' }, 'nearest-even', 'error')(value),
        )
      }),
      { seed: SEED },
    )
  })
})

describe('special values', () => {
  test('NaN and infinities pass where the type has them, else they are errors even when clamped', () => {
    expect(cast(FLOAT64, 'float16', [NaN, Infinity, -Infinity, -0])).toEqual([NaN, Infinity, -Infinity, -0])
    for (const value of [NaN, Infinity]) {
      expect(() => cast(FLOAT64, 'uint8', [value], { out_of_range: 'clamp' })).toThrow(ValueError)
      expect(() => cast(FLOAT64, 'float6_e2m3fn', [value], { out_of_range: 'clamp' })).toThrow(ValueError)
    }
  })

  test('beyond the largest number: error, infinity, or the largest', () => {
    expect(() => cast(FLOAT64, 'float16', [65520])).toThrow(/65520 cannot be stored as float16/)
    expect(cast(FLOAT64, 'float16', [65519.9])).toEqual([65504])
    expect(
      cast(FLOAT64, 'float16', [65519.9, -1e9], { rounding: 'towards-zero', out_of_range: 'clamp' }),
    ).toEqual([65504, -Infinity])
    expect(cast(FLOAT64, 'float4_e2m1fn', [100, -100], { out_of_range: 'clamp' })).toEqual([6, -6])
    expect(() => cast(FLOAT64, 'float8_e8m0fnu', [0])).toThrow(ValueError)
  })

  test('the map comes first, its first entry counts, and NaN is found', () => {
    const scalar_map = {
      encode: [
        ['NaN', 0],
        [5, 7],
        [5, 9],
        [1000, 255],
      ],
    }
    expect(cast(FLOAT64, 'uint8', [NaN, 5, 1000, 6], { scalar_map })).toEqual([0, 7, 255, 6])
    expect(cast(INT64, 'uint8', [5n, 6n], { scalar_map: { encode: [[5, 200]] } })).toEqual([200, 6])
  })

  test('64-bit integers stay exact', () => {
    expect(cast(INT64, 'uint64', [2n ** 63n - 1n])).toEqual([2n ** 63n - 1n])
    expect(cast(INT64, 'uint64', [-1n], { out_of_range: 'wrap' })).toEqual([2n ** 64n - 1n])
    expect(cast(INT64, 'int8', [300n], { out_of_range: 'clamp' })).toEqual([127])
  })
})

describe('decoding', () => {
  const bound = (configuration: object) =>
    pipeline({
      dtype: UINT8,
      shape: [2],
      codecs: [
        codec('cast_value', { data_type: 'float32', ...configuration }),
        codec('bytes', { endian: 'little' }),
      ],
    })
  const stored = new Uint8Array(Float32Array.of(3, 256).buffer)

  test('goes by the same rules the other way', () => {
    expect(() => bound({}).decode(stored)).toThrow(ChunkCorruptError)
    expect(() => bound({}).decode(stored)).toThrow(/256, which has no place in uint8/)
    expect([...bound({ out_of_range: 'clamp' }).decode(stored).data]).toEqual([3, 255])
    expect([...bound({ scalar_map: { decode: [[256, 9]] } }).decode(stored).data]).toEqual([3, 9])
  })

  test('the fill value is cast too, or the codec refused', () => {
    const spec = { dtype: FLOAT64, codecs: [codec('cast_value', { data_type: 'uint8' }), codec('bytes')] }
    expect(() => pipeline({ ...spec, fill: new Uint8Array(Float64Array.of(7).buffer) })).not.toThrow()
    expect(() => pipeline({ ...spec, fill: new Uint8Array(Float64Array.of(NaN).buffer) })).toThrow(
      /fill value cannot be stored/,
    )
  })
})

test.each([
  ['an unknown type', { data_type: 'int33' }, UnsupportedError],
  ['a type that is no number', { data_type: 'string' }, UnsupportedError],
  ['no type', {}, MetadataError],
  ['wrapping floats', { data_type: 'float32', out_of_range: 'wrap' }, MetadataError],
  ['an unknown rounding', { data_type: 'int8', rounding: 'up' }, MetadataError],
  ['a map of impossible values', { data_type: 'uint8', scalar_map: { encode: [[1, 256]] } }, MetadataError],
  ['a map without pairs', { data_type: 'uint8', scalar_map: { encode: [1] } }, MetadataError],
  ['a new field', { data_type: 'uint8', dither: true }, UnsupportedError],
])('%s is refused', (_, configuration, error) => {
  expect(() =>
    cast(FLOAT64, 'uint8', [1], {
      ...configuration,
      ...(!('data_type' in configuration) && { data_type: null }),
    }),
  ).toThrow(error)
})
