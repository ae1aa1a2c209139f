import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import classes from './chunks.module.css'
import {
  cellAt,
  type CellPosition,
  clampViewport,
  fitViewport,
  type MapShape,
  revealCell,
  type Size,
  type Viewport,
  visibleCells,
  wrapShape,
  zoomAt,
} from './map-layout'
import {
  type ColorMode,
  gridSize,
  type MapAxes,
  mapScale,
  type MapSource,
  type Projection,
} from './map-model'
import { paintMap, readColors } from './map-paint'
import { useMapImage } from './use-map-image'

export interface ChunkMapViewProps {
  source: MapSource
  axes: MapAxes
  mode: ColorMode
  projection: Projection
  rawBytes: number
  view: Viewport | null
  onView: (view: Viewport | null) => void
  /** Where the selected chunk and the undecodable ones are. */
  place: (shape: MapShape) => { selected: CellPosition | null; corrupt: CellPosition[] }
  onSelect: (shape: MapShape, cell: CellPosition | null) => void
  onOpen: () => void
  onHover: (
    hover: { shape: MapShape; cell: CellPosition; x: number; y: number; right: number } | null,
  ) => void
  /** "initialized 90/100", and what else is worth saying. */
  description: string
  /** Chunks on screen, once they are large enough to be told apart. */
  onVisible: (window: MapWindow | null) => void
}

export interface MapWindow {
  row: number
  rows: number
  column: number
  columns: number
}

/** From this size on single chunks are worth knowing; windows lie on a raster, so that panning does not ask again. */
const EXACT_FROM = 2
const RASTER = 128

/** The canvas of the chunk map: wheel and keys zoom, dragging pans, arrows move the selection. */
export function ChunkMapView(props: ChunkMapViewProps) {
  const { ref, width, height } = useElementSize()
  const size = useMemo<Size>(
    () => ({ width: Math.floor(width), height: Math.floor(height) }),
    [width, height],
  )
  return (
    <div className={classes['canvasBox']} ref={ref}>
      {size.width > 0 && size.height > 0 && <MapCanvas {...props} size={size} />}
    </div>
  )
}

