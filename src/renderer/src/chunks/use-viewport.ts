import { useEffect, useMemo, useRef } from 'react'
import { clampViewport, fitViewport, type MapShape, type Size, type Viewport } from './map-layout'
import type { MapPainter } from './map-painter'

/** A viewport that has not moved for so long is remembered, and a finer part of the map is asked for. */
const REST_MS = 120

/**
 * The viewport while it moves: kept outside of React, painted at once, and told when it rests. `remembered` null is the
 * whole map.
 */
export function useViewport(
  remembered: Viewport | null,
  shape: MapShape,
  size: Size,
  painter: () => MapPainter | null,
  onRest: (view: Viewport | null) => void,
): { current: () => Viewport; move: (view: Viewport | null) => void } {
  const view = useRef<Viewport>(fitViewport(shape, size))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const rest = useRef(onRest)
  useEffect(() => {
    rest.current = onRest
  })
  useEffect(() => {
    view.current = remembered ? clampViewport(remembered, shape, size) : fitViewport(shape, size)
    painter()?.setView(view.current)
  }, [remembered, shape, size, painter])
  useEffect(() => () => clearTimeout(timer.current), [])
  return useMemo(
    () => ({
      current: () => view.current,
      move: (next) => {
        view.current = next ?? fitViewport(shape, size)
        painter()?.setView(view.current)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => rest.current(next), REST_MS)
      },
    }),
    [shape, size, painter],
  )
}
