import { SelectionError } from '@shared/errors'
import type { ChunkMapQuery } from '@shared/model/chunk-map'

/** Cells of a map at most, whatever the window asks for: three numbers each. */
export const MAX_CELLS = 2 ** 21

export interface MapSize {
  maxRows: number
  maxColumns: number
}

/**
 * Counts chunks of a grid into the cells of a map: one or several chunks along two axes, all or one along the others.
 * It holds nothing per chunk, so a grid of 10^12 chunks costs no more than its cells.
 */
export class ChunkBins {
  readonly rows: number
  readonly columns: number
  readonly binRows: number
  readonly binColumns: number
  readonly initialized: Float64Array
  readonly bytes: Float64Array
  private readonly gridShape: readonly number[]
  private readonly query: ChunkMapQuery

  constructor(gridShape: readonly number[], query: ChunkMapQuery, size: MapSize) {
    checkQuery(gridShape, query)
    this.gridShape = gridShape
    this.query = query
    const [height, width] = [this.lengthOf(query.axes.row), this.lengthOf(query.axes.column)]
    const rows = Math.min(height, size.maxRows)
    const columns = Math.min(width, size.maxColumns)
    const excess = Math.max(1, Math.sqrt((rows * columns) / MAX_CELLS))
    this.binRows = binOf(height, Math.floor(rows / excess))
    this.binColumns = binOf(width, Math.floor(columns / excess))
    this.rows = Math.ceil(height / this.binRows)
    this.columns = Math.ceil(width / this.binColumns)
    this.initialized = new Float64Array(this.rows * this.columns)
    this.bytes = new Float64Array(this.rows * this.columns)
  }

  /** Adds a stored chunk at grid coordinates; one outside the fixed indices is not under any cell. */
  add(coords: Float64Array, size: number): void {
    const { axes, fixed } = this.query
    for (let k = 0; k < fixed.length; k++) if (fixed[k] !== null && fixed[k] !== coords[k]) return
    const row = axes.row === null ? 0 : Math.floor(coords[axes.row]! / this.binRows)
    const column = axes.column === null ? 0 : Math.floor(coords[axes.column]! / this.binColumns)
    const cell = row * this.columns + column
    this.initialized[cell]! += 1
    this.bytes[cell]! += size
  }

  /** Chunks that lie under each cell, stored or not. */
  totals(): Float64Array {
    const { axes, fixed } = this.query
    const deep = this.gridShape.reduce(
      (product, length, k) =>
        k === axes.row || k === axes.column || fixed[k] !== null ? product : product * length,
      1,
    )
    const under = (cell: number, bin: number, length: number): number => Math.min(bin, length - cell * bin)
    const [height, width] = [this.lengthOf(axes.row), this.lengthOf(axes.column)]
    const totals = new Float64Array(this.rows * this.columns)
    for (let row = 0; row < this.rows; row++)
      for (let column = 0; column < this.columns; column++)
        totals[row * this.columns + column] =
          under(row, this.binRows, height) * under(column, this.binColumns, width) * deep
    return totals
  }

  private lengthOf(axis: number | null): number {
    return axis === null ? 1 : this.gridShape[axis]!
  }
}

const binOf = (length: number, cells: number): number => Math.max(1, Math.ceil(length / Math.max(1, cells)))

function checkQuery(gridShape: readonly number[], { axes, fixed }: ChunkMapQuery): void {
  const rank = gridShape.length
  if (fixed.length !== rank)
    throw new SelectionError(`The chunk map has ${fixed.length} dimensions, the array ${rank}.`)
  const shown = [axes.row, axes.column].filter((axis) => axis !== null)
  if (shown.some((axis) => axis >= rank) || new Set(shown).size !== shown.length)
    throw new SelectionError(`Axes ${shown.join(' and ')} are not two dimensions of an array of ${rank}.`)
  fixed.forEach((index, k) => {
    if (index === null) return
    if (shown.includes(k))
      throw new SelectionError(`Dimension ${k} of the chunk map is an axis and fixed as well.`)
    if (index >= gridShape[k]!)
      throw new SelectionError(`Chunk ${index} of dimension ${k} is outside the grid of ${gridShape[k]!}.`)
  })
}
