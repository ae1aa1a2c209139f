import { useMemo } from 'react'
import type { PlotState } from './plot-state'
import { clampSpan, sameSpan, type Span, zoomSpan } from './window'

interface Axis {
  /** All there is. */
  outer: Span
  /** The narrowest that can be zoomed into. */
  least: number
}

export interface ZoomView {
  x: Span
  /** Null follows the values. */
  y: Span | null
  isZoomed: boolean
  /** Null shows all along an axis. */
  show: (x: Span | null, y: Span | null) => void
  zoomBy: (factor: number) => void
  reset: () => void
}

/**
 * What a person zoomed into, kept while the plot is of the same thing (`of`). A y axis that is null follows the values
 * until it is zoomed. The spans keep their identity while nothing changes.
 */
export function useZoom(state: PlotState, of: string, axes: { x: Axis; y: Axis | null }): ZoomView {
  const { zoom, set } = state
  const own = zoom?.of === of ? zoom : null
  const shownX = own?.x ? clampSpan(own.x, axes.x.outer, axes.x.least) : axes.x.outer
  const shownY = own?.y ? (axes.y ? clampSpan(own.y, axes.y.outer, axes.y.least) : own.y) : axes.y?.outer
  const x = useSpan(shownX.from, shownX.to) ?? shownX
  const y = useSpan(shownY?.from, shownY?.to)
  const show: ZoomView['show'] = (nextX, nextY) => {
    const next = { x: nextX && part(nextX, axes.x), y: nextY && part(nextY, axes.y) }
    set({ zoom: next.x === null && next.y === null ? null : { of, ...next } })
  }
  return {
    x,
    y,
    isZoomed: own !== null,
    show,
    zoomBy: (factor) => show(zoomSpan(x, factor), axes.y && y ? zoomSpan(y, factor) : (own?.y ?? null)),
    reset: () => set({ zoom: null }),
  }
}

const useSpan = (from: number | undefined, to: number | undefined): Span | null =>
  useMemo(() => (from === undefined || to === undefined ? null : { from, to }), [from, to])

/** Null where all is shown. */
function part(span: Span, axis: Axis | null): Span | null {
  if (!axis) return span
  const inside = clampSpan(span, axis.outer, axis.least)
  return sameSpan(inside, axis.outer) ? null : inside
}
