import { SelectionError } from '@shared/errors'
import type { ChunkMapQuery } from '@shared/model/chunk-map'

/** Cells of a map at most, whatever the window asks for. */
export const MAX_CELLS = 2 ** 21

export interface MapSize {
  maxRows: number
  maxColumns: number
}

/** Rows and columns of chunks on a map, or of a part of it. */
interface Box {
  row: number
  rows: number
  column: number
  columns: number
}

/**
 * Where the chunks of a grid lie on a map: one or several in a cell along two axes, all or one along the others; or
 * those of a single axis in lines. It holds nothing per chunk, so a grid of 10^12 chunks costs no more than its cells.
 */
export class ChunkBins {
  readonly rows: number
  readonly columns: number
  readonly binRows: number
  readonly binColumns: number
  /** The part of the map that is shown: the whole without a window. */
  readonly part: Box
  private readonly gridShape: readonly number[]
  private readonly query: ChunkMapQuery
  /** Chunks in a line, where those of one axis are wrapped. */
  private readonly line: number | undefined

  constructor(gridShape: readonly number[], query: ChunkMapQuery, size: MapSize) {
    checkQuery(gridShape, query)
    this.gridShape = gridShape
    this.query = query
    this.line = query.wrap
    this.part = partOf(this.height, this.width, query.window)
    const rows = Math.min(this.part.rows, size.maxRows)
    const columns = Math.min(this.part.columns, size.maxColumns)
    const excess = Math.max(1, Math.sqrt((rows * columns) / MAX_CELLS))
    this.binRows = binOf(this.part.rows, Math.floor(rows / excess))
    this.binColumns = binOf(this.part.columns, Math.floor(columns / excess))
    this.rows = Math.ceil(this.part.rows / this.binRows)
    this.columns = Math.ceil(this.part.columns / this.binColumns)
  }

  get cells(): number {
    return this.rows * this.columns
  }

  /** The cell of the chunk at grid coordinates; -1 where it lies beside the map. */
  cellOf(coords: ArrayLike<number>): number {
    const { axes, fixed } = this.query
    for (let k = 0; k < fixed.length; k++) if (fixed[k] !== null && fixed[k] !== coords[k]) return -1
    let row = axes.row === null ? 0 : coords[axes.row]!
    let column = axes.column === null ? 0 : coords[axes.column]!
    if (this.line !== undefined) {
      row = Math.floor(column / this.line)
      column -= row * this.line
    }
    row -= this.part.row
    column -= this.part.column
    if (row < 0 || column < 0 || row >= this.part.rows || column >= this.part.columns) return -1
    return Math.floor(row / this.binRows) * this.columns + Math.floor(column / this.binColumns)
  }

  /** Chunks that lie under each cell, stored or not. */
  totals(): Float64Array {
    const { axes, fixed } = this.query
    const deep = this.gridShape.reduce(
      (product, length, k) =>
        k === axes.row || k === axes.column || fixed[k] !== null ? product : product * length,
      1,
    )
    const totals = new Float64Array(this.cells)
    for (let row = 0; row < this.rows; row++) {
      const [top, bottom] = span(row, this.binRows, this.part.rows, this.part.row)
      for (let column = 0; column < this.columns; column++) {
        const [left, right] = span(column, this.binColumns, this.part.columns, this.part.column)
        const beyond = bottom === this.height ? Math.max(0, right - Math.max(left, this.lastLine)) : 0
        totals[row * this.columns + column] = ((bottom - top) * (right - left) - beyond) * deep
      }
    }
    return totals
  }

  private get height(): number {
    return this.line === undefined
      ? this.lengthOf(this.query.axes.row)
      : Math.ceil(this.lengthOf(this.query.axes.column) / this.line)
  }

  private get width(): number {
    const length = this.lengthOf(this.query.axes.column)
    return this.line === undefined ? length : Math.min(length, this.line)
  }

  /** Chunks in the last line. */
  private get lastLine(): number {
    return this.line === undefined
      ? this.width
      : this.lengthOf(this.query.axes.column) - (this.height - 1) * this.line
  }

  private lengthOf(axis: number | null): number {
    return axis === null ? 1 : this.gridShape[axis]!
  }
}

const binOf = (length: number, cells: number): number => Math.max(1, Math.ceil(length / Math.max(1, cells)))

/** First chunk of a cell, and the one behind its last. */
function span(cell: number, bin: number, length: number, start: number): [number, number] {
  return [start + cell * bin, start + Math.min(length, (cell + 1) * bin)]
}

/** The window cut to the map. */
function partOf(height: number, width: number, window: Box | undefined): Box {
  if (!window) return { row: 0, rows: height, column: 0, columns: width }
  const row = Math.min(window.row, height)
  const column = Math.min(window.column, width)
  const rows = Math.min(window.rows, height - row)
  return { row, rows, column, columns: Math.min(window.columns, width - column) }
}

function checkQuery(gridShape: readonly number[], { axes, fixed, wrap }: ChunkMapQuery): void {
  const rank = gridShape.length
  if (fixed.length !== rank)
    throw new SelectionError(`The chunk map has ${fixed.length} dimensions, the array ${rank}.`)
  const shown = [axes.row, axes.column].filter((axis) => axis !== null)
  if (shown.some((axis) => axis >= rank) || new Set(shown).size !== shown.length)
    throw new SelectionError(`Axes ${shown.join(' and ')} are not two dimensions of an array of ${rank}.`)
  if (wrap !== undefined && (axes.row !== null || axes.column === null || wrap < 1))
    throw new SelectionError('Only a chunk map of a single axis, along its columns, can be shown in lines.')
  fixed.forEach((index, k) => {
    if (index === null) return
    if (shown.includes(k))
      throw new SelectionError(`Dimension ${k} of the chunk map is an axis and fixed as well.`)
    if (index >= gridShape[k]!)
      throw new SelectionError(`Chunk ${index} of dimension ${k} is outside the grid of ${gridShape[k]!}.`)
  })
}
