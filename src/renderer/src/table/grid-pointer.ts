import { type PointerEvent, type RefObject, useRef } from 'react'
import { inRange, type Position, type Range } from './movement'
import type { ScaledAxis } from './use-scaled-axis'

/** Pixels of the sticky header row. */
export const HEADER_HEIGHT = 26

type Hit = (event: PointerEvent) => { zone: 'cell' | 'row' | 'column' | 'corner'; at: Position } | undefined

/** Which cell or header lies under the pointer, by arithmetic: the pointer may be captured or outside. */
export function useHit(parts: {
  scroller: RefObject<HTMLDivElement | null>
  down: ScaledAxis
  across: ScaledAxis
  rowHeadWidth: number
}): Hit {
  const { scroller, down, across, rowHeadWidth } = parts
  return (event) => {
    const element = scroller.current
    if (!element) return undefined
    const box = element.getBoundingClientRect()
    const x = event.clientX - box.left
    const y = event.clientY - box.top
    const row = down.virtualizer.getVirtualItemForOffset(element.scrollTop + Math.max(y, HEADER_HEIGHT))
    const column = across.virtualizer.getVirtualItemForOffset(element.scrollLeft + Math.max(x, rowHeadWidth))
    if (!row || !column) return undefined
    const at = { row: down.axis.base + row.index, column: across.axis.base + column.index }
    const zone =
      y < HEADER_HEIGHT ? (x < rowHeadWidth ? 'corner' : 'column') : x < rowHeadWidth ? 'row' : 'cell'
    return { zone, at }
  }
}

/** Click, drag and Shift+click on cells and headers. */
export function usePointer(parts: {
  hit: Hit
  rows: number
  columns: number
  range: Range
  onRange: (range: Range) => void
}) {
  const { hit, rows, columns, range, onRange } = parts
  const dragging = useRef<'cell' | 'row' | 'column' | 'corner' | null>(null)
  const select = (zone: 'cell' | 'row' | 'column' | 'corner', at: Position, anchor: Position) => {
    if (zone === 'cell') onRange({ anchor, head: at })
    else if (zone === 'row')
      onRange({ anchor: { row: anchor.row, column: columns - 1 }, head: { row: at.row, column: 0 } })
    else if (zone === 'column')
      onRange({ anchor: { row: rows - 1, column: anchor.column }, head: { row: 0, column: at.column } })
    else onRange({ anchor: { row: rows - 1, column: columns - 1 }, head: { row: 0, column: 0 } })
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      const on = hit(event)
      if (!on) return
      // A secondary click inside the selection keeps it for the context menu.
      if (event.button === 2 && inRange(range, on.at.row, on.at.column)) return
      if (event.button !== 0 && event.button !== 2) return
      if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
      dragging.current = event.button === 0 ? on.zone : null
      select(on.zone, on.at, event.shiftKey ? range.anchor : on.at)
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (!dragging.current) return
      const on = hit(event)
      if (on && (on.at.row !== range.head.row || on.at.column !== range.head.column))
        select(dragging.current, on.at, range.anchor)
    },
    onPointerUp: () => {
      dragging.current = null
    },
    onPointerCancel: () => {
      dragging.current = null
    },
  }
}
