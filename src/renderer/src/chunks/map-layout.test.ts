import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cellAt,
  clampViewport,
  fitViewport,
  MARGIN,
  revealCell,
  tickStep,
  visibleCells,
  wrapShape,
  zoomAt,
} from './map-layout'

const size = { width: 856, height: 630 }
const room = {
  width: size.width - MARGIN.left - MARGIN.right,
  height: size.height - MARGIN.top - MARGIN.bottom,
}
const shapes = fc
  .record({ rows: fc.integer({ min: 1, max: 2000 }), columns: fc.integer({ min: 1, max: 2000 }) })
  .map((s) => ({ ...s, count: s.rows * s.columns }))
const RUN = { seed: 20260102, numRuns: 300 }

describe('fit', () => {
  test('small grids do not become huge cells', () => {
    expect(fitViewport({ rows: 2, columns: 3, count: 6 }, size)).toMatchObject({ sx: 48, sy: 48 })
  })
  test('the whole map is on the canvas', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const view = fitViewport(shape, size)
        expect(shape.columns * view.sx).toBeLessThanOrEqual(room.width + 1e-6)
        expect(shape.rows * view.sy).toBeLessThanOrEqual(room.height + 1e-6)
        const [short, long] = [Math.min(view.sx, view.sy), Math.max(view.sx, view.sy)]
        expect(long).toBeLessThanOrEqual(Math.max(short * 4, 12) + 1e-9)
      }),
      RUN,
    )
  })
})

test('zooming keeps the cell under the pointer, until a border comes into view', () => {
  const shape = { rows: 100, columns: 100, count: 10_000 }
  const fit = fitViewport(shape, size)
  const [px, py] = [300, 300]
  const before = cellAt(fit, shape, px, py)
  const zoomed = zoomAt(fit, 4, px, py, shape, size)
  expect(zoomed.sx).toBeCloseTo(fit.sx * 4)
  expect(cellAt(zoomed, shape, px, py)).toEqual(before)
})

test('zooming out ends at the whole map, zooming in ends somewhere', () => {
  fc.assert(
    fc.property(shapes, fc.double({ min: 0.01, max: 100, noNaN: true }), (shape, factor) => {
      const fit = fitViewport(shape, size)
      const view = zoomAt(zoomAt(fit, factor, 200, 200, shape, size), 1e-6, 50, 50, shape, size)
      expect(view.sx).toBeCloseTo(fit.sx)
      expect(view.x).toBeCloseTo(fit.x)
      const large = zoomAt(fit, 1e9, 200, 200, shape, size)
      expect(Math.min(large.sx, large.sy)).toBeLessThanOrEqual(96 + 1e-6)
    }),
    RUN,
  )
})

test('there is never empty room while part of the map lies outside', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.integer({ min: -9999, max: 9999 }),
      fc.integer({ min: -9999, max: 9999 }),
      (shape, x, y) => {
        const view = clampViewport({ sx: 20, sy: 20, x, y }, shape, size)
        expect(view.x).toBeLessThanOrEqual(MARGIN.left)
        const right = view.x + shape.columns * 20
        if (view.x < MARGIN.left) expect(right).toBeGreaterThanOrEqual(MARGIN.left + room.width - 1e-6)
      },
    ),
    RUN,
  )
})

test('a cell that is revealed is found where it is drawn', () => {
  fc.assert(
    fc.property(shapes, fc.double({ min: 0, max: 0.999, noNaN: true }), (shape, at) => {
      const cell = { row: Math.floor(at * shape.rows), column: Math.floor(at * shape.columns) }
      const view = revealCell({ sx: 12, sy: 12, x: MARGIN.left, y: MARGIN.top }, cell, shape, size)
      const found = cellAt(view, shape, view.x + (cell.column + 0.5) * 12, view.y + (cell.row + 0.5) * 12)
      expect(found).toEqual(cell)
      const { firstRow, endRow, firstColumn, endColumn } = visibleCells(view, shape, size)
      expect(cell.row >= firstRow && cell.row < endRow).toBe(true)
      expect(cell.column >= firstColumn && cell.column < endColumn).toBe(true)
    }),
    RUN,
  )
})

test('a single dimension is wrapped into lines that hold every cell', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (count) => {
      const shape = wrapShape(count, size)
      expect(shape.rows * shape.columns).toBeGreaterThanOrEqual(count)
      expect((shape.rows - 1) * shape.columns).toBeLessThan(count)
    }),
    RUN,
  )
  expect(wrapShape(7, size)).toEqual({ rows: 1, columns: 7, count: 7 })
  const shape = wrapShape(10, { width: 200, height: 400 })
  expect(cellAt(fitViewport(shape, { width: 200, height: 400 }), shape, 199, 399)).toBeNull()
})

test.each([
  [36, 40, 2],
  [40, 40, 1],
  [1, 40, 50],
  [0.5, 40, 100],
  [0.001, 40, 50_000],
])('indices %d px apart with labels every %d px step by %d', (pixels, gap, step) =>
  expect(tickStep(pixels, gap)).toBe(step),
)
