import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ValueError } from '../errors'
import { corpusFolder } from '@engine/testing/corpus'
import tables from '../../../fixtures/numpy/formats.json'
import { FLOAT_FORMATS, floatBits, floatMax, floatTable, floatToBits, roundToFormat } from './float-format'
import { formatFloat, parseFloatText } from './float-text'
import { readFloat, writeFloat } from './simple-types'
import type { FloatFormat } from './spec'

const SMALL = FLOAT_FORMATS.filter((format) => floatBits(format) <= 16)

describe.each(SMALL)('%s', (format) => {
  const table = floatTable(format)
  const values = [...table].map((value, bits) => ({ value, bits }))

  test('every code reads back as itself', () => {
    const wrong = values.filter(({ value, bits }) => {
      const again = floatToBits(format, value)!
      return Number.isNaN(value) ? !Number.isNaN(table[again]) : again !== bits
    })
    expect(wrong).toEqual([])
  })

  test('values print and read back', () => {
    // Every value of the small formats, a spread of the others.
    const some = values.filter(
      ({ value, bits }) => !Number.isNaN(value) && (values.length <= 256 || bits % 11 === 0),
    )
    const wrong = some.filter(
      ({ value }) => !Object.is(parseFloatText(formatFloat(value, format), format), value),
    )
    expect(some.length).toBeGreaterThan(15)
    expect(wrong).toEqual([])
  })

  test('numbers round to the nearest value, ties to the even code', () => {
    const finite = values.filter(({ value }) => Number.isFinite(value) && !Object.is(value, -0))
    const max = floatMax(format)
    expect(Math.max(...finite.map(({ value }) => value))).toBe(max)
    fc.assert(
      fc.property(fc.double({ min: -max, max, noNaN: true }), fc.boolean(), (random, between) => {
        const i = Math.abs(Math.round(random * 1e6)) % (finite.length - 1)
        const sorted = finite[i]!.value
        const number = between ? sorted * 1.0625 : random
        if (Math.abs(number) > max || (format === 'float8_e8m0fnu' && number < 2 ** -127)) return
        const rounded = roundToFormat(format, number)!
        const error = Math.abs(rounded - number)
        for (const { value, bits } of finite) {
          const other = Math.abs(value - number)
          if (other < error) throw new Error(`${number} became ${rounded}, but ${value} is nearer`)
          if (other === error && value !== rounded) expect(bits % 2).toBe(1)
        }
      }),
      { seed: 3, numRuns: 60 },
    )
  })
})

test('small floats have the values that ml_dtypes gives them', () => {
  const text = readFileSync(`${corpusFolder('zarr341-seed1')!}/minifloat_tables.json`, 'utf8')
  const words: Record<string, number> = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0.0': -0 }
  const recorded = Object.entries(JSON.parse(text) as Record<FloatFormat, (number | string)[]>)
  expect(recorded).toHaveLength(10)
  for (const [format, values] of recorded) {
    expect([...floatTable(format as FloatFormat)], format).toEqual(
      values.map((value) => (typeof value === 'string' ? words[value] : value)),
    )
  }
})

describe('prints as NumPy does', () => {
  const view = new DataView(new ArrayBuffer(8))
  test.each(['float16', 'float32', 'float64'] as const)('%s', (format) => {
    const cases = tables[format] as [string, string][]
    expect(cases.length).toBeGreaterThan(150)
    for (const [bits, text] of cases) {
      view.setBigUint64(0, BigInt(bits), true)
      const value = readFloat(format, new Uint8Array(view.buffer), 0)
      expect(formatFloat(value, format)).toBe(text)
      expect(parseFloatText(text, format)).toBe(value)
    }
  })

  test('any double reads back', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(parseFloatText(formatFloat(value, 'float64'), 'float64')).toBe(value)
        const single = Math.fround(value)
        if (Number.isFinite(single))
          expect(parseFloatText(formatFloat(single, 'float32'), 'float32')).toBe(single)
      }),
      { seed: 5, numRuns: 2000 },
    )
  })
})

describe('what people type', () => {
  test.each<[string, FloatFormat, number]>([
    [' 1.5 ', 'float64', 1.5],
    ['1_000', 'float64', 1000],
    ['.5', 'float32', 0.5],
    ['5.', 'float32', 5],
    ['-Infinity', 'float16', -Infinity],
    ['+inf', 'float32', Infinity],
    ['nan', 'float8_e4m3fnuz', NaN],
    ['0.1', 'float16', 0.0999755859375],
    ['-0', 'float64', -0],
    ['1e-400', 'float64', 0],
  ])('%s as %s', (text, format, value) => {
    expect(parseFloatText(text, format)).toBe(value)
  })

  test.each<[string, FloatFormat, string]>([
    ['', 'float64', 'not a number'],
    ['1,5', 'float64', 'not a number'],
    ['0x10', 'float64', 'not a number'],
    ['1e400', 'float64', 'beyond the range of float64'],
    ['1e40', 'float32', '1e40 is beyond the range of float32 (-3.4028235e+38 to 3.4028235e+38)'],
    ['65520', 'float16', 'beyond the range of float16 (-65500.0 to 65500.0)'],
    ['8', 'float6_e2m3fn', 'beyond the range of float6_e2m3fn (-7.5 to 7.5)'],
    ['nan', 'float4_e2m1fn', 'no code for NaN'],
    ['inf', 'float8_e4m3fnuz', 'no code for Infinity'],
    ['0', 'float8_e8m0fnu', 'powers of two only'],
    ['-1', 'float8_e8m0fnu', 'powers of two only'],
  ])('%j is refused by %s', (text, format, why) => {
    expect(() => parseFloatText(text, format)).toThrow(ValueError)
    expect(() => parseFloatText(text, format)).toThrow(why)
  })

  test('NaN is written as the positive quiet one', () => {
    expect([...writeFloat('float32', NaN)]).toEqual([0, 0, 0xc0, 0x7f])
    expect([...writeFloat('float64', -NaN)]).toEqual([0, 0, 0, 0, 0, 0, 0xf8, 0x7f])
    expect([...writeFloat('float16', NaN)]).toEqual([0, 0x7e])
    expect([...writeFloat('bfloat16', NaN)]).toEqual([0xc0, 0x7f])
  })
})

test.each<[number, FloatFormat, string]>([
  [0.1, 'float32', '0.1'],
  [1e300, 'float16', '1e+300'],
  [3.3, 'float8_e4m3', '3.3'],
])('%d, which %s does not hold, prints as a float64', (value, format, text) => {
  expect(formatFloat(value, format)).toBe(text)
})
