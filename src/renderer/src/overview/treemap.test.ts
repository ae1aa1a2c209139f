import fc from 'fast-check'
import { expect, test } from 'vitest'
import { treemap } from './treemap'

const box = { x: 10, y: 5, width: 600, height: 240 }
const sizes = fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 60 })
const RUN = { seed: 20260104, numRuns: 300 }

test('areas are in proportion to sizes and fill the box', () => {
  fc.assert(
    fc.property(sizes, (list) => {
      const tiles = treemap(list, (s) => s, box)
      const total = list.reduce((a, b) => a + b, 0)
      expect(tiles.length).toBe(list.filter((s) => s > 0).length)
      for (const t of tiles)
        expect((t.width * t.height) / (box.width * box.height)).toBeCloseTo(t.item / total, 6)
    }),
    RUN,
  )
})

test('tiles stay inside the box and do not overlap', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 }), (list) => {
      const tiles = treemap(list, (s) => s, box)
      const eps = 1e-6
      for (const [i, a] of tiles.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(box.x - eps)
        expect(a.y + a.height).toBeLessThanOrEqual(box.y + box.height + eps)
        expect(a.x + a.width).toBeLessThanOrEqual(box.x + box.width + eps)
        for (const b of tiles.slice(i + 1)) {
          const apart =
            a.x + a.width <= b.x + eps ||
            b.x + b.width <= a.x + eps ||
            a.y + a.height <= b.y + eps ||
            b.y + b.height <= a.y + eps
          expect(apart).toBe(true)
        }
      }
    }),
    RUN,
  )
})

test('equal sizes give tiles that are nearly square', () => {
  for (const t of treemap(new Array<number>(12).fill(1), (s) => s, box))
    expect(Math.max(t.width / t.height, t.height / t.width)).toBeLessThan(2)
})
