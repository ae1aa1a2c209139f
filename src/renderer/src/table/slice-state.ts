import type { DimSlice, Selection } from '@shared/selection/selection'

/**
 * What the table shows of an array: a basic slice, which dimension runs down the rows and which across the columns,
 * and where every other dimension stands. Positions of fixed dimensions are array indices.
 */
export interface SliceState {
  shape: number[]
  dims: DimSlice[]
  row: number | null
  column: number | null
  /** Array index per dimension; only those of dimensions on no axis are used. */
  fixed: number[]
}

export interface Axes {
  row: number | null
  column: number | null
}

/** The last two free dimensions, as NumPy prints; a single free one runs down the rows. */
export function defaultAxes(dims: readonly DimSlice[]): Axes {
  const free = dims.flatMap((dim, i) => (dim.drop ? [] : [i]))
  if (free.length === 0) return { row: null, column: null }
  if (free.length === 1) return { row: free[0] ?? null, column: null }
  return { row: free.at(-2) ?? null, column: free.at(-1) ?? null }
}

export const wholeSlice = (shape: readonly number[]): DimSlice[] =>
  shape.map((count) => ({ start: 0, step: 1, count }))

/** A slice with axes chosen, keeping the former axes and positions where they still make sense. */
export function sliceState(shape: number[], dims: DimSlice[], former?: SliceState): SliceState {
  const usable = (axis: number | null): axis is number => axis !== null && dims[axis]?.drop !== true
  const keep =
    former && usable(former.row) && (former.column === null || usable(former.column)) ? former : undefined
  const free = dims.filter((dim) => !dim.drop).length
  const axes = keep && !(keep.column === null && free > 1) ? keep : defaultAxes(dims)
  return {
    shape,
    dims,
    row: axes.row,
    column: axes.column,
    fixed: dims.map((dim, i) => {
      const before = former?.fixed[i]
      return !dim.drop && before !== undefined && positionOf(dim, before) !== undefined ? before : dim.start
    }),
  }
}

/** A basic selection as typed; null where the table cannot show it (lists of indices, points). */
export const basicDims = (selection: Selection): DimSlice[] | null =>
  selection.kind === 'basic' ? selection.dims : null

export const rowCount = (slice: SliceState): number => axisLength(slice, slice.row)
export const columnCount = (slice: SliceState): number => axisLength(slice, slice.column)

function axisLength(slice: SliceState, axis: number | null): number {
  // An empty dimension anywhere leaves nothing to show.
  if (slice.dims.some((dim) => dim.count === 0)) return 0
  return axis === null ? 1 : (slice.dims[axis]?.count ?? 0)
}

/** Array index of item `i` of a sliced dimension. */
export const indexAt = (dim: DimSlice, i: number): number => dim.start + i * dim.step

/** Position of an array index in a sliced dimension; undefined when the slice leaves it out. */
export function positionOf(dim: DimSlice, index: number): number | undefined {
  const position = (index - dim.start) / dim.step
  return Number.isInteger(position) && position >= 0 && position < dim.count ? position : undefined
}

/** Dimensions on no axis that the slice leaves free: these get a number field and a slider. */
export const freeDims = (slice: SliceState): number[] =>
  slice.dims.flatMap((_, i) => (i === slice.row || i === slice.column ? [] : [i]))

/** Array indices of the cell in table row `row` and column `column`. */
export function cellIndices(slice: SliceState, row: number, column: number): number[] {
  return slice.dims.map((dim, i) => {
    if (i === slice.row) return indexAt(dim, row)
    if (i === slice.column) return indexAt(dim, column)
    return slice.fixed[i] ?? dim.start
  })
}

/** The engine's selection for a rectangle of the table, and how its result is laid out. */
export function rectangle(
  slice: SliceState,
  rows: { start: number; count: number },
  columns: { start: number; count: number },
): { dims: DimSlice[]; rowStride: number; columnStride: number } {
  const along = (dim: DimSlice, part: { start: number; count: number }): DimSlice => ({
    start: indexAt(dim, part.start),
    step: dim.step,
    count: part.count,
  })
  const dims = slice.dims.map((dim, i): DimSlice => {
    if (i === slice.row) return along(dim, rows)
    if (i === slice.column) return along(dim, columns)
    return { start: slice.fixed[i] ?? dim.start, step: 1, count: 1, drop: true }
  })
  const rowFirst = slice.row === null || slice.column === null || slice.row < slice.column
  return rowFirst
    ? { dims, rowStride: slice.column === null ? 1 : columns.count, columnStride: 1 }
    : { dims, rowStride: 1, columnStride: rows.count }
}

/** Moves a fixed dimension by `delta` positions inside its slice, staying inside. */
export function stepFixed(slice: SliceState, dim: number, delta: number): SliceState {
  const along = slice.dims[dim]
  if (!along || along.count === 0 || along.drop) {
    const length = slice.shape[dim] ?? 0
    const at = Math.min(Math.max(0, (slice.fixed[dim] ?? 0) + delta), Math.max(0, length - 1))
    return withFixed(slice, dim, at)
  }
  const position = positionOf(along, slice.fixed[dim] ?? along.start) ?? 0
  return withFixed(slice, dim, indexAt(along, Math.min(Math.max(0, position + delta), along.count - 1)))
}

/** Puts a fixed dimension at an array index; a dimension typed as an integer keeps being one. */
export function withFixed(slice: SliceState, dim: number, index: number): SliceState {
  const fixed = slice.fixed.with(dim, index)
  const dims = slice.dims.map((d, i) => (i === dim && d.drop ? { ...d, start: index } : d))
  return { ...slice, dims, fixed }
}

/** Puts `dim` on an axis; the dimension that was there takes its place. A dimension typed as an integer becomes whole. */
export function withAxis(slice: SliceState, axis: 'row' | 'column', dim: number | null): SliceState {
  const other = axis === 'row' ? 'column' : 'row'
  const dims = slice.dims.map((d, i) =>
    i === dim && d.drop ? { start: 0, step: 1, count: slice.shape[i] ?? 0 } : d,
  )
  const swapped = dim !== null && slice[other] === dim ? slice[axis] : slice[other]
  return { ...slice, dims, [axis]: dim, [other]: swapped }
}

/** The slice as text in NumPy syntax, with fixed dimensions as integers: reading it back gives the same cells. */
export function sliceText(slice: SliceState): string {
  return slice.dims
    .map((dim, i) => {
      if (i !== slice.row && i !== slice.column) return String(slice.fixed[i] ?? dim.start)
      return dimText(dim, slice.shape[i] ?? 0)
    })
    .join(', ')
}

function dimText(dim: DimSlice, length: number): string {
  const { start, step, count } = dim
  if (count === 0) return `${start}:${start}`
  const step1 = step === 1 ? '' : `:${step}`
  if (step > 0) {
    const stop = start + (count - 1) * step + 1
    const reachesEnd = stop > length - step
    return `${start === 0 ? '' : start}:${reachesEnd ? '' : stop}${step1}`
  }
  const stop = start + (count - 1) * step - 1
  return `${start === length - 1 ? '' : start}:${stop < 0 || stop + step < -1 ? '' : stop}${step1}`
}
