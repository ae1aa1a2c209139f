import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import classes from './plot.module.css'
import type { PlotArea } from './frame-layout'
import { type Span, zoomSpan } from './window'

/** A place in the plot area as shares of its width and height, from its left upper corner. */
export interface FramePoint {
  x: number
  y: number
}

interface Props {
  /** Of the keys; see the title. */
  label: string
  /** Where the axes should lie; where they came to lie is measured when it matters. */
  area: PlotArea
  /** What is read at a place, null leaves the readout empty. */
  readout: (point: FramePoint) => ReactNode
  /** Shares of the plot area from one item to the next, for the arrow keys; null along an axis without items. */
  step: { x: number | null; y: number | null }
  /** Wanted part of what is shown now, as shares of it. */
  onZoom: (part: { x: Span; y: Span }) => void
  onReset: () => void
  children: ReactNode
}

const ZOOM = 0.7
const WHOLE: Span = { from: 0, to: 1 }

/**
 * Around a figure: reads values under the pointer, or at a cross that the arrow keys move from item to item; + and -
 * zoom around it, Shift and arrows move on, 0 shows all.
 */
export function PlotFrame({ label, area, readout, step, onZoom, onReset, children }: Props) {
  const [point, setPoint] = useState<FramePoint | null>(null)
  const [byKeys, setByKeys] = useState(false)
  const [drawn, setDrawn] = useState(area)
  const root = useRef<HTMLDivElement>(null)

  const follow = (event: PointerEvent) => {
    const box = root.current?.getBoundingClientRect()
    if (!root.current || !box) return
    const at = measured(root.current) ?? area
    setDrawn(at)
    const x = (event.clientX - box.left - at.left) / at.width
    const y = (event.clientY - box.top - at.top) / at.height
    setByKeys(false)
    setPoint(x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : null)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = point ?? { x: 0.5, y: 0.5 }
    const zoom = (factor: number) => () =>
      onZoom({ x: zoomSpan(WHOLE, factor, at.x), y: zoomSpan(WHOLE, factor, at.y) })
    const pan = (x: number, y: number) => () =>
      onZoom({ x: { from: x, to: 1 + x }, y: { from: y, to: 1 + y } })
    const move = (x: number, y: number) => () => {
      setByKeys(true)
      setDrawn((root.current ? measured(root.current) : null) ?? area)
      setPoint({ x: inside(at.x + x * (step.x ?? 0)), y: inside(at.y + y * (step.y ?? 0)) })
    }
    const arrow = event.shiftKey ? (x: number, y: number) => pan(x * 0.25, y * 0.25) : move
    const keys: Record<string, (() => void) | undefined> = {
      '+': zoom(ZOOM),
      '=': zoom(ZOOM),
      '-': zoom(1 / ZOOM),
      '0': onReset,
      ArrowLeft: arrow(-1, 0),
      ArrowRight: arrow(1, 0),
      ArrowUp: arrow(0, -1),
      ArrowDown: arrow(0, 1),
      Escape: point ? () => setPoint(null) : undefined,
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div className={classes['frame']}>
      <div
        ref={root}
        className={classes['surface']}
        role="application"
        aria-label={label}
        title=""
        // The figure is moved and read by keys.
        tabIndex={0}
        onKeyDown={keyDown}
        onPointerMove={follow}
        onPointerLeave={() => {
          if (!byKeys) setPoint(null)
        }}
      >
        {children}
        {point && (
          <>
            <div
              className={classes['crossX']}
              style={{ left: drawn.left + point.x * drawn.width, top: drawn.top, height: drawn.height }}
            />
            <div
              className={classes['crossY']}
              style={{ top: drawn.top + point.y * drawn.height, left: drawn.left, width: drawn.width }}
            />
          </>
        )}
      </div>
      <output className={classes['readout']} aria-label="Value" aria-live={byKeys ? 'polite' : 'off'}>
        {point ? readout(point) : <span className={classes['hint']}>{HINT}</span>}
      </output>
    </div>
  )
}

const HINT =
  'Point at the plot, or use its arrow keys, to read values; + and − zoom, Shift+arrows move, 0 shows all.'

const inside = (share: number): number => Math.min(1, Math.max(0, share))

/** Plotly names the element that takes drags over the axes; it covers exactly what lies between them. */
function measured(root: HTMLElement): PlotArea | null {
  const inner = root.querySelector('.nsewdrag')?.getBoundingClientRect()
  if (!inner || inner.width < 1 || inner.height < 1) return null
  const outer = root.getBoundingClientRect()
  const { width, height } = inner
  return { left: inner.left - outer.left, top: inner.top - outer.top, width, height }
}
