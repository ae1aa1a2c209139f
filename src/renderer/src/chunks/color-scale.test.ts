import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogram, position, scaleOf, viridis } from './color-scale'

const RUN = { seed: 20260103, numRuns: 300 }

test('viridis runs from its first to its last colour and gets lighter all the way', () => {
  expect(viridis(-1)).toEqual([68, 1, 84])
  expect(viridis(2)).toEqual([253, 231, 37])
  const luminance = (t: number): number => {
    const [r, g, b] = viridis(t)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  for (let i = 1; i <= 40; i++) expect(luminance(i / 40)).toBeGreaterThan(luminance((i - 1) / 40))
})

test('a scale ignores what is not positive; wide ranges are logarithmic', () => {
  expect(scaleOf([0, NaN, -3, Infinity])).toBeNull()
  expect(scaleOf([0, 5, 10])).toEqual({ min: 5, max: 10, log: false })
  expect(scaleOf([1, 1000])).toEqual({ min: 1, max: 1000, log: true })
})

test('positions keep the order of the values', () => {
  const values = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 2, maxLength: 20 })
  fc.assert(
    fc.property(values, (list) => {
      const scale = scaleOf(list)
      if (!scale) throw new Error('positive values have a scale')
      const sorted = list.toSorted((a, b) => a - b).map((v) => position(v, scale))
      expect(sorted).toEqual(sorted.toSorted((a, b) => a - b))
    }),
    RUN,
  )
  expect(position(7, { min: 7, max: 7, log: false })).toBe(0.5)
})

test('a histogram counts every positive value once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e7 }), { maxLength: 100 }), (list) => {
      const positive = list.filter((v) => v > 0).length
      const result = histogram(list, 16)
      expect(result?.counts.reduce((a, b) => a + b, 0) ?? 0).toBe(positive)
    }),
    RUN,
  )
  expect(histogram([3, 3, 3], 16)).toEqual({ edges: [3, 3], counts: [3], log: false })
})
