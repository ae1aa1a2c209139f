import { describe, expect, test } from 'vitest'
import type { LineBins, Overview } from '@shared/model/plots'
import { binSeries, commonBase, drawnLine, gapStretches, pointSeries } from './line-series'
import { measure } from './measure'

const float = { kind: 'float', format: 'float64' } as const
const int64 = { kind: 'int', bits: 64 } as const
const options = { part: 'magnitude', field: null, packing: null, countMissing: false } as const

const overview = (dtype: Overview['dtype'], data: ArrayBuffer, states: number[], every = 1): Overview => ({
  dims: [{ start: 10, step: 2 * every, count: states.length }],
  shape: [states.length],
  dtype,
  data: new Uint8Array(data),
  states: Uint8Array.from(states),
  unreadable: null,
  isCoarse: false,
})
const dim = { start: 10, step: 2, count: 50 }

describe('points', () => {
  const values = Float64Array.of(1, NaN, 3, 4, 5)

  test('lie at their positions; missing and unreadable ones leave gaps and are told apart', () => {
    const of = measure({ ...options, dtype: float })
    const line = pointSeries(overview(float, values.buffer, [0, 0, 1, 1, 2], 4), 0, dim, of)
    expect(line.counts).toEqual({ items: 5, invalid: 1, missing: 2, unreadable: 1 })
    const { x, y, high } = drawnLine(line, of, 0n)
    expect([...x]).toEqual([0, 4, 8, 12, 16])
    expect([...y]).toEqual([1, NaN, NaN, NaN, NaN])
    expect(high).toBeNull()
    expect(gapStretches(line, 'missing')).toEqual([{ from: 7.5, to: 15.5 }])
    expect(gapStretches(line, 'error')).toEqual([{ from: 15.5, to: 19.5 }])
  })

  test('of missing chunks, where they count as the fill value', () => {
    const of = measure({ ...options, dtype: float, countMissing: true })
    const line = pointSeries(overview(float, values.buffer, [0, 0, 1, 1, 2]), 0, dim, of)
    expect([...drawnLine(line, of, 0n).y]).toEqual([1, NaN, 3, 4, NaN])
    expect(gapStretches(line, 'missing')).toEqual([])
  })

  test('several lines of large integers share one base', () => {
    const of = measure({ ...options, dtype: int64 })
    const big = 2n ** 60n
    const a = pointSeries(overview(int64, BigInt64Array.of(big + 9n, big + 4n).buffer, [0, 0]), 0, dim, of)
    const b = pointSeries(overview(int64, BigInt64Array.of(0n, big + 2n).buffer, [1, 0]), 0, dim, of)
    const base = commonBase([a, b], of)
    expect(base).toBe(big + 2n)
    expect([...drawnLine(a, of, base).y]).toEqual([7, 2])
    expect([...drawnLine(b, of, base).y]).toEqual([NaN, 0])
  })
})

describe('bins', () => {
  const bins: LineBins = {
    binSize: 10,
    dtype: float,
    min: Float64Array.of(1, 0, 3),
    max: Float64Array.of(5, 0, 9),
    meanAbove: Float64Array.of(1, NaN, 2),
    values: Float64Array.of(10, 0, 5),
    missing: Float64Array.of(0, 10, 0),
    unreadableItems: Float64Array.of(0, 0, 0),
    tally: { items: 25, values: 15, nans: 0, infinite: 0, masked: 0, missing: 10, unreadable: 0 },
    unreadable: null,
  }

  test('stand at their middle, from the smallest to the largest with the mean between', () => {
    const { x, y, low, high } = drawnLine(binSeries(bins, 100), measure({ ...options, dtype: float }), 0n)
    expect([...x]).toEqual([104.5, 114.5, 124.5])
    expect([[...low], [...y], [...(high ?? [])]]).toEqual([
      [1, NaN, 3],
      [2, NaN, 5],
      [5, NaN, 9],
    ])
    expect(gapStretches(binSeries(bins, 100), 'missing')).toEqual([{ from: 109.5, to: 119.5 }])
  })

  test('a negative packing turns them round', () => {
    const packing = { scale: -2, offset: 1, masked: [], time: null }
    const of = measure({ ...options, dtype: float, packing })
    const { y, low, high } = drawnLine(binSeries(bins, 0), of, 0n)
    expect([low[0], y[0], high?.[0]]).toEqual([-9, -3, -1])
  })
})
