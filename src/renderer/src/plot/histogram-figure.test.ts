import { expect, test } from 'vitest'
import type { Histogram } from '@shared/model/plots'
import { barsOf, barSpan } from './histogram-figure'
import { histogramPoint, quantileTexts } from './histogram-words'
import { measure } from './measure'

const counts = (edges: Histogram['edges'], more: Partial<Histogram> = {}): Histogram => ({
  edges,
  counts: Float64Array.from({ length: edges.length - 1 }, (_, i) => i + 1),
  below: 0,
  above: 0,
  min: edges[0] ?? null,
  max: edges.at(-1) ?? null,
  quantiles: [],
  tally: { items: 3, values: 3, nans: 0, infinite: 0, masked: 0, missing: 0, unreadable: 0 },
  sampledFrom: null,
  dtype: { kind: 'float', format: 'float64' },
  unreadable: null,
  ...more,
})
const options = { part: 'magnitude', field: null, countMissing: false } as const

test('bars of 64-bit integers lie at distances from the first edge and are told exactly', () => {
  const dtype = { kind: 'int', bits: 64 } as const
  const big = 2n ** 60n
  const read = {
    histogram: counts([big, big + 2n, big + 4n], { dtype }),
    measure: measure({ ...options, dtype, packing: null }),
  }
  const bars = barsOf(read, false)
  expect(bars.bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 2],
    [2, 4],
  ])
  expect(histogramPoint(read, bars, 2.5)).toBe(
    'from 1152921504606846978 to 1152921504606846980: 2 values (66.7 %)',
  )
})

test('a negative packing turns bars and quantiles round', () => {
  const dtype = { kind: 'float', format: 'float64' } as const
  const packing = { scale: -1, offset: 0, masked: [], time: null }
  const read = { histogram: counts([0, 1, 2]), measure: measure({ ...options, dtype, packing }) }
  const bars = barsOf(read, false)
  expect(bars.bars.map(({ from, to, count }) => [from, to, count])).toEqual([
    [-2, -1, 2],
    [-1, 0, 1],
  ])
  expect(barSpan(bars)).toEqual({ from: -2, to: 0 })
  expect(quantileTexts(read)).toEqual([
    { label: 'smallest', text: '-2' },
    { label: 'largest', text: '0' },
  ])
})
