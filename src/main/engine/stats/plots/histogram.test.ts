import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ValueError } from '@shared/errors'
import type { ItemValue } from '@shared/dtype/data-type'
import type { Exact } from '@shared/model/plots'
import { histogram } from './histogram'
import { madeArray, whole } from './testing/made-array'

const QUANTILES = [0, 0.25, 0.5, 0.9, 1]

/** The value that as many as `q` of all do not exceed, by sorting. */
function plainQuantile<T extends Exact>(values: readonly T[], q: number): T {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!
}

/** Counts by looking at every pair of edges. */
function plainCounts(values: readonly Exact[], edges: readonly Exact[], isClosed: boolean): number[] {
  return edges.slice(0, -1).map((low, i) => {
    const high = edges[i + 1]!
    const isLast = i === edges.length - 2
    return values.filter((v) => v >= low && (v < high || (isLast && isClosed && v === high))).length
  })
}

async function made(dtype: string, values: ItemValue[], options: object = {}) {
  return madeArray({ shape: [values.length], chunks: [4], dtype, ...options }, values)
}

describe('histogram', () => {
  test('doubles: counts and quantiles are those of a sorted list', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double(), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (items, bins) => {
          const array = await made('float64', items)
          const found = await histogram(array, { dims: whole(array), bins, quantiles: QUANTILES })
          const values = items.filter((v) => Number.isFinite(v)).map((v) => v + 0)
          expect(found.tally.values).toBe(values.length)
          expect(found.tally.nans).toBe(items.filter(Number.isNaN).length)
          if (values.length === 0) {
            expect(found).toMatchObject({ min: null, max: null, edges: [], quantiles: [] })
            return
          }
          expect(Array.from(found.counts)).toEqual(plainCounts(values, found.edges, true))
          expect(found.quantiles.map((x) => x.value)).toEqual(QUANTILES.map((q) => plainQuantile(values, q)))
          expect([found.min, found.max]).toEqual([Math.min(...values) + 0, Math.max(...values) + 0])
        },
      ),
      { seed: 20261128, numRuns: 60 },
    )
  })

  test.each(['int64', 'uint64', 'int8', 'int32', 'float32', 'datetime64[s]'])(
    '%s: edges, counts and quantiles are exact',
    async (dtype) => {
      const wide = dtype === 'int64' || dtype === 'uint64' || dtype.startsWith('datetime')
      const [low, high] = {
        int64: [-(2n ** 63n), 2n ** 63n - 1n],
        uint64: [0n, 2n ** 64n - 1n],
        'datetime64[s]': [-(2n ** 62n), 2n ** 62n],
      }[dtype] ?? [-128n, 127n]
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.bigInt({ min: low!, max: high! }), { minLength: 1, maxLength: 30 }),
          fc.integer({ min: 1, max: 9 }),
          async (items, bins) => {
            // The smallest tick of all is NaT.
            const values: Exact[] = wide ? items : items.map(Number)
            const array = await made(dtype, values)
            const found = await histogram(array, { dims: whole(array), bins, quantiles: QUANTILES })
            expect(found.counts.length).toBeLessThanOrEqual(bins)
            expect(Array.from(found.counts)).toEqual(plainCounts(values, found.edges, dtype === 'float32'))
            expect(found.counts.reduce((a, b) => a + b)).toBe(values.length)
            expect(found.quantiles.map((x) => x.value)).toEqual(
              QUANTILES.map((q) => plainQuantile(values, q)),
            )
          },
        ),
        { seed: 20261129, numRuns: 30 },
      )
    },
  )

  test('neighbours above 2^53 fall into bins of their own', async () => {
    const base = 2n ** 60n
    const array = await made('int64', [base, base + 1n, base + 1n, base + 3n])
    const { edges, counts } = await histogram(array, { dims: whole(array), bins: 8, quantiles: [] })
    expect(edges).toEqual([base, base + 1n, base + 2n, base + 3n, base + 4n])
    expect(Array.from(counts)).toEqual([1, 2, 0, 1])
    const range = { min: String(base + 1n), max: String(base + 2n) }
    const part = await histogram(array, { dims: whole(array), bins: 8, range, quantiles: [] })
    expect([part.below, ...part.counts, part.above]).toEqual([1, 2, 0, 1])
    const broken = { min: '1.5', max: '2' }
    await expect(
      histogram(array, { dims: whole(array), bins: 8, range: broken, quantiles: [] }),
    ).rejects.toThrow(ValueError)
  })

  test('a range of its own leaves the rest outside; a logarithm begins above 0', async () => {
    const values = [-5, 0, 1, 2, 10, 99, 100, 1000]
    const array = await made('float64', values)
    const range = { min: '0', max: '1e2' }
    const part = await histogram(array, { dims: whole(array), bins: 2, range, quantiles: [] })
    expect(part).toMatchObject({ edges: [0, 50, 100], below: 1, above: 1, min: -5, max: 1000 })
    expect(Array.from(part.counts)).toEqual([4, 2])
    const log = await histogram(array, { dims: whole(array), bins: 3, log: true, quantiles: [] })
    expect(log.edges.map(Number).map(Math.round)).toEqual([1, 10, 100, 1000])
    expect([log.below, ...log.counts, log.above]).toEqual([2, 2, 2, 2, 0])
  })

  test('one value, no values, booleans', async () => {
    const constant = await made('float64', [3.5, 3.5, 3.5])
    const one = await histogram(constant, { dims: whole(constant), bins: 10, quantiles: [0.5] })
    expect(one).toMatchObject({ min: 3.5, max: 3.5, quantiles: [{ q: 0.5, value: 3.5 }] })
    expect(Array.from(one.counts)).toEqual([3])
    const flags = await made('bool', [true, false, true, true])
    const two = await histogram(flags, { dims: whole(flags), bins: 10, quantiles: [] })
    expect(two.edges).toEqual([0, 1, 2])
    expect(Array.from(two.counts)).toEqual([1, 3])
    const nothing = await made('float64', [NaN, NaN])
    expect(await histogram(nothing, { dims: whole(nothing), bins: 10, quantiles: [0.5] })).toMatchObject({
      min: null,
      edges: [],
      quantiles: [],
      tally: { items: 2, values: 0, nans: 2 },
    })
  })

  test('items of missing chunks are counted apart, or as the fill value', async () => {
    const options = { shape: [8], chunks: [4], dtype: 'int16', fillValue: 50 }
    const array = await madeArray(options, [1, 2, 3, 4, 5, 6, 7, 8], { without: ['c/1'] })
    const apart = await histogram(array, { dims: whole(array), bins: 4, quantiles: [1] })
    expect(apart).toMatchObject({ max: 4, tally: { values: 4, missing: 4 }, quantiles: [{ value: 4 }] })
    const filled = await histogram(array, { dims: whole(array), bins: 4, quantiles: [1], countMissing: true })
    expect(filled).toMatchObject({ max: 50, tally: { values: 8, missing: 4 }, quantiles: [{ value: 50 }] })
  })
})
