import { describe, expect, test } from 'vitest'
import { dataType } from '@shared/dtype/registry'
import type { ItemValue } from '@shared/dtype/data-type'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { accumulator, type Facts } from './accumulate'

function facts(spec: DataTypeSpec, ...pieces: ItemValue[][]): Facts {
  const total = accumulator(spec)
  for (const values of pieces) {
    const items = values.map((value) => dataType(spec).encode(value))
    const offsets = [0]
    for (const item of items) offsets.push(offsets.at(-1)! + item.length)
    const data = new Uint8Array(Buffer.concat(items))
    if (dataType(spec).itemsize === null) total.add(data, Uint32Array.from(offsets))
    else total.add(data)
  }
  return total.facts()
}

const INT64: DataTypeSpec = { kind: 'int', bits: 64 }
const FLOAT64: DataTypeSpec = { kind: 'float', format: 'float64' }

describe('accumulator', () => {
  test('sums integers exactly beyond 2^53', () => {
    expect(facts(INT64, [9223372036854775807n, 9223372036854775806n], [-1n])).toEqual({
      nans: 0,
      min: '-1',
      max: '9223372036854775807',
      mean: '6.148914691236517e+18',
      sum: '18446744073709551612',
    })
    expect(facts({ kind: 'uint', bits: 8 }, [255, 0, 3])).toEqual({
      nans: 0,
      min: '0',
      max: '255',
      mean: '86.0',
      sum: '258',
    })
  })

  test('leaves NaN out and counts it', () => {
    expect(facts(FLOAT64, [NaN, 1.5], [NaN, -0.5])).toEqual({
      nans: 2,
      min: '-0.5',
      max: '1.5',
      mean: '0.5',
      sum: '1.0',
    })
    expect(facts(FLOAT64, [NaN])).toEqual({ nans: 1, min: null, max: null, mean: null, sum: null })
    expect(facts({ kind: 'float', format: 'float16' }, [0.1, 65504])).toMatchObject({
      min: '0.1',
      max: '65500.0',
    })
  })

  test('counts the true ones among booleans', () => {
    expect(facts({ kind: 'bool' }, [true, false, true, true])).toEqual({
      nans: 0,
      min: 'False',
      max: 'True',
      mean: '0.75',
      sum: '3',
    })
  })

  test('orders dates, counts NaT, and sums durations only', () => {
    const day = (kind: 'datetime' | 'timedelta'): DataTypeSpec => ({ kind, unit: 'D', scale: 1 })
    expect(facts(day('datetime'), [0n, 10n, -(2n ** 63n)])).toEqual({
      nans: 1,
      min: '1970-01-01',
      max: '1970-01-11',
      mean: '1970-01-06',
      sum: null,
    })
    expect(facts(day('timedelta'), [1n, 3n])).toMatchObject({ min: '1', max: '3', mean: '2', sum: '4' })
  })

  test('counts distinct texts', () => {
    expect(facts({ kind: 'vlen-text' }, ['a', 'b', 'a'], ['', 'b']).distinct).toBe(3)
    expect(
      facts({ kind: 'bytes', length: 2 }, [Uint8Array.from([1]), Uint8Array.from([1, 2])]).distinct,
    ).toBe(2)
  })

  test('has nothing to say of an empty selection', () => {
    expect(facts(INT64)).toEqual({ nans: 0, min: null, max: null, mean: null, sum: null })
  })
})
