import type { ChunkMap } from '@shared/model/chunk-map'
import type { Rgb } from './color-scale'
import {
  type CellPosition,
  MARGIN,
  type MapShape,
  type Size,
  tickStep,
  type Viewport,
  visibleCells,
} from './map-layout'

/** Colours of the map as the theme has them. */
export interface MapColors {
  background: string
  border: string
  text: string
  hatch: string
  accent: string
  danger: string
  stored: Rgb
}

/** Reads the colours from the custom properties of the page. */
export function readColors(element: Element): MapColors {
  const style = getComputedStyle(element)
  const color = (name: string): string => style.getPropertyValue(`--zs-${name}`).trim()
  return {
    background: color('bg'),
    border: color('border-strong'),
    text: color('dim'),
    hatch: color('hatch'),
    accent: color('text'),
    danger: color('danger'),
    stored: parseHex(color('stored')),
  }
}

function parseHex(text: string): Rgb {
  const n = Number.parseInt(text.slice(1), 16)
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255]
}

export interface MapScene {
  map: ChunkMap
  shape: MapShape
  view: Viewport
  size: Size
  /** One pixel per cell. */
  image: CanvasImageSource
  selected: CellPosition | null
  hovered: CellPosition | null
  /** Cells known to hold a chunk that cannot be decoded. */
  corrupt: readonly CellPosition[]
  /** Single dimension wrapped into lines: the row labels count through. */
  wrapped: boolean
}

/** From this size on cells are drawn apart. */
const GAP_FROM = 7

/** Draws the whole map; the context is scaled to CSS pixels already. */
export function paintMap(ctx: CanvasRenderingContext2D, scene: MapScene, colors: MapColors): void {
  const { size, shape, view } = scene
  ctx.clearRect(0, 0, size.width, size.height)
  ctx.save()
  ctx.beginPath()
  ctx.rect(MARGIN.left, MARGIN.top, size.width - MARGIN.left, size.height - MARGIN.top)
  ctx.clip()
  paintMissing(ctx, scene, colors)
  ctx.imageSmoothingEnabled = view.sx < 1 || view.sy < 1
  ctx.drawImage(scene.image, view.x, view.y, shape.columns * view.sx, shape.rows * view.sy)
  if (Math.min(view.sx, view.sy) >= GAP_FROM) paintGaps(ctx, scene, colors)
  paintShards(ctx, scene, colors)
  for (const cell of scene.corrupt) paintCross(ctx, view, cell, colors.danger)
  if (scene.hovered) paintOutline(ctx, view, scene.hovered, colors.text, 1)
  if (scene.selected) paintOutline(ctx, view, scene.selected, colors.accent, 2)
  ctx.restore()
  paintTicks(ctx, scene, colors)
}

let hatchCache: { color: string; pattern: CanvasPattern } | null = null

/** Diagonal lines: what is missing is told by form, not by colour alone. */
function hatching(ctx: CanvasRenderingContext2D, color: string): CanvasPattern | string {
  if (hatchCache?.color === color) return hatchCache.pattern
  const tile = document.createElement('canvas')
  tile.width = tile.height = 6
  const pen = tile.getContext('2d')
  if (!pen) return color
  pen.strokeStyle = color
  pen.lineWidth = 1
  pen.beginPath()
  for (const [x, y] of [
    [-1, 1],
    [0, 6],
    [5, 7],
  ] as const) {
    pen.moveTo(x, y)
    pen.lineTo(x === 0 ? 6 : x + 2, x === 0 ? 0 : y - 2)
  }
  pen.stroke()
  const pattern = ctx.createPattern(tile, 'repeat')
  if (!pattern) return color
  hatchCache = { color, pattern }
  return pattern
}

function paintMissing(ctx: CanvasRenderingContext2D, { shape, view }: MapScene, colors: MapColors): void {
  ctx.fillStyle = hatching(ctx, colors.hatch)
  const full = Math.floor(shape.count / shape.columns)
  ctx.fillRect(view.x, view.y, shape.columns * view.sx, full * view.sy)
  const rest = shape.count - full * shape.columns
  ctx.fillRect(view.x, view.y + full * view.sy, rest * view.sx, view.sy)
}

