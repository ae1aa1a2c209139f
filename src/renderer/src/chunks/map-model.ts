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

/** What there is to draw: the whole grid, perhaps binned, and where one has zoomed in, an exact part of it. */
export interface MapSource {
  base: ChunkMap
  detail: ChunkMap | null
  /** A single dimension, shown in lines of cells. */
  wrapped: boolean
}

/** The grid that is laid out: chunks along two axes, or the cells of a line. */
export function gridSize({ base, wrapped }: MapSource, axes: MapAxes): { rows: number; columns: number } {
  if (wrapped) return { rows: 1, columns: base.columns }
  const length = (dim: number | null): number => (dim === null ? 1 : (base.gridShape[dim] ?? 1))
  return { rows: length(axes.row), columns: length(axes.column) }
}

/** The map that knows most about a place, and the cell there. */
export function locate(
  source: MapSource,
  shape: MapShape,
  at: CellPosition,
): { map: ChunkMap; row: number; column: number } {
  const { base, detail, wrapped } = source
  if (wrapped) return { map: base, row: 0, column: at.row * shape.columns + at.column }
  if (detail?.origin) {
    const row = Math.floor((at.row - detail.origin.row) / detail.binRows)
    const column = Math.floor((at.column - detail.origin.column) / detail.binColumns)
    if (row >= 0 && column >= 0 && row < detail.rows && column < detail.columns)
      return { map: detail, row, column }
  }
  return {
    map: base,
    row: Math.floor(at.row / base.binRows),
    column: Math.floor(at.column / base.binColumns),
  }
}

/** What lies at a place of the layout. */
export function placeInfo(
  source: MapSource,
  shape: MapShape,
  axes: MapAxes,
  array: ArrayDetail,
  at: CellPosition,
): CellInfo {
  const { map, row, column } = locate(source, shape, at)
  return cellInfo(map, axes, array, row, column)
}

/** What lies under a cell of a map. */
export function cellInfo(
  map: ChunkMap,
  axes: MapAxes,
  array: ArrayDetail,
  row: number,
  column: number,
): CellInfo {
  const origin = map.origin ?? { row: 0, column: 0 }
  const along = (dim: number): { first: number; count: number } => {
    const n = array.gridShape[dim] ?? 1
    if (dim === axes.row) return span(origin.row + row * map.binRows, map.binRows, n)
    if (dim === axes.column) return span(origin.column + column * map.binColumns, map.binColumns, n)
    const fixed = axes.fixed[dim] ?? null
    return fixed === null ? { first: 0, count: n } : { first: fixed, count: 1 }
  }
  const spans = array.gridShape.map((_, dim) => along(dim))
  const region = spans.map(({ first, count }, dim) => axisRegion(array, dim, first, count))
  const index = row * map.columns + column
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

/** Where the layout shows a chunk; null where it is beside the fixed indices. */
export function placeOf(
  source: MapSource,
  shape: MapShape,
  axes: MapAxes,
  coords: readonly number[],
): CellPosition | null {
  const off = axes.fixed.some(
    (f, dim) => f !== null && dim !== axes.row && dim !== axes.column && f !== coords[dim],
  )
  if (off) return null
  const column = axes.column === null ? 0 : (coords[axes.column] ?? 0)
  if (!source.wrapped) return { row: axes.row === null ? 0 : (coords[axes.row] ?? 0), column }
  const cell = Math.floor(column / source.base.binColumns)
  return { row: Math.floor(cell / shape.columns), column: cell % shape.columns }
}

/** How many places of the layout a cell at a place covers, and where it begins. */
export function cellBox(
  source: MapSource,
  shape: MapShape,
  at: CellPosition,
): CellPosition & { rows: number; columns: number } {
  if (source.wrapped) return { ...at, rows: 1, columns: 1 }
  const { map, row, column } = locate(source, shape, at)
  const origin = map.origin ?? { row: 0, column: 0 }
  return {
    row: origin.row + row * map.binRows,
    column: origin.column + column * map.binColumns,
    rows: map.binRows,
    columns: map.binColumns,
  }
}

const span = (first: number, bin: number, n: number): { first: number; count: number } => ({
  first,
  count: Math.max(0, Math.min(bin, n - first)),
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

export interface PixelOptions {
  mode: ColorMode
  /** Of the whole map, so that its parts agree; null in mode "state". */
  scale: Scale | null
  projection: Projection
  rawBytes: number
  stored: Rgb
}

/** Pixels of the map, one per cell, RGBA; missing is transparent, so that the hatching below shows. */
export function mapPixels(map: ChunkMap, options: PixelOptions & { pixels: Uint8ClampedArray }): void {
  const { mode, scale, projection, rawBytes, stored, pixels } = options
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
