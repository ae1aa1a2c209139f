import { describe, expect, test } from 'vitest'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { NAT } from '@shared/dtype/time'
import { cfTime } from '../slicer/cf-time'
import { baseOf, measure } from './measure'
import { scaleOf } from './scale'

const plain = (dtype: DataTypeSpec) =>
  measure({ dtype, part: 'magnitude', field: null, packing: null, countMissing: false })
const INT64: DataTypeSpec = { kind: 'int', bits: 64 }
const linear = scaleOf('linear', 1)

describe('64-bit integers', () => {
  const base = 2n ** 60n
  const numbers = BigInt64Array.of(base + 7n, base + 5n, base + 1000n)

  test('neighbours are drawn apart and read exactly', () => {
    const of = plain(INT64)
    const found = baseOf(() => true, numbers)
    expect(found).toBe(base + 5n)
    expect([...of.toPlot(numbers, found)]).toEqual([2, 0, 995])
    expect(of.text(base + 7n)).toBe('1152921504606846983')
    expect(of.parse('1152921504606846983', found)).toBe(2)
    expect(of.stored(2, found)).toBe(base + 7n)
  })

  test('ticks are round numbers, not round distances', () => {
    const ticks = plain(INT64).ticks(0, 50, 5, linear, 1_000_003n)
    expect(ticks.map((t) => t.text)).toEqual(['1000010', '1000020', '1000030', '1000040', '1000050'])
    expect(ticks[0]?.at).toBe(7)
  })
})

describe('times', () => {
  const days: DataTypeSpec = { kind: 'datetime', unit: 'D', scale: 1 }
  test('NaT has no place; ticks and texts are dates', () => {
    const of = plain(days)
    expect([...of.toPlot(BigInt64Array.of(NAT, 11n, 10n), 10n)]).toEqual([NaN, 1, 0])
    expect(baseOf(() => true, BigInt64Array.of(NAT, 11n))).toBe(11n)
    expect(of.text(1n)).toBe('1970-01-02')
    expect(of.parse('1970-01-11', 10n)).toBe(0)
    expect(of.parse('yesterday', 10n)).toBeNull()
  })

  test('long spans are divided at the beginning of months and years', () => {
    const ticks = plain(days).ticks(0, 20_000, 6, linear, 3n)
    expect(ticks.map((t) => t.text)).toEqual([
      '1980-01-01',
      '1990-01-01',
      '2000-01-01',
      '2010-01-01',
      '2020-01-01',
    ])
    const months = plain(days).ticks(0, 100, 4, linear, 0n)
    expect(months.map((t) => [t.at, t.text])).toEqual([
      [0, '1970-01-01'],
      [31, '1970-02-01'],
      [59, '1970-03-01'],
      [90, '1970-04-01'],
    ])
  })

  test('steps are those of clocks', () => {
    const of = plain({ kind: 'datetime', unit: 'ms', scale: 1 })
    const texts = of.ticks(0, 7_200_000, 5, linear, 0n).map((t) => t.text)
    expect(texts).toEqual([
      '1970-01-01T00:00:00.000',
      '1970-01-01T00:30:00.000',
      '1970-01-01T01:00:00.000',
      '1970-01-01T01:30:00.000',
      '1970-01-01T02:00:00.000',
    ])
  })
})

describe('packed by CF', () => {
  const dtype: DataTypeSpec = { kind: 'int', bits: 16 }
  const packing = { scale: 0.5, offset: 100, masked: ['-999', '1e9'], time: null }
  const of = measure({ dtype, part: 'magnitude', field: null, packing, countMissing: false })

  test('values are decoded, masked ones have none', () => {
    expect([...of.toPlot(Float64Array.of(0, 3, -999), 0n)]).toEqual([100, 101.5, NaN])
    expect(of.text(3)).toBe('101.5')
    expect(of.stored(101.5, 0n)).toBe(3)
  })

  test('the engine is told of masks that the type can hold', () => {
    expect(of.value).toEqual({ masked: ['-999'] })
  })

  test('numbers since a date read as dates', () => {
    const time = cfTime('hours since 2000-01-01')
    const hours = measure({
      dtype: INT64,
      part: 'magnitude',
      field: null,
      packing: { scale: 1, offset: 0, masked: [], time },
      countMissing: false,
    })
    expect(hours.text(36n)).toBe('2000-01-02 12:00')
  })
})

test('numbers between those of a type are told with the digits they need', () => {
  const of = plain({ kind: 'float', format: 'float32' })
  expect(of.text(294.90340820312497)).toBe('294.9034082')
  expect(of.text(Math.fround(294.9))).toBe('294.9')
  expect(of.text(NaN)).toBe('nan')
  expect(plain({ kind: 'int', bits: 16 }).text(2.5)).toBe('2.5')
})

test('ticks of whole numbers are whole, those of booleans have their names', () => {
  const uint8 = plain({ kind: 'uint', bits: 8 })
  expect(uint8.ticks(0, 3, 8, linear, 0n).map((t) => t.text)).toEqual(['0', '1', '2', '3'])
  const bool = plain({ kind: 'bool' })
  expect(bool.ticks(0, 1, 8, linear, 0n).map((t) => t.text)).toEqual(['False', 'True'])
})

test('booleans and fields', () => {
  const of = measure({
    dtype: { kind: 'bool' },
    part: 'phase',
    field: 'ok',
    packing: null,
    countMissing: true,
  })
  expect([of.text(0), of.text(1)]).toEqual(['False', 'True'])
  expect(of.value).toEqual({ field: 'ok', countMissing: true })
})