function MapCanvas(props: ChunkMapViewProps & { size: Size }) {
  const { source, axes, size, view, onView, onHover, onVisible, place, mode, rawBytes } = props
  const { base, detail, wrapped } = source
  const canvas = useRef<HTMLCanvasElement>(null)
  const descriptionId = useId()
  const [hovered, setHovered] = useState<CellPosition | null>(null)
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  const scheme = useComputedColorScheme()
  const colors = useMemo(() => ({ ...readColors(document.documentElement), scheme }), [scheme])
  const { rows, columns } = gridSize(source, axes)
  const shape = useMemo<MapShape>(
    () => (wrapped ? wrapShape(columns, size) : { rows, columns, count: rows * columns }),
    [wrapped, rows, columns, size],
  )
  const shown = useMemo(
    () => (view ? clampViewport(view, shape, size) : fitViewport(shape, size)),
    [view, shape, size],
  )
  const scale = useMemo(
    () => (mode === 'state' ? null : mapScale(base, mode, rawBytes)),
    [base, mode, rawBytes],
  )
  const pixels = { mode, scale, projection: props.projection, rawBytes, stored: colors.stored }
  const image = useMapImage(base, wrapped ? shape : base, pixels)
  const detailImage = useMapImage(detail, detail ?? base, pixels)
  const { selected, corrupt } = place(shape)

  useEffect(() => {
    const element = canvas.current
    const ctx = element?.getContext('2d')
    if (!element || !ctx || !image) return
    const ratio = window.devicePixelRatio
    element.width = Math.round(size.width * ratio)
    element.height = Math.round(size.height * ratio)
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    paintMap(
      ctx,
      { source, shape, view: shown, size, image, detailImage, selected, hovered, corrupt },
      colors,
    )
  })

  const binned = !wrapped && (base.binRows > 1 || base.binColumns > 1)
  useEffect(() => {
    const large = Math.min(shown.sx, shown.sy) >= EXACT_FROM
    onVisible(binned && large ? rastered(shown, shape, size) : null)
  }, [binned, shown, shape, size, onVisible])

  // React listens to wheel events passively: then the page would scroll too.
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const onWheel = (e: WheelEvent): void => {
      e.preventDefault()
      const box = element.getBoundingClientRect()
      const factor = Math.exp(-Math.max(-150, Math.min(150, e.deltaY)) / 300)
      onView(zoomAt(shown, factor, e.clientX - box.left, e.clientY - box.top, shape, size))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [shown, shape, size, onView])

  function onPointerMove(e: PointerEvent<HTMLCanvasElement>): void {
    const box = e.currentTarget.getBoundingClientRect()
    const [x, y] = [e.clientX - box.left, e.clientY - box.top]
    if (drag.current) {
      const [dx, dy] = [x - drag.current.x, y - drag.current.y]
      if (!drag.current.moved && Math.hypot(dx, dy) < 4) return
      drag.current = { x, y, moved: true }
      onHover(null)
      onView(clampViewport({ ...shown, x: shown.x + dx, y: shown.y + dy }, shape, size))
      return
    }
    const cell = cellAt(shown, shape, x, y)
    if (cell?.row !== hovered?.row || cell?.column !== hovered?.column) setHovered(cell)
    onHover(cell && { shape, cell, x, y, right: size.width - x })
  }
  function onPointerUp(e: PointerEvent<HTMLCanvasElement>): void {
    const box = e.currentTarget.getBoundingClientRect()
    if (drag.current && !drag.current.moved) {
      props.onSelect(shape, cellAt(shown, shape, e.clientX - box.left, e.clientY - box.top))
    }
    drag.current = null
  }
  function move(by: CellPosition): void {
    const from = selected ?? { row: 0, column: 0 }
    const row = from.row + (selected ? by.row : 0)
    const column = from.column + (selected ? by.column : 0)
    const inside = row >= 0 && column >= 0 && row < shape.rows && column < shape.columns
    if (!inside || row * shape.columns + column >= shape.count) return
    props.onSelect(shape, { row, column })
    onView(view && revealCell(shown, { row, column }, shape, size))
  }
  function onKeyDown(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    const arrow = ARROWS[e.key]
    const zoom = (factor: number): void =>
      onView(zoomAt(shown, factor, size.width / 2, size.height / 2, shape, size))
    if (arrow && e.shiftKey)
      onView(
        clampViewport({ ...shown, x: shown.x - arrow.column * 60, y: shown.y - arrow.row * 60 }, shape, size),
      )
    else if (arrow) move(arrow)
    else if (e.key === '+' || e.key === '=') zoom(1.5)
    else if (e.key === '-') zoom(1 / 1.5)
    else if (e.key === '0') onView(null)
    else if (e.key === 'Enter') props.onOpen()
    else if (e.key === 'Escape') props.onSelect(shape, null)
    else return
    e.preventDefault()
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
          const box = e.currentTarget.getBoundingClientRect()
          drag.current = { x: e.clientX - box.left, y: e.clientY - box.top, moved: false }
          e.currentTarget.setPointerCapture(e.pointerId)
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => {
          setHovered(null)
          onHover(null)
        }}
        onDoubleClick={props.onOpen}
        onKeyDown={onKeyDown}
      />
      <span id={descriptionId} hidden>
        {props.description}
      </span>
    </>
  )
}

function rastered(view: Viewport, shape: MapShape, size: Size): MapWindow {
  const { firstRow, endRow, firstColumn, endColumn } = visibleCells(view, shape, size)
  const [row, column] = [firstRow, firstColumn].map((n) => Math.floor(n / RASTER) * RASTER) as [
    number,
    number,
  ]
  const length = (from: number, end: number, n: number): number =>
    Math.min(n, Math.ceil(end / RASTER) * RASTER) - from
  return {
    row,
    rows: length(row, endRow, shape.rows),
    column,
    columns: length(column, endColumn, shape.columns),
  }
}

const ARROWS: Record<string, CellPosition | undefined> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
}
