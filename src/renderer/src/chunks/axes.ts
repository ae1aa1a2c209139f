import type { ArrayDetail } from '@shared/model/node'

/** Which dimensions lie on the axes; for the others, the fixed grid index, or null where projected over. */
export interface MapAxes {
  row: number | null
  column: number | null
  fixed: (number | null)[]
}

/**
 * The two longest dimensions in their order, the later ones where several are as long; a grid that is long in one
 * dimension only is a line. Others are projected.
 */
export function defaultAxes(gridShape: readonly number[]): MapAxes {
  const long = gridShape.flatMap((n, dim) => (n > 1 ? [{ n, dim }] : []))
  const [a, b] = long.toSorted((p, q) => q.n - p.n || q.dim - p.dim)
  const fixed = gridShape.map((n) => (n > 1 ? null : 0))
  if (!a) return { row: null, column: gridShape.length > 0 ? gridShape.length - 1 : null, fixed }
  if (!b) return { row: null, column: a.dim, fixed }
  return { row: Math.min(a.dim, b.dim), column: Math.max(a.dim, b.dim), fixed }
}

/** Puts a dimension on an axis; the dimension that was there goes where the new one came from. */
export function withAxis(axes: MapAxes, axis: 'row' | 'column', dim: number | null): MapAxes {
  const other = axis === 'row' ? 'column' : 'row'
  const swapped = dim !== null && axes[other] === dim ? axes[axis] : axes[other]
  return { ...axes, [axis]: dim, [other]: swapped }
}

export const withFixed = (axes: MapAxes, dim: number, index: number | null): MapAxes => ({
  ...axes,
  fixed: axes.fixed.with(dim, index),
})

/** Dimensions beside the axes that have something to choose. */
export const otherDims = (axes: MapAxes, gridShape: readonly number[]): number[] =>
  gridShape.flatMap((n, dim) => (dim !== axes.row && dim !== axes.column && n > 1 ? [dim] : []))

export const dimName = (array: ArrayDetail, dim: number): string =>
  array.dimensionNames?.[dim] ?? `dim ${dim}`

/** What the contract wants: null on the axes and where projected, the index elsewhere. */
export const fixedFor = (axes: MapAxes): (number | null)[] =>
  axes.fixed.map((f, dim) => (dim === axes.row || dim === axes.column ? null : f))

/** The chunk is on the map: nothing that is fixed leaves it out. */
export const isOnMap = (axes: MapAxes, coords: readonly number[]): boolean =>
  fixedFor(axes).every((f, dim) => f === null || f === coords[dim])
