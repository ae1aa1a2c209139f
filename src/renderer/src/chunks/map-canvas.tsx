import { useComputedColorScheme } from '@mantine/core'
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react'
import type { MapAxes } from './axes'
import classes from './chunks.module.css'
import type { Scale } from './color-scale'
import { readColors } from './map-colors'
import { mapAction } from './map-keys'
import {
  cellAt,
  type CellPosition,
  clampViewport,
  type MapShape,
  revealCell,
  type Size,
  type Viewport,
  visibleCells,
  zoomAt,
} from './map-layout'
import { cellBox, type MapSource, placeOf } from './map-model'
import { MapPainter } from './map-painter'
import type { ColorMode, Projection } from './map-values'
import { useMapImage } from './use-map-image'
import { useViewport } from './use-viewport'

export interface MapHover {
  cell: CellPosition
  x: number
  y: number
}

export interface MapCanvasProps {
  source: MapSource
  shape: MapShape
  size: Size
  axes: MapAxes
  mode: ColorMode
  scale: Scale | null
  projection: Projection
  rawBytes: number
  /** Chunks that cannot be decoded, as "1,0,3", found by looking at them one by one. */
  corrupt: ReadonlyMap<string, string>
  view: Viewport | null
  /** The viewport has come to rest; null is the whole map. */
  onView: (view: Viewport | null) => void
  /** Grid coordinates of the selected chunk. */
  selected: readonly number[] | null
  onSelect: (cell: CellPosition | null) => void
  onOpen: () => void
  onHover: (hover: MapHover | null) => void
  /** "initialized 90/100", and what else is worth saying. */
  description: string
}

/** Pixels that Shift and an arrow pan by, and that a press may move before it is a drag. */
const PAN_STEP = 60
const DRAG_FROM = 4

/** The canvas of the chunk map: wheel and keys zoom, dragging pans, arrows move the selection. */
export const MapCanvas = memo(function MapCanvas(props: MapCanvasProps) {
  const { source, shape, size, axes, mode, scale, projection, rawBytes, corrupt, selected, onHover } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<MapPainter | null>(null)
  const hovered = useRef<CellPosition | null>(null)
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  const descriptionId = useId()
  const scheme = useComputedColorScheme()
  const colors = useMemo(() => ({ ...readColors(document.documentElement), scheme }), [scheme])
  const pixels = { mode, scale, projection, rawBytes, colors }
  const image = useMapImage(source.base, pixels)
  const detailImage = useMapImage(source.detail, pixels)
  const place = selected && placeOf(source.line, axes, selected)
  const bad = useMemo(
    () =>
      [...corrupt.keys()].flatMap((id) => {
        const coords = id === '' ? [] : id.split(',').map(Number)
        return placeOf(source.line, axes, coords) ?? []
      }),
    [corrupt, source.line, axes],
  )
  const getPainter = useCallback(() => painter.current, [])
  const viewport = useViewport(props.view, shape, size, getPainter, props.onView)

  useEffect(() => {
    if (!canvas.current) return
    painter.current = new MapPainter(canvas.current)
    painter.current.setView(viewport.current())
    return () => painter.current?.stop()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the canvas is the same as long as this is mounted
  }, [])

  const paint = (): void => {
    if (!image) return
    painter.current?.setScene({
      source,
      shape,
      size,
      image,
      detailImage,
      selected: place,
      hovered: hovered.current,
      bad,
      placeOf: (coords) => placeOf(source.line, axes, coords),
      byState: mode === 'state',
      colors,
    })
  }
  useEffect(paint)

  // Whoever selects a chunk, here or in a list, wants to see it.
  const [row, column] = [place?.row, place?.column]
  useEffect(() => {
    if (row === undefined || column === undefined) return
    const view = viewport.current()
    const next = revealCell(view, { row, column }, shape, size)
    if (next.x !== view.x || next.y !== view.y) viewport.move(next)
  }, [row, column, viewport, shape, size])

  function hover(cell: CellPosition | null, x: number, y: number): void {
    const before = hovered.current
    hovered.current = cell
    if (cell?.row !== before?.row || cell?.column !== before?.column) paint()
    onHover(cell && { cell, x, y })
  }

  // React listens to wheel events passively: then the page would scroll too.
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const onWheel = (e: WheelEvent): void => {
      e.preventDefault()
      const box = element.getBoundingClientRect()
      const factor = Math.exp(-Math.max(-150, Math.min(150, e.deltaY)) / 300)
      viewport.move(
        zoomAt(viewport.current(), factor, e.clientX - box.left, e.clientY - box.top, shape, size),
      )
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [viewport, shape, size])

  function onPointerMove(e: PointerEvent<HTMLCanvasElement>): void {
    const { x, y } = positionOf(e)
    const from = drag.current
    if (!from) return hover(cellAt(viewport.current(), shape, x, y), x, y)
    const [dx, dy] = [x - from.x, y - from.y]
    if (!from.moved && Math.hypot(dx, dy) < DRAG_FROM) return
    drag.current = { x, y, moved: true }
    hover(null, x, y)
    const view = viewport.current()
    viewport.move(clampViewport({ ...view, x: view.x + dx, y: view.y + dy }, shape, size))
  }

  function onPointerUp(e: PointerEvent<HTMLCanvasElement>): void {
    const { x, y } = positionOf(e)
    if (drag.current && !drag.current.moved) props.onSelect(cellAt(viewport.current(), shape, x, y))
    drag.current = null
  }

  function onKeyDown(e: KeyboardEvent): void {
    const view = viewport.current()
    const { firstRow, endRow } = visibleCells(view, shape, size)
    const action = mapAction(
      e,
      place && cellBox(source, shape, place),
      shape,
      Math.max(1, endRow - firstRow - 1),
    )
    if (!action) return
    e.preventDefault()
    if (action.kind === 'go') props.onSelect(action.to)
    else if (action.kind === 'pan') {
      const moved = { ...view, x: view.x - action.columns * PAN_STEP, y: view.y - action.rows * PAN_STEP }
      viewport.move(clampViewport(moved, shape, size))
    } else if (action.kind === 'zoom') {
      const { x, y } = place ? centre(view, place) : { x: size.width / 2, y: size.height / 2 }
      viewport.move(zoomAt(view, action.factor, x, y, shape, size))
    } else if (action.kind === 'fit') viewport.move(null)
    else if (action.kind === 'open') props.onOpen()
    else props.onSelect(null)
  }

  return (
    <>
      <canvas
        ref={canvas}
        className={classes['canvas']}
        role="img"
        aria-label="Chunk map"
        aria-describedby={descriptionId}
        tabIndex={0}
        style={{ width: size.width, height: size.height }}
        onPointerDown={(e) => {
          drag.current = { ...positionOf(e), moved: false }
          e.currentTarget.setPointerCapture(e.pointerId)
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => hover(null, 0, 0)}
        onDoubleClick={props.onOpen}
        onKeyDown={onKeyDown}
      />
      <span id={descriptionId} hidden>
        {props.description}
      </span>
    </>
  )
})

const centre = (view: Viewport, { row, column }: CellPosition): { x: number; y: number } => ({
  x: view.x + (column + 0.5) * view.sx,
  y: view.y + (row + 0.5) * view.sy,
})

function positionOf(e: PointerEvent<HTMLCanvasElement>): { x: number; y: number } {
  const box = e.currentTarget.getBoundingClientRect()
  return { x: e.clientX - box.left, y: e.clientY - box.top }
}
