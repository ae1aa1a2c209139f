import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { Position } from './movement'
import { inRange, type Range, rangeAt } from './ranges'
import type { ScaledAxis } from './use-scaled-axis'

type Zone = 'cell' | 'row' | 'column' | 'corner'
type Hit = (x: number, y: number) => { zone: Zone; at: Position } | undefined

interface Parts {
  scroller: RefObject<HTMLDivElement | null>
  down: ScaledAxis
  across: ScaledAxis
  rowHeadWidth: number
  headerHeight: number
}

/** Which cell or header lies under a point of the window, by arithmetic: the pointer may be captured or outside. */
export function useHit({ scroller, down, across, rowHeadWidth, headerHeight }: Parts): Hit {
  return (clientX, clientY) => {
    const element = scroller.current
    if (!element) return undefined
    const box = element.getBoundingClientRect()
    const x = Math.min(clientX - box.left, element.clientWidth - 1)
    const y = Math.min(clientY - box.top, element.clientHeight - 1)
    const row = down.virtualizer.getVirtualItemForOffset(element.scrollTop + Math.max(y, headerHeight))
    const column = across.virtualizer.getVirtualItemForOffset(element.scrollLeft + Math.max(x, rowHeadWidth))
    if (!row || !column) return undefined
    const at = { row: down.axis.base + row.index, column: across.axis.base + column.index }
    const zone =
      y < headerHeight ? (x < rowHeadWidth ? 'corner' : 'column') : x < rowHeadWidth ? 'row' : 'cell'
    return { zone, at }
  }
}

interface Options extends Parts {
  hit: Hit
  rows: number
  columns: number
  range: Range
  onRange: (range: Range, how: 'replace' | 'add' | 'change') => void
  /** Asked before a press does anything; false where an editor must stay. */
  onLeave: () => boolean
}

/** Click, drag with scrolling at the edges, Shift and Ctrl with a click, on cells and headers. */
export function usePointer(options: Options) {
  const { hit, range, onRange, onLeave } = options
  const dragging = useRef<Zone | null>(null)
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  const drag = (x: number, y: number): void => {
    const { hit: find, range: now, onRange: change } = latest.current
    const on = find(x, y)
    if (!on || !dragging.current) return
    const next = rangeOf(dragging.current, on.at, now.anchor, latest.current)
    if (next.head.row !== now.head.row || next.head.column !== now.head.column) change(next, 'change')
  }
  const edge = useEdgeScroll(options.scroller, options, drag)
  const stop = (): void => {
    dragging.current = null
    edge.stop()
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      const on = hit(event.clientX, event.clientY)
      if (!on || (event.button !== 0 && event.button !== 2)) return
      if (!onLeave()) return event.preventDefault()
      // A secondary click inside the selection keeps it for the context menu.
      if (event.button === 2 && inRange(range, on.at.row, on.at.column)) return
      if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
      dragging.current = event.button === 0 ? on.zone : null
      const extend = event.shiftKey && event.button === 0
      const next = rangeOf(on.zone, on.at, extend ? range.anchor : on.at, options)
      onRange(next, extend ? 'change' : event.ctrlKey || event.metaKey ? 'add' : 'replace')
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (!dragging.current) return
      drag(event.clientX, event.clientY)
      edge.follow(event.clientX, event.clientY, dragging.current)
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  }
}

/** The range from where a press began to where it is now; headers stand for whole rows and columns. */
function rangeOf(zone: Zone, at: Position, anchor: Position, options: Options): Range {
  const last = { row: options.rows - 1, column: options.columns - 1 }
  const first = { row: options.down.first, column: options.across.first }
  switch (zone) {
    case 'cell':
      return { ...rangeAt(anchor), head: at }
    // The focus stays where it can be seen.
    case 'row':
      return {
        anchor: { row: anchor.row, column: 0 },
        head: { row: at.row, column: last.column },
        active: { row: anchor.row, column: first.column },
      }
    case 'column':
      return {
        anchor: { row: 0, column: anchor.column },
        head: { row: last.row, column: at.column },
        active: { row: first.row, column: anchor.column },
      }
    case 'corner':
      return { anchor: { row: 0, column: 0 }, head: last, active: first }
  }
}

/** Share of the way beyond the edge that is scrolled in one frame. */
const SPEED = 0.25

/** While a drag is held beyond an edge, scrolls there and goes on dragging. */
function useEdgeScroll(
  scroller: RefObject<HTMLDivElement | null>,
  { rowHeadWidth, headerHeight }: Pick<Parts, 'rowHeadWidth' | 'headerHeight'>,
  drag: (x: number, y: number) => void,
) {
  const frame = useRef(0)
  const stop = (): void => {
    cancelAnimationFrame(frame.current)
    frame.current = 0
  }
  useEffect(() => stop, [])
  const follow = (x: number, y: number, zone: Zone): void => {
    stop()
    const step = (): void => {
      const element = scroller.current
      if (!element) return
      const box = element.getBoundingClientRect()
      const across = zone === 'row' ? 0 : beyond(x, box.left + rowHeadWidth, box.left + element.clientWidth)
      const down = zone === 'column' ? 0 : beyond(y, box.top + headerHeight, box.top + element.clientHeight)
      if (across === 0 && down === 0) return
      element.scrollBy(across * SPEED, down * SPEED)
      drag(x, y)
      frame.current = requestAnimationFrame(step)
    }
    step()
  }
  return { follow, stop }
}

const beyond = (at: number, low: number, high: number): number =>
  at < low ? Math.min(-4, at - low) : at > high ? Math.max(4, at - high) : 0
