import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DimSlice } from '@shared/selection/selection'
import {
  cellIndices,
  columnCount,
  defaultAxes,
  freeDims,
  positionOf,
  rectangle,
  rowCount,
  sliceState,
  sliceText,
  stepFixed,
  wholeSlice,
  withAxis,
} from './slice-state'

/** NumPy's own rule for one dimension, written plainly: the indices that `text` selects. */
function numpyIndices(text: string, length: number): number[] {
  if (!text.includes(':')) return [Number(text)]
  const [a, b, c] = text.split(':')
  const step = c ? Number(c) : 1
  const bound = (raw: string | undefined, fallback: number) => {
    if (!raw) return fallback
    const n = Number(raw) < 0 ? Number(raw) + length : Number(raw)
    return step > 0 ? Math.min(Math.max(n, 0), length) : Math.min(Math.max(n, -1), length - 1)
  }
  const out = []
  if (step > 0) for (let i = bound(a, 0); i < bound(b, length); i += step) out.push(i)
  else for (let i = bound(a, length - 1); i > (b ? bound(b, -1) : -1); i += step) out.push(i)
  return out
}

const dimOf = (length: number): fc.Arbitrary<DimSlice> =>
  fc
    .record({ start: fc.integer({ min: 0, max: length - 1 }), step: fc.integer({ min: -4, max: 4 }) })
    .filter(({ step }) => step !== 0)
    .chain(({ start, step }) => {
      const most = step > 0 ? Math.floor((length - 1 - start) / step) + 1 : Math.floor(start / -step) + 1
      return fc.integer({ min: 1, max: most }).map((count) => ({ start, step, count }))
    })

describe('slice text', () => {
  test('reads back as the same indices by NumPy rules', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }).chain((length) => fc.tuple(fc.constant(length), dimOf(length))),
        ([length, dim]) => {
          const state = sliceState([length], [dim])
          const expected = Array.from({ length: dim.count }, (_, i) => dim.start + i * dim.step)
          expect(numpyIndices(sliceText(state), length)).toEqual(expected)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test.each([
    [
      [10, 20],
      '3:, ::2',
      [
        { start: 3, step: 1, count: 7 },
        { start: 0, step: 2, count: 10 },
      ],
    ],
    [
      [10, 20],
      ':, ::-1',
      [
        { start: 0, step: 1, count: 10 },
        { start: 19, step: -1, count: 20 },
      ],
    ],
  ])('%j %s', (shape, text, dims) => {
    expect(sliceText(sliceState(shape, dims))).toBe(text)
  })
})

test('the last two free dimensions are the axes', () => {
  expect(defaultAxes(wholeSlice([4, 5, 6]))).toEqual({ row: 1, column: 2 })
  expect(defaultAxes(wholeSlice([4]))).toEqual({ row: 0, column: null })
  expect(defaultAxes([])).toEqual({ row: null, column: null })
})

test('a rectangle of transposed axes says how its result lies', () => {
  const slice = withAxis(sliceState([4, 5, 6], wholeSlice([4, 5, 6])), 'row', 2)
  expect([slice.row, slice.column]).toEqual([2, 1])
  const part = rectangle(slice, { start: 1, count: 3 }, { start: 2, count: 2 })
  expect(part.dims).toEqual([
    { start: 0, step: 1, count: 1, drop: true },
    { start: 2, step: 1, count: 2 },
    { start: 1, step: 1, count: 3 },
  ])
  expect([part.rowStride, part.columnStride]).toEqual([1, 3])
  expect(cellIndices(slice, 4, 2)).toEqual([0, 2, 4])
})

test('fixed dimensions step inside their slice', () => {
  let slice = sliceState([10, 3, 3], [{ start: 1, step: 3, count: 3 }, ...wholeSlice([3, 3])])
  expect(freeDims(slice)).toEqual([0])
  slice = stepFixed(slice, 0, 1)
  expect(slice.fixed[0]).toBe(4)
  expect(stepFixed(slice, 0, 10).fixed[0]).toBe(7)
  expect(stepFixed(slice, 0, -10).fixed[0]).toBe(1)
})

test('0-d arrays have one cell, empty ones none', () => {
  expect([rowCount(sliceState([], [])), columnCount(sliceState([], []))]).toEqual([1, 1])
  const empty = sliceState([0, 3, 3], wholeSlice([0, 3, 3]))
  expect(rowCount(empty)).toBe(0)
  expect(positionOf({ start: 0, step: 1, count: 0 }, 0)).toBeUndefined()
})
