import type { Box } from './map-model'
import type { CellPosition, MapShape } from './map-layout'

/** What a key does on the map. */
export type MapAction =
  | { kind: 'go'; to: CellPosition }
  | { kind: 'pan'; rows: number; columns: number }
  | { kind: 'zoom'; factor: number }
  | { kind: 'fit' | 'open' | 'leave' }

interface Key {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/**
 * Arrows step from cell to cell, Home and End to the ends of a row, with Ctrl to those of the map, Page Up and Page Down
 * by a screenful; Shift and arrows pan, + and - zoom, 0 shows the whole, Enter opens, Escape leaves. Null for others.
 *
 * @param from the cell that is selected: all places that it covers
 * @param page rows on screen
 */
export function mapAction(key: Key, from: Box | null, shape: MapShape, page: number): MapAction | null {
  if (key.metaKey || key.altKey) return null
  if (key.ctrlKey && key.key !== 'Home' && key.key !== 'End') return null
  const arrow = ARROWS[key.key]
  if (arrow && key.shiftKey) return { kind: 'pan', ...arrow }
  const to = target(key, from, shape, page)
  if (to) return { kind: 'go', to: inside(to, shape) }
  switch (key.key) {
    case '+':
    case '=':
      return { kind: 'zoom', factor: 1.5 }
    case '-':
      return { kind: 'zoom', factor: 1 / 1.5 }
    case '0':
      return { kind: 'fit' }
    case 'Enter':
      return { kind: 'open' }
    case 'Escape':
      return { kind: 'leave' }
    default:
      return null
  }
}

const ARROWS: Record<string, { rows: number; columns: number } | undefined> = {
  ArrowUp: { rows: -1, columns: 0 },
  ArrowDown: { rows: 1, columns: 0 },
  ArrowLeft: { rows: 0, columns: -1 },
  ArrowRight: { rows: 0, columns: 1 },
}

const MOVES = new Set([...Object.keys(ARROWS), 'Home', 'End', 'PageUp', 'PageDown'])

function target({ key, ctrlKey }: Key, from: Box | null, shape: MapShape, page: number): CellPosition | null {
  if (!MOVES.has(key)) return null
  if (!from) return { row: 0, column: 0 }
  const { row, column } = from
  const lastRow = shape.rows - 1
  switch (key) {
    case 'ArrowUp':
      return { row: row - 1, column }
    case 'ArrowDown':
      return { row: row + from.rows, column }
    case 'ArrowLeft':
      return { row, column: column - 1 }
    case 'ArrowRight':
      return { row, column: column + from.columns }
    case 'PageUp':
      return { row: row - page, column }
    case 'PageDown':
      return { row: row + page, column }
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 }
    default:
      return { row: ctrlKey ? lastRow : row, column: shape.columns - 1 }
  }
}

/** The nearest place that there is; the last line of a map in lines may be short. */
function inside({ row, column }: CellPosition, { rows, columns, count }: MapShape): CellPosition {
  const r = Math.max(0, Math.min(rows - 1, row))
  const c = Math.max(0, Math.min(columns - 1, column))
  return r * columns + c < count ? { row: r, column: c } : { row: r, column: (count - 1) % columns }
}
