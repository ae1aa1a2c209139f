import { ARROWS, type Extent, move, type Position } from './movement'
import { activeOf, isSingle, type Range, rangeAt, stepInside } from './ranges'

export interface KeyOfGrid {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

export interface Moved {
  range: Range
  how: 'replace' | 'change'
  /** The cell that should be seen. */
  reveal: Position
}

/**
 * What a key makes of the selection, as in a spreadsheet: arrows, Home, End and pages move, Shift extends, Ctrl goes to
 * edges; Enter and Tab go through a range, Escape leaves it, Ctrl+Space takes columns and Shift+Space rows. Undefined
 * for other keys, and for Tab on a single cell, which leaves the table.
 */
export function keyTarget(
  event: KeyOfGrid,
  range: Range,
  extent: Extent,
  edge: (from: Position, step: Position) => Position,
): Moved | undefined {
  const { key, shiftKey } = event
  const ctrl = event.ctrlKey || event.metaKey
  if (event.altKey) return undefined
  const active = activeOf(range)
  if ((key === 'Enter' || key === 'Tab') && !ctrl) return throughRange(key, shiftKey ? -1 : 1, range, extent)
  if (key === 'Escape' && !isSingle(range)) return moved(active)
  if (key === ' ' && ctrl !== shiftKey) return wholeLines(ctrl ? 'columns' : 'rows', range, extent)
  const from = shiftKey ? range.head : active
  const step = ARROWS[key]
  const to = ctrl && step ? edge(from, step) : move({ key, ctrl }, from, extent)
  if (!to || !shiftKey) return to && moved(to)
  return { range: { anchor: range.anchor, head: to }, how: 'change', reveal: to }
}

const moved = (to: Position): Moved => ({ range: rangeAt(to), how: 'replace', reveal: to })

function throughRange(key: 'Enter' | 'Tab', by: 1 | -1, range: Range, extent: Extent): Moved | undefined {
  if (!isSingle(range)) {
    const to = stepInside(range, key === 'Enter' ? 'columns' : 'rows', by)
    return { range: { ...range, active: to }, how: 'change', reveal: to }
  }
  if (key === 'Tab') return undefined
  const to = move({ key: by > 0 ? 'ArrowDown' : 'ArrowUp', ctrl: false }, activeOf(range), extent)
  return to && moved(to)
}

function wholeLines(lines: 'rows' | 'columns', range: Range, { rows, columns }: Extent): Moved {
  const { anchor, head } = range
  const active = activeOf(range)
  const whole =
    lines === 'columns'
      ? { anchor: { row: 0, column: anchor.column }, head: { row: rows - 1, column: head.column } }
      : { anchor: { row: anchor.row, column: 0 }, head: { row: head.row, column: columns - 1 } }
  return { range: { ...whole, active }, how: 'change', reveal: active }
}
