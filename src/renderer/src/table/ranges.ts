import type { Position } from './movement'

/**
 * A selected rectangle, corners included. `anchor` is where the selection began, `head` its moving corner; `active` is
 * the cell that is focused and edited, the anchor unless Tab or Enter has moved it inside.
 */
export interface Range {
  anchor: Position
  head: Position
  active?: Position | undefined
}

export interface RangeRect {
  row: number
  column: number
  rows: number
  columns: number
}

export const rangeAt = (at: Position): Range => ({ anchor: at, head: at })

export const activeOf = (range: Range): Position => range.active ?? range.anchor

export const rangeRect = ({ anchor, head }: Range): RangeRect => ({
  row: Math.min(anchor.row, head.row),
  column: Math.min(anchor.column, head.column),
  rows: Math.abs(anchor.row - head.row) + 1,
  columns: Math.abs(anchor.column - head.column) + 1,
})

export const isSingle = ({ anchor, head }: Range): boolean =>
  anchor.row === head.row && anchor.column === head.column

export function inRange(range: Range, row: number, column: number): boolean {
  const rect = rangeRect(range)
  return (
    row >= rect.row &&
    row < rect.row + rect.rows &&
    column >= rect.column &&
    column < rect.column + rect.columns
  )
}

/** Selected columns of a row as "0:3 7:7": text, so that rows are only drawn again where it changes. */
export function spansOf(ranges: readonly Range[], row: number): string {
  return ranges
    .map(rangeRect)
    .filter((rect) => row >= rect.row && row < rect.row + rect.rows)
    .map((rect) => `${rect.column}:${rect.column + rect.columns - 1}`)
    .join(' ')
}

export const readSpans = (text: string): (readonly [number, number])[] =>
  text === '' ? [] : text.split(' ').map((span) => span.split(':').map(Number) as [number, number])

/**
 * The cell after (1) or before (-1) the active one inside a range, around its ends: down the columns (Enter) or along
 * the rows (Tab).
 */
export function stepInside(range: Range, along: 'columns' | 'rows', by: 1 | -1): Position {
  const rect = rangeRect(range)
  const at = activeOf(range)
  const [row, column] = [at.row - rect.row, at.column - rect.column]
  const place = along === 'columns' ? row : column
  const lane = along === 'columns' ? column : row
  const length = along === 'columns' ? rect.rows : rect.columns
  const lanes = along === 'columns' ? rect.columns : rect.rows
  const next = place + by
  const isInside = next >= 0 && next < length
  const nextPlace = isInside ? next : by > 0 ? 0 : length - 1
  const nextLane = isInside ? lane : (lane + by + lanes) % lanes
  return along === 'columns'
    ? { row: rect.row + nextPlace, column: rect.column + nextLane }
    : { row: rect.row + nextLane, column: rect.column + nextPlace }
}
