import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellCount } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import { chunkGrid } from '../../chunks/grid'
import { sampledBoxes } from './boxes'

const slice = fc
  .record({ start: fc.nat(9), step: fc.constantFrom(1, 2, -1, -3, 9), count: fc.integer({ min: 1, max: 6 }) })
  .map(({ start, step, count }) => ({ start: step < 0 ? start + (count - 1) * -step : start, step, count }))

const indices = ({ start, step, count }: DimSlice): number[] =>
  Array.from({ length: count }, (_, i) => start + i * step)
const items = (dims: readonly DimSlice[]): string[] =>
  dims.reduce<string[]>(
    (heads, dim) => heads.flatMap((head) => indices(dim).map((i) => `${head}${i} `)),
    [''],
  )
const chunksOf = (dims: readonly DimSlice[], size: number): Set<string> =>
  new Set(
    items(dims).map((item) =>
      item
        .trim()
        .split(' ')
        .map((i) => Math.floor(Number(i) / size))
        .join(),
    ),
  )

test('a slice within the limits is looked at whole; of a larger one whole chunks, each item once', () => {
  const input = [
    fc.array(slice, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: 7 }),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 9 }),
  ] as const
  fc.assert(
    fc.property(...input, (dims, size, most, chunks) => {
      const grid = chunkGrid(
        { kind: 'regular', shape: dims.map(() => size) },
        dims.map(() => 60),
      )
      const found = sampledBoxes(grid, dims, { items: most, chunks })
      const boxes = [...found.boxes]
      const seen = boxes.flatMap(items)
      const all = items(dims)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.filter((item) => !all.includes(item))).toEqual([])
      expect(found.items).toBe(seen.length)
      if (all.length <= most && chunksOf(dims, size).size <= chunks) {
        expect(found.isSample).toBe(false)
        expect(seen.sort()).toEqual(all.sort())
      }
      if (!found.isSample) return
      const touched = new Set(boxes.flatMap((box) => [...chunksOf(box, size)]))
      expect(touched.size).toBeLessThanOrEqual(chunks)
      expect(seen.length).toBeGreaterThan(0)
      // Chunks are taken whole, as far as the slice has items in them.
      const inTouched = all.filter((item) =>
        touched.has(
          item
            .trim()
            .split(' ')
            .map((i) => Math.floor(Number(i) / size))
            .join(),
        ),
      )
      expect(seen.sort()).toEqual(inTouched.sort())
    }),
    { seed: 20261128 },
  )
})

test('a sample of 10^18 items in 10^12 chunks is spread from end to end', () => {
  const shape = [10 ** 9, 10 ** 9]
  const grid = chunkGrid({ kind: 'regular', shape: [1000, 1000] }, shape)
  const dims = shape.map((count) => ({ start: 0, step: 1, count }))
  const { boxes, items: count, isSample } = sampledBoxes(grid, dims, { items: 2 ** 28, chunks: 2 ** 17 })
  const found = [...boxes]
  expect(isSample).toBe(true)
  expect(count).toBe(found.reduce((n, box) => n + cellCount(box), 0))
  expect(count).toBeLessThanOrEqual(2 ** 28)
  for (const k of [0, 1]) {
    const starts = found.map((box) => box[k]!.start)
    expect(Math.min(...starts)).toBeLessThan(10 ** 8)
    expect(Math.max(...starts)).toBeGreaterThan(9 * 10 ** 8)
  }
})
