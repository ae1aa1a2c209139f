import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkGrid } from '../chunks/grid'
import { slabs } from './slabs'

const slice = fc
  .record({ start: fc.nat(9), step: fc.constantFrom(1, 2, -1, -3), count: fc.integer({ min: 1, max: 9 }) })
  .map(({ start, step, count }) => ({ start: step < 0 ? start + (count - 1) * -step : start, step, count }))

describe('slabs', () => {
  test('cover a selection once, in order, within the limit', () => {
    fc.assert(
      fc.property(
        fc.array(slice, { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (dims, limit, size) => {
          const shape = dims.map(() => 60)
          const grid = chunkGrid({ kind: 'regular', shape: shape.map(() => size) }, shape)
          const order = (parts: typeof dims): string[] => {
            const [first, ...rest] = parts
            if (!first) return ['']
            return Array.from({ length: first.count }, (_, i) => first.start + i * first.step).flatMap(
              (index) => order(rest).map((tail) => `${index} ${tail}`),
            )
          }
          const pieces = [...slabs(grid, dims, limit)]
          for (const piece of pieces)
            expect(piece.reduce((n, d) => n * d.count, 1)).toBeLessThanOrEqual(limit)
          expect(pieces.flatMap((piece) => order(piece))).toEqual(order(dims))
        },
      ),
      { seed: 20261122 },
    )
  })

  test('cut at chunk borders', () => {
    const grid = chunkGrid({ kind: 'regular', shape: [10, 4] }, [95, 4])
    const pieces = [
      ...slabs(
        grid,
        [
          { start: 0, step: 1, count: 95 },
          { start: 0, step: 1, count: 4 },
        ],
        150,
      ),
    ]
    expect(pieces.map(([rows]) => [rows!.start, rows!.count])).toEqual([
      [0, 30],
      [30, 30],
      [60, 35],
    ])
  })

  test('of an empty selection are none', () => {
    const grid = chunkGrid({ kind: 'regular', shape: [10] }, [0])
    expect([...slabs(grid, [{ start: 0, step: 1, count: 0 }], 5)]).toEqual([])
  })
})
