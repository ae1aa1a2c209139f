import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SizeCounts } from './size-histogram'

function histogramOf(sizes: readonly number[]): ReturnType<SizeCounts['histogram']> {
  const counts = new SizeCounts()
  for (const size of sizes) counts.add(size)
  return counts.histogram()
}

describe('SizeCounts', () => {
  test('has nothing to show of nothing, and one bar of one size', () => {
    expect(histogramOf([])).toBeNull()
    expect(histogramOf([317, 317])).toEqual({ edges: [317, 317], counts: [2], log: false })
  })

  test('counts an empty value as a byte', () => {
    expect(histogramOf([0, 1])).toEqual({ edges: [1, 1], counts: [2], log: false })
  })

  test('bars of any sizes hold exactly those between their edges', () => {
    const size = fc.oneof(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      fc.integer({ min: 2 ** 31, max: 2 ** 45 }),
      fc.integer({ min: 4_000_000, max: 4_010_000 }),
    )
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 300 }), (sizes) => {
        const { edges, counts } = histogramOf(sizes)!
        expect(edges).toHaveLength(counts.length + 1)
        expect(edges).toEqual([...edges].sort((a, b) => a - b))
        expect([edges[0], edges.at(-1)]).toEqual([Math.min(...sizes), Math.max(...sizes)])
        counts.forEach((count, i) => {
          const isLast = i === counts.length - 1
          const inside = sizes.filter((s) => s >= edges[i]! && (isLast || s < edges[i + 1]!))
          expect(count).toBe(inside.length)
        })
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  test('a narrow spread is told apart, a wide one is spaced by ratio', () => {
    const narrow = histogramOf(Array.from({ length: 1000 }, (_, i) => 1_000_000 + i * 20))!
    expect(narrow.log).toBe(false)
    expect(narrow.counts.length).toBeGreaterThan(15)
    expect(Math.max(...narrow.counts)).toBeLessThan(120)
    const wide = histogramOf([10, 100, 1000, 10_000, 100_000])!
    expect(wide.log).toBe(true)
    expect(wide.counts.filter((count) => count > 0)).toEqual([1, 1, 1, 1, 1])
  })
})
