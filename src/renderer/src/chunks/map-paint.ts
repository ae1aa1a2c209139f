import type { ChunkMap } from '@shared/model/chunk-map'
import type { Rgb } from './color-scale'
import { cellBox, type MapSource } from './map-model'
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
  source: MapSource
  shape: MapShape
  view: Viewport
  size: Size
  /** One pixel per cell of the whole map, and of its exact part. */
  image: CanvasImageSource
  detailImage: CanvasImageSource | null
  selected: CellPosition | null
  hovered: CellPosition | null
  /** Places known to hold a chunk that cannot be decoded. */
  corrupt: readonly CellPosition[]
}

/** From this size on cells are drawn apart. */
const GAP_FROM = 7

/** Draws the whole map; the context is scaled to CSS pixels already. */
export function paintMap(ctx: CanvasRenderingContext2D, scene: MapScene, colors: MapColors): void {
  const { size, shape, view, source } = scene
  const { base, detail, wrapped } = source
  ctx.clearRect(0, 0, size.width, size.height)
  ctx.save()
  ctx.beginPath()
  ctx.rect(MARGIN.left, MARGIN.top, size.width - MARGIN.left, size.height - MARGIN.top)
  ctx.clip()
  // The last cell of a binned map reaches beyond the grid.
  ctx.beginPath()
  ctx.rect(view.x, view.y, shape.columns * view.sx, shape.rows * view.sy)
  ctx.clip()
  paintMissing(ctx, scene, colors)
  const [rows, columns] = wrapped
    ? [shape.rows, shape.columns]
    : [base.rows * base.binRows, base.columns * base.binColumns]
  const [binRows, binColumns] = wrapped ? [1, 1] : [base.binRows, base.binColumns]
  ctx.imageSmoothingEnabled = view.sx * binColumns < 1 || view.sy * binRows < 1
  ctx.drawImage(scene.image, view.x, view.y, columns * view.sx, rows * view.sy)
  if (detail?.origin && scene.detailImage)
    paintDetail(ctx, scene, detail, detail.origin, scene.detailImage, colors)
  const exact = wrapped || (base.binRows === 1 && base.binColumns === 1) || detail !== null
  if (exact && Math.min(view.sx, view.sy) >= GAP_FROM) paintGaps(ctx, scene, colors)
  ctx.restore()

  ctx.save()
  ctx.beginPath()
  ctx.rect(MARGIN.left - 2, MARGIN.top - 2, size.width - MARGIN.left + 2, size.height - MARGIN.top + 2)
  ctx.clip()
  paintShards(ctx, scene, colors)
  for (const at of scene.corrupt) paintCross(ctx, view, at, colors.danger)
  if (scene.hovered) paintOutline(ctx, view, cellBox(source, shape, scene.hovered), colors.text, 1)
  if (scene.selected) paintOutline(ctx, view, cellBox(source, shape, scene.selected), colors.accent, 2)
  ctx.restore()
  paintTicks(ctx, scene, colors)
}

function paintDetail(
  ctx: CanvasRenderingContext2D,
  scene: MapScene,
  detail: ChunkMap,
  origin: CellPosition,
  image: CanvasImageSource,
  colors: MapColors,
): void {
  const { view } = scene
  const x = view.x + origin.column * view.sx
  const y = view.y + origin.row * view.sy
  const width = detail.columns * detail.binColumns * view.sx
  const height = detail.rows * detail.binRows * view.sy
  ctx.clearRect(x, y, width, height)
  ctx.fillStyle = hatching(ctx, colors.hatch)
  ctx.fillRect(x, y, width, height)
  ctx.imageSmoothingEnabled = false
  ctx.drawImage(image, x, y, width, height)
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
  const { shape, view, size } = scene
  const { base, wrapped } = scene.source
  if (!base.shard || wrapped) return
  // Given in cells, which may be several chunks.
  const rows = base.shard.rows * base.binRows
  const columns = base.shard.columns * base.binColumns
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  ctx.strokeStyle = colors.text
  ctx.lineWidth = 2
  ctx.beginPath()
  if (columns * view.sx >= 5) {
    for (let c = Math.ceil(firstColumn / columns) * columns; c <= endColumn; c += columns) {
      const x = Math.round(view.x + c * view.sx)
      ctx.moveTo(x, view.y + firstRow * view.sy)
      ctx.lineTo(x, view.y + endRow * view.sy)
    }
  }
  if (rows * view.sy >= 5) {
    for (let r = Math.ceil(firstRow / rows) * rows; r <= endRow; r += rows) {
      const y = Math.round(view.y + r * view.sy)
      ctx.moveTo(view.x + firstColumn * view.sx, y)
      ctx.lineTo(view.x + endColumn * view.sx, y)
    }
  }
  ctx.stroke()
}

function paintOutline(
  ctx: CanvasRenderingContext2D,
  view: Viewport,
  box: CellPosition & { rows: number; columns: number },
  color: string,
  width: number,
): void {
  ctx.strokeStyle = color
  ctx.lineWidth = width
  const x = Math.round(view.x + box.column * view.sx)
  const y = Math.round(view.y + box.row * view.sy)
  ctx.strokeRect(x + 0.5, y + 0.5, Math.max(3, box.columns * view.sx), Math.max(3, box.rows * view.sy))
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
  const { shape, view, size, source } = scene
  // Lines of cells count through; along an axis every place is a chunk.
  const perColumn = source.wrapped ? source.base.binColumns : 1
  const perRow = source.wrapped ? shape.columns * perColumn : 1
  ctx.fillStyle = colors.text
  ctx.font = '10px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace'
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  const columnStep = tickStep(view.sx, 52)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'alphabetic'
  for (let i = Math.ceil(firstColumn / columnStep) * columnStep; i < endColumn; i += columnStep) {
    const x = view.x + i * view.sx
    if (x >= MARGIN.left - 1 && x < size.width - 20)
      ctx.fillText(String(i * perColumn), x + 1, MARGIN.top - 6)
  }
  const rowStep = tickStep(view.sy, 18)
  ctx.textAlign = 'right'
  ctx.textBaseline = 'middle'
  for (let i = Math.ceil(firstRow / rowStep) * rowStep; i < endRow; i += rowStep) {
    const y = view.y + i * view.sy + Math.min(view.sy / 2, 8)
    if (y >= MARGIN.top && y < size.height - 4) ctx.fillText(String(i * perRow), MARGIN.left - 6, y)
  }
}