function paintGaps(ctx: CanvasRenderingContext2D, { shape, view, size }: MapScene, colors: MapColors): void {
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  ctx.strokeStyle = colors.background
  ctx.lineWidth = 1
  ctx.beginPath()
  for (let c = firstColumn; c <= endColumn; c++) {
    const x = Math.round(view.x + c * view.sx) + 0.5
    ctx.moveTo(x, view.y + firstRow * view.sy)
    ctx.lineTo(x, view.y + endRow * view.sy)
  }
  for (let r = firstRow; r <= endRow; r++) {
    const y = Math.round(view.y + r * view.sy) + 0.5
    ctx.moveTo(view.x + firstColumn * view.sx, y)
    ctx.lineTo(view.x + endColumn * view.sx, y)
  }
  ctx.stroke()
}

function paintShards(ctx: CanvasRenderingContext2D, scene: MapScene, colors: MapColors): void {
  const { map, shape, view, size, wrapped } = scene
  if (!map.shard) return
  const rows = wrapped ? 0 : map.shard.rows
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  ctx.strokeStyle = colors.text
  ctx.lineWidth = 2
  ctx.beginPath()
  const columns = map.shard.columns
  if (!wrapped && columns * view.sx >= 5) {
    for (let c = Math.ceil(firstColumn / columns) * columns; c <= endColumn; c += columns) {
      const x = Math.round(view.x + c * view.sx)
      ctx.moveTo(x, view.y + firstRow * view.sy)
      ctx.lineTo(x, view.y + endRow * view.sy)
    }
  }
  if (rows > 0 && rows * view.sy >= 5) {
    for (let r = Math.ceil(firstRow / rows) * rows; r <= endRow; r += rows) {
      const y = Math.round(view.y + r * view.sy) + 0.5
      ctx.moveTo(view.x + firstColumn * view.sx, y)
      ctx.lineTo(view.x + endColumn * view.sx, y)
    }
  }
  ctx.stroke()
}

function paintOutline(
  ctx: CanvasRenderingContext2D,
  view: Viewport,
  cell: CellPosition,
  color: string,
  width: number,
): void {
  ctx.strokeStyle = color
  ctx.lineWidth = width
  const x = Math.round(view.x + cell.column * view.sx)
  const y = Math.round(view.y + cell.row * view.sy)
  ctx.strokeRect(x + 0.5, y + 0.5, Math.max(3, view.sx), Math.max(3, view.sy))
}

function paintCross(ctx: CanvasRenderingContext2D, view: Viewport, cell: CellPosition, color: string): void {
  const x = view.x + cell.column * view.sx
  const y = view.y + cell.row * view.sy
  const [w, h] = [Math.max(5, view.sx), Math.max(5, view.sy)]
  ctx.strokeStyle = color
  ctx.lineWidth = 2
  ctx.beginPath()
  ctx.moveTo(x + w * 0.2, y + h * 0.2)
  ctx.lineTo(x + w * 0.8, y + h * 0.8)
  ctx.moveTo(x + w * 0.8, y + h * 0.2)
  ctx.lineTo(x + w * 0.2, y + h * 0.8)
  ctx.stroke()
}

/** Chunk indices along both axes. */
function paintTicks(ctx: CanvasRenderingContext2D, scene: MapScene, colors: MapColors): void {
  const { map, shape, view, size, wrapped } = scene
  ctx.fillStyle = colors.text
  ctx.font = '10px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace'
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  const columnStep = tickStep(view.sx / map.binColumns, 52)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'alphabetic'
  const firstTick = Math.ceil((firstColumn * map.binColumns) / columnStep) * columnStep
  for (let i = firstTick; i < endColumn * map.binColumns; i += columnStep) {
    const x = view.x + (i / map.binColumns) * view.sx
    if (x >= MARGIN.left - 1 && x < size.width - 20) ctx.fillText(String(i), x + 1, MARGIN.top - 6)
  }
  const perRow = wrapped ? shape.columns * map.binColumns : map.binRows
  const rowStep = wrapped ? tickStep(view.sy, 18) * perRow : tickStep(view.sy / perRow, 18)
  ctx.textAlign = 'right'
  ctx.textBaseline = 'middle'
  const firstRowTick = Math.ceil((firstRow * perRow) / rowStep) * rowStep
  for (let i = firstRowTick; i < endRow * perRow; i += rowStep) {
    const y = view.y + (i / perRow) * view.sy + Math.min(view.sy / 2, 8)
    if (y >= MARGIN.top && y < size.height - 4) ctx.fillText(String(i), MARGIN.left - 6, y)
  }
}
