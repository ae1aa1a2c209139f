import type { ChunkMap } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { position, type Rgb, type Scale, scaleOf, viridis } from './color-scale'
import type { CellPosition, MapShape } from './map-layout'

export type ColorMode = 'state' | 'bytes' | 'ratio'
/** How a cell over several chunks shows its state: the share that is stored, or all-or-nothing. */
export type Projection = 'share' | 'any' | 'all'

/** Which dimensions lie on the axes; for the others, the fixed grid index, or null where projected over. */
export interface MapAxes {
  row: number | null
  column: number | null
  fixed: (number | null)[]
}

/** The two longest dimensions in their order; a grid that is long in one dimension only is a line. Others are projected. */
export function defaultAxes(gridShape: readonly number[]): MapAxes {
  const long = gridShape.flatMap((n, dim) => (n > 1 ? [{ n, dim }] : []))
  const [a, b] = long.toSorted((p, q) => q.n - p.n || p.dim - q.dim)
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

/** Bytes of a whole chunk as it is decoded. */
export function rawChunkBytes(array: ArrayDetail): number {
  const items = array.shape.reduce((n, s) => n * s, 1)
  const itemsize = items > 0 ? array.nbytes / items : 0
  return array.chunks.reduce((n, s) => n * s, 1) * itemsize
}

export interface CellInfo {
  /** First chunk under the cell, and how many chunks it covers along each dimension. */
  coords: number[]
  extent: number[]
  /** Region of the array, clipped to it. */
  start: number[]
  shape: number[]
  initialized: number
  total: number
  bytes: number
  /** Exactly one chunk, so that it can be asked for. */
  single: boolean
}

/** What lies under a cell of the map. */
export function cellInfo(
  map: ChunkMap,
  shape: MapShape,
  axes: MapAxes,
  array: ArrayDetail,
  cell: CellPosition,
): CellInfo {
  const index = cell.row * shape.columns + cell.column
  // A wrapped line has one row of cells, whatever rows it is shown in.
  const at = axes.row === null ? { row: 0, column: index } : cell
  const along = (dim: number): { first: number; count: number } => {
    const n = array.gridShape[dim] ?? 1
    if (dim === axes.row) return span(at.row, map.binRows, n)
    if (dim === axes.column) return span(at.column, map.binColumns, n)
    const fixed = axes.fixed[dim] ?? null
    return fixed === null ? { first: 0, count: n } : { first: fixed, count: 1 }
  }
  const spans = array.gridShape.map((_, dim) => along(dim))
  const region = spans.map(({ first, count }, dim) => axisRegion(array, dim, first, count))
  return {
    coords: spans.map((s) => s.first),
    extent: spans.map((s) => s.count),
    start: region.map((r) => r.start),
    shape: region.map((r) => r.length),
    initialized: map.initialized[index] ?? 0,
    total: map.total[index] ?? 0,
    bytes: map.bytes[index] ?? 0,
    single: spans.every((s) => s.count === 1),
  }
}

/** The cell that shows a chunk; null where it is not on the map. */
export function cellOf(
  map: ChunkMap,
  shape: MapShape,
  axes: MapAxes,
  coords: readonly number[],
): CellPosition | null {
  const off = axes.fixed.some(
    (f, dim) => f !== null && dim !== axes.row && dim !== axes.column && f !== coords[dim],
  )
  if (off) return null
  const row = axes.row === null ? 0 : Math.floor((coords[axes.row] ?? 0) / map.binRows)
  const column = axes.column === null ? 0 : Math.floor((coords[axes.column] ?? 0) / map.binColumns)
  if (axes.row !== null) return { row, column }
  return { row: Math.floor(column / shape.columns), column: column % shape.columns }
}

const span = (cell: number, bin: number, n: number): { first: number; count: number } => ({
  first: cell * bin,
  count: Math.max(0, Math.min(bin, n - cell * bin)),
})

function axisRegion(
  array: ArrayDetail,
  dim: number,
  first: number,
  count: number,
): { start: number; length: number } {
  const edges = array.chunkEdges?.[dim]
  const size = array.shape[dim] ?? 1
  const sum = (n: number): number =>
    edges ? edges.slice(0, n).reduce((a, b) => a + b, 0) : n * (array.chunks[dim] ?? 1)
  const start = Math.min(size, sum(first))
  return { start, length: Math.min(size, sum(first + count)) - start }
}

/** Stored bytes per chunk, or raw over stored, of a cell; NaN where nothing is stored. */
export function cellValue(map: ChunkMap, index: number, mode: 'bytes' | 'ratio', rawBytes: number): number {
  const initialized = map.initialized[index] ?? 0
  const bytes = map.bytes[index] ?? 0
  if (initialized === 0 || bytes === 0) return NaN
  return mode === 'bytes' ? bytes / initialized : (rawBytes * initialized) / bytes
}

/** The scale of the values of a map. */
export function mapScale(map: ChunkMap, mode: 'bytes' | 'ratio', rawBytes: number): Scale | null {
  const count = map.rows * map.columns
  return scaleOf(
    (function* () {
      for (let i = 0; i < count; i++) yield cellValue(map, i, mode, rawBytes)
    })(),
  )
}

/** How visible the stored part of a cell is, 0 (missing) to 1. */
export function storedShare(initialized: number, total: number, projection: Projection): number {
  if (initialized === 0 || total === 0) return 0
  if (projection === 'any') return 1
  if (projection === 'all') return initialized >= total ? 1 : 0
  // A single stored chunk among many must not vanish.
  return Math.max(0.18, initialized / total)
}

/** Pixels of the map, one per cell, RGBA; missing is transparent, so that the hatching below shows. */
export function mapPixels(
  map: ChunkMap,
  options: {
    mode: ColorMode
    projection: Projection
    rawBytes: number
    stored: Rgb
    pixels: Uint8ClampedArray
  },
): void {
  const { mode, projection, rawBytes, stored, pixels } = options
  const scale = mode === 'state' ? null : mapScale(map, mode, rawBytes)
  const count = map.rows * map.columns
  for (let i = 0; i < count; i++) {
    const share = storedShare(map.initialized[i] ?? 0, map.total[i] ?? 0, projection)
    const value = scale && mode !== 'state' ? cellValue(map, i, mode, rawBytes) : NaN
    const [r, g, b] = scale && value > 0 ? viridis(position(value, scale)) : stored
    pixels[4 * i] = r
    pixels[4 * i + 1] = g
    pixels[4 * i + 2] = b
    pixels[4 * i + 3] = Math.round(255 * share)
  }
}
