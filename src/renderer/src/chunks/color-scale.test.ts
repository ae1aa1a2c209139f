import fc from 'fast-check'
import { expect, test } from 'vitest'
import { position, scaleOf, signedScale, viridis } from './color-scale'

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

test('a scale of values of any sign is linear and ignores what is not finite', () => {
  expect(signedScale([NaN, Infinity])).toBeNull()
  expect(signedScale([-4, NaN, 12, -Infinity])).toEqual({ min: -4, max: 12, log: false })
  expect(position(-Infinity, { min: -4, max: 12, log: false })).toBe(0)
  expect(position(Infinity, { min: -4, max: 12, log: false })).toBe(1)
})
