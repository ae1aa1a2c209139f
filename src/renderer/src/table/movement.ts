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

/** Unit steps of the arrow keys. */
export const ARROWS: Readonly<Record<string, Position>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
}

/** Cells looked at before an edge counts as not to be found cheaply. */
const MOST_LOOKED_AT = 100_000

/**
 * Where Ctrl and an arrow lead, as in a spreadsheet: to the last cell of the present run of data, or else over cells
 * without data to the next one with some. `hasData` answers undefined for cells that are not known: then to the end.
 */
export function dataEdge(
  from: Position,
  step: Position,
  { rows, columns }: { rows: number; columns: number },
  hasData: (row: number, column: number) => boolean | undefined,
): Position {
  const end = {
    row: step.row === 0 ? from.row : step.row < 0 ? 0 : rows - 1,
    column: step.column === 0 ? from.column : step.column < 0 ? 0 : columns - 1,
  }
  const isEnd = ({ row, column }: Position): boolean => row === end.row && column === end.column
  const after = ({ row, column }: Position): Position => ({
    row: row + step.row,
    column: column + step.column,
  })
  if (isEnd(from)) return from
  let at = after(from)
  const runs = hasData(from.row, from.column) === true && hasData(at.row, at.column) === true
  for (let looked = 0; looked < MOST_LOOKED_AT; looked++) {
    const known = hasData(at.row, at.column)
    if (known === undefined) return end
    if (!runs && known) return at
    if (isEnd(at)) return at
    const next = after(at)
    if (runs && hasData(next.row, next.column) === false) return at
    at = next
  }
  return end
}
