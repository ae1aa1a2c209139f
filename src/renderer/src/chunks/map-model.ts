import type { ChunkFindings, ChunkMap } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { isOnMap, type MapAxes } from './axes'
import { axisRegion, chunkBytes } from './chunk-region'
import type { CellPosition, MapShape } from './map-layout'

/** What there is to draw: the whole map, perhaps binned, and where one has zoomed in, a finer part of it. */
export interface MapSource {
  base: ChunkMap
  detail: ChunkMap | null
  /** Chunks in a line, where those of a single dimension are laid in lines. */
  line: number | null
}

/** What lies under a cell: one chunk, or several. */
export interface CellInfo {
  /** The first chunk under the cell. */
  coords: number[]
  /** How many chunks it covers along each dimension; null where they are no box of the grid. */
  extent: number[] | null
  /** Region of the array, clipped to it; null as `extent`. */
  region: { start: number[]; shape: number[] } | null
  initialized: number
  total: number
  bytes: number
  /** Decoded bytes of what is stored, and of the single chunk whether it is stored or not; set on rectilinear grids. */
  raw?: { stored: number; chunk: number } | undefined
  findings: ChunkFindings<number>
  measured: number | undefined
  /** Exactly one chunk, so that it can be asked for. */
  single: boolean
}

/** A rectangle of places. */
export interface Box extends CellPosition {
  rows: number
  columns: number
}

/** The grid that is laid out: chunks along two axes, or those of one in lines. */
export function gridSize(gridShape: readonly number[], axes: MapAxes, line: number | null): MapShape {
  const length = (dim: number | null): number => (dim === null ? 1 : (gridShape[dim] ?? 1))
  const columns = length(axes.column)
  if (line !== null)
    return { rows: Math.ceil(columns / line), columns: Math.min(columns, line), count: columns }
  const rows = length(axes.row)
  return { rows, columns, count: rows * columns }
}

/** The map that knows most about a place, and the cell there. */
function locate(
  { base, detail }: MapSource,
  at: CellPosition,
): { map: ChunkMap; row: number; column: number } {
  if (detail) {
    const origin = originOf(detail)
    const row = Math.floor((at.row - origin.row) / detail.binRows)
    const column = Math.floor((at.column - origin.column) / detail.binColumns)
    if (row >= 0 && column >= 0 && row < detail.rows && column < detail.columns)
      return { map: detail, row, column }
  }
  return {
    map: base,
    row: Math.floor(at.row / base.binRows),
    column: Math.floor(at.column / base.binColumns),
  }
}

const originOf = (map: ChunkMap): CellPosition => map.origin ?? { row: 0, column: 0 }

/** The places that the cell at a place covers. */
export function cellBox(source: MapSource, shape: MapShape, at: CellPosition): Box {
  const { map, row, column } = locate(source, at)
  const origin = originOf(map)
  const [top, left] = [origin.row + row * map.binRows, origin.column + column * map.binColumns]
  return {
    row: top,
    column: left,
    rows: Math.max(1, Math.min(map.binRows, shape.rows - top)),
    columns: Math.max(1, Math.min(map.binColumns, shape.columns - left)),
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
  const { map, row, column } = locate(source, at)
  const box = cellBox(source, shape, at)
  const index = row * map.columns + column
  const { coords, extent } = chunksUnder(box, source.line, axes, array, map.total[index] ?? 0)
  const region = extent?.map((count, dim) => axisRegion(array, dim, coords[dim] ?? 0, count))
  return {
    coords,
    extent,
    region: region
      ? { start: region.map(({ start }) => start), shape: region.map(({ length }) => length) }
      : null,
    initialized: map.initialized[index] ?? 0,
    total: map.total[index] ?? 0,
    bytes: map.bytes[index] ?? 0,
    raw: map.raw && { stored: map.raw[index] ?? 0, chunk: array.chunkEdges ? chunkBytes(array, coords) : 0 },
    findings: {
      fillOnly: map.findings?.fillOnly[index] ?? 0,
      corrupt: map.findings?.corrupt[index] ?? 0,
      edited: map.findings?.edited[index] ?? 0,
    },
    measured: map.measured?.[index],
    single: extent?.every((n) => n === 1) ?? false,
  }
}

function chunksUnder(
  box: Box,
  line: number | null,
  axes: MapAxes,
  array: ArrayDetail,
  total: number,
): Pick<CellInfo, 'coords' | 'extent'> {
  const along = (dim: number): { first: number; count: number } => {
    if (line !== null && dim === axes.column)
      return { first: box.row * line + box.column, count: Math.min(box.columns, total) }
    if (dim === axes.row) return { first: box.row, count: box.rows }
    if (dim === axes.column) return { first: box.column, count: box.columns }
    const fixed = axes.fixed[dim] ?? null
    return fixed === null ? { first: 0, count: array.gridShape[dim] ?? 1 } : { first: fixed, count: 1 }
  }
  const spans = array.gridShape.map((_, dim) => along(dim))
  const isBox = line === null || box.rows === 1
  return { coords: spans.map((s) => s.first), extent: isBox ? spans.map((s) => s.count) : null }
}

/** Where the layout shows a chunk; null where it is beside the fixed indices. */
export function placeOf(line: number | null, axes: MapAxes, coords: readonly number[]): CellPosition | null {
  if (!isOnMap(axes, coords)) return null
  const column = axes.column === null ? 0 : (coords[axes.column] ?? 0)
  if (line !== null) return { row: Math.floor(column / line), column: column % line }
  return { row: axes.row === null ? 0 : (coords[axes.row] ?? 0), column }
}
