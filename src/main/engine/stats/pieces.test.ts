import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DimSlice } from '@shared/selection/selection'
import { chunkGrid } from '../chunks/grid'
import { pieces } from './pieces'

const slice = fc
  .record({ start: fc.nat(9), step: fc.constantFrom(1, 2, -1, -3), count: fc.integer({ min: 1, max: 12 }) })
  .map(({ start, step, count }) => ({ start: step < 0 ? start + (count - 1) * -step : start, step, count }))

const indices = ({ start, step, count }: DimSlice): number[] =>
  Array.from({ length: count }, (_, i) => start + i * step)
const items = (dims: readonly DimSlice[]): string[] =>
  dims.reduce<string[]>(
    (heads, dim) => heads.flatMap((head) => indices(dim).map((i) => `${head}${i} `)),
    [''],
  )

test('pieces cover a selection once and cut chunks only where one alone is too large', () => {
  const input = [
    fc.array(slice, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 7 }),
  ] as const
  fc.assert(
    fc.property(...input, (dims, limit, size) => {
      const grid = chunkGrid(
        { kind: 'regular', shape: dims.map(() => size) },
        dims.map(() => 60),
      )
      const found = [...pieces(grid, dims, limit)]
      expect(found.flatMap(items).sort()).toEqual(items(dims).sort())
      const readsOf = new Map<string, number>()
      for (const piece of found) {
        expect(items(piece).length).toBeLessThanOrEqual(limit)
        const chunks = new Set(
          items(piece).map((item) =>
            item
              .trim()
              .split(' ')
              .map((i) => Math.floor(Number(i) / size))
              .join(),
          ),
        )
        for (const chunk of chunks) readsOf.set(chunk, (readsOf.get(chunk) ?? 0) + 1)
      }
      if (size ** dims.length <= limit) expect(Math.max(...readsOf.values())).toBe(1)
    }),
    { seed: 20261122 },
  )
})
