import { describe, expect, test } from 'vitest'
import type { Overview } from '@shared/model/plots'
import { sliceState } from '../table/slice-state'
import { fieldFacts, fieldOf, itemAt, quantileRange } from './field'
import { measure } from './measure'

const dtype = { kind: 'float', format: 'float64' } as const
const plain = (countMissing: boolean) =>
  measure({ dtype, part: 'magnitude', field: null, packing: null, countMissing })

function overview(change: Partial<Overview>, values: number[], states?: number[]): Overview {
  return {
    dims: [],
    shape: [],
    dtype,
    data: new Uint8Array(Float64Array.from(values).buffer),
    states: Uint8Array.from(states ?? values.map(() => 0)),
    unreadable: null,
    isCoarse: false,
    ...change,
  }
}

describe('fieldOf', () => {
  // Every second row and third column of a 5 × 7 slice that runs backwards along its columns.
  const slice = {
    ...sliceState(
      [20, 20],
      [
        { start: 2, step: 1, count: 5 },
        { start: 18, step: -2, count: 7 },
      ],
    ),
    row: 0,
    column: 1,
  }
  const dims = [
    { start: 2, step: 2, count: 3 },
    { start: 18, step: -6, count: 3 },
  ]
  const values = [0, 1, 2, 10, 11, 12, 20, 21, 22]

  test('an item stands for the positions up to the next one', () => {
    const field = fieldOf(overview({ dims, shape: [3, 3] }, values), slice, plain(false))
    const at = (row: number, column: number) => {
      const item = itemAt(field, row, column)
      return item === undefined ? undefined : field.values[item]
    }
    expect(field.columns).toEqual({ start: 0, every: 3, count: 3 })
    expect([at(0, 0), at(1, 2), at(2, 3), at(4, 6)]).toEqual([0, 0, 11, 22])
    expect([at(-1, 0), at(0, 9), at(6, 0)]).toEqual([undefined, undefined, undefined])
  })

  test('rows and columns that changed places', () => {
    const turned = { ...slice, row: 1, column: 0 }
    const field = fieldOf(overview({ dims, shape: [3, 3] }, values), turned, plain(false))
    expect(field.values[itemAt(field, 3, 2) ?? -1]).toBe(11)
    expect(field.values[itemAt(field, 6, 0) ?? -1]).toBe(2)
  })

  test('missing chunks have no value unless they count, unreadable ones never have', () => {
    const states = [0, 1, 2, 0, 0, 0, 0, 0, 0]
    const withNan = [...values.slice(0, 8), NaN]
    const apart = fieldOf(overview({ dims, shape: [3, 3] }, withNan, states), slice, plain(false))
    expect([...apart.values]).toEqual([0, NaN, NaN, 10, 11, 12, 20, 21, NaN])
    expect(fieldFacts(apart)).toEqual({
      items: 9,
      values: 6,
      invalid: 1,
      missing: 1,
      unreadable: 1,
      min: 0,
      max: 21,
    })
    const filled = fieldOf(overview({ dims, shape: [3, 3] }, withNan, states), slice, plain(true))
    expect([...filled.values]).toEqual([0, 1, NaN, 10, 11, 12, 20, 21, NaN])
  })
})

test('quantiles leave the outermost values out', () => {
  const values = Float64Array.from({ length: 101 }, (_, i) => (i * 37) % 101)
  values[0] = NaN
  expect(quantileRange(values, 0)).toEqual({ min: 1, max: 100 })
  expect(quantileRange(values, 0.1)).toEqual({ min: 11, max: 90 })
  expect(quantileRange(Float64Array.of(NaN), 0.1)).toBeNull()
})
