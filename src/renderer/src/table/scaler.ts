/**
 * Exact scrolling along an axis of up to 2^53 items, where a browser can lay out only some 33 million pixels.
 *
 * The page holds a *window* of at most WINDOW items that starts at `base`; scrolling works natively inside it. Near an
 * end of the window it is re-based: `base` moves and the scroll offset moves by the same number of pixels the other
 * way, so that what is on screen stays where it is. A proportional scrollbar and Go to jump by setting `base`.
 */
export const WINDOW = 20_000

export interface AxisWindow {
  /** Items on the axis. */
  total: number
  /** First item of the window. */
  base: number
  /** Items in the window. */
  count: number
}

export const fullWindow = (total: number): AxisWindow => ({ total, base: 0, count: Math.min(total, WINDOW) })

export const isWindowed = (axis: AxisWindow): boolean => axis.total > axis.count

/** The window that holds `first`..`first + visible` with room on both sides; the same object when it already does. */
export function windowAround(axis: AxisWindow, first: number, visible: number): AxisWindow {
  if (!isWindowed(axis)) return axis
  const margin = Math.min(WINDOW / 4, Math.max(visible * 4, WINDOW / 10))
  const last = axis.base + axis.count
  const roomBefore = first - axis.base >= margin || axis.base === 0
  const roomAfter = last - (first + visible) >= margin || last === axis.total
  if (roomBefore && roomAfter) return axis
  const centred = Math.floor(first + visible / 2 - axis.count / 2)
  const base = Math.max(0, Math.min(centred, axis.total - axis.count))
  return base === axis.base ? axis : { ...axis, base }
}

/** Where the thumb of a proportional scrollbar lies: fractions of the track. */
export function thumb(axis: AxisWindow, first: number, visible: number): { start: number; size: number } {
  const size = Math.min(1, Math.max(0.02, visible / Math.max(1, axis.total)))
  const scrollable = Math.max(1, axis.total - visible)
  return { size, start: (1 - size) * Math.min(1, first / scrollable) }
}

/** The first visible item for a thumb dragged to `start` (fraction of the track); both ends are exact. */
export function itemAtThumb(axis: AxisWindow, start: number, visible: number): number {
  const { size } = thumb(axis, 0, visible)
  const fraction = Math.min(1, Math.max(0, start / Math.max(1e-9, 1 - size)))
  return Math.round(fraction * Math.max(0, axis.total - visible))
}
