/** Keyboard movement in a table of rows × columns, as in a spreadsheet; positions are exact up to 2^53. */
export interface Position {
  row: number
  column: number
}

export interface Extent {
  rows: number
  columns: number
  /** Rows that fit on the screen. */
  page: number
}

export interface KeyStroke {
  key: string
  ctrl: boolean
}

/** Where a key leads from a position; undefined when the key does not move. */
export function move({ key, ctrl }: KeyStroke, from: Position, extent: Extent): Position | undefined {
  const last = { row: extent.rows - 1, column: extent.columns - 1 }
  const to = target(key, ctrl, from, extent, last)
  return to && { row: clamp(to.row, last.row), column: clamp(to.column, last.column) }
}

function target(
  key: string,
  ctrl: boolean,
  { row, column }: Position,
  extent: Extent,
  last: Position,
): Position | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: ctrl ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: ctrl ? last.row : row + 1, column }
    case 'ArrowLeft':
      return { row, column: ctrl ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: ctrl ? last.column : column + 1 }
    case 'PageUp':
      return { row: row - extent.page, column }
    case 'PageDown':
      return { row: row + extent.page, column }
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 }
    case 'End':
      return { row: ctrl ? last.row : row, column: last.column }
    default:
      return undefined
  }
}

const clamp = (n: number, last: number): number => Math.max(0, Math.min(n, last))

/** A selected rectangle, corners included. */
export interface Range {
  anchor: Position
  head: Position
}

export const rangeRect = ({ anchor, head }: Range) => ({
  row: Math.min(anchor.row, head.row),
  column: Math.min(anchor.column, head.column),
  rows: Math.abs(anchor.row - head.row) + 1,
  columns: Math.abs(anchor.column - head.column) + 1,
})

export function inRange(range: Range | null, row: number, column: number): boolean {
  if (!range) return false
  const rect = rangeRect(range)
  return (
    row >= rect.row &&
    row < rect.row + rect.rows &&
    column >= rect.column &&
    column < rect.column + rect.columns
  )
}
