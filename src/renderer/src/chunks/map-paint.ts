import type { ChunkMap } from '@shared/model/chunk-map'
import { cellBox } from './map-model'
import { type CellPosition, MARGIN, type Viewport, visibleCells } from './map-layout'
import type { MapScene } from './map-scene'
import { paintMarks } from './paint-marks'
import { paintTicks } from './paint-ticks'

/** From this size on cells are drawn apart. */
const GAP_FROM = 7

/** Draws the map; the context is scaled to CSS pixels already. */
export function paintMap(ctx: CanvasRenderingContext2D, scene: MapScene, view: Viewport): void {
  const { size, shape, source, colors } = scene
  const { base, detail } = source
  ctx.clearRect(0, 0, size.width, size.height)
  ctx.save()
  clip(ctx, MARGIN.left, MARGIN.top, size.width, size.height)
  // The last cell of a binned map reaches beyond the grid.
  clip(ctx, view.x, view.y, view.x + shape.columns * view.sx, view.y + shape.rows * view.sy)
  paintHatching(ctx, scene, view)
  paintPart(ctx, scene, view, base, scene.image)
  if (detail && scene.detailImage) {
    const origin = detail.origin ?? { row: 0, column: 0 }
    const left = view.x + origin.column * view.sx
    const top = view.y + origin.row * view.sy
    const right = left + detail.columns * detail.binColumns * view.sx
    const bottom = top + detail.rows * detail.binRows * view.sy
    ctx.save()
    clip(ctx, Math.max(0, left), Math.max(0, top), Math.min(size.width, right), Math.min(size.height, bottom))
    ctx.clearRect(0, 0, size.width, size.height)
    paintHatching(ctx, scene, view)
    paintPart(ctx, scene, view, detail, scene.detailImage)
    ctx.restore()
  }
  const known = detail ?? base
  if (known.binRows === 1 && known.binColumns === 1 && Math.min(view.sx, view.sy) >= GAP_FROM)
    paintGaps(ctx, scene, view)
  ctx.restore()

  ctx.save()
  clip(ctx, MARGIN.left - 2, MARGIN.top - 2, size.width, size.height)
  paintShards(ctx, scene, view)
  paintMarks(ctx, scene, view)
  if (scene.hovered) paintOutline(ctx, view, cellBox(source, shape, scene.hovered), colors.text, 1)
  if (scene.selected) paintOutline(ctx, view, { ...scene.selected, rows: 1, columns: 1 }, colors.text, 2)
  ctx.restore()
  paintTicks(ctx, scene, view)
}

function clip(ctx: CanvasRenderingContext2D, left: number, top: number, right: number, bottom: number): void {
  ctx.beginPath()
  ctx.rect(left, top, right - left, bottom - top)
  ctx.clip()
}

/** Only the cells on screen: places of a map of 10^12 chunks lie farther away than a canvas can count. */
function paintPart(
  ctx: CanvasRenderingContext2D,
  { shape, size }: MapScene,
  view: Viewport,
  map: ChunkMap,
  image: CanvasImageSource,
): void {
  const origin = map.origin ?? { row: 0, column: 0 }
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  const cells = (first: number, end: number, start: number, bin: number, n: number): [number, number] => [
    Math.max(0, Math.floor((first - start) / bin)),
    Math.min(n, Math.ceil((end - start) / bin)),
  ]
  const [left, right] = cells(firstColumn, endColumn, origin.column, map.binColumns, map.columns)
  const [top, bottom] = cells(firstRow, endRow, origin.row, map.binRows, map.rows)
  if (right <= left || bottom <= top) return
  const [width, height] = [map.binColumns * view.sx, map.binRows * view.sy]
  ctx.imageSmoothingEnabled = width < 1 || height < 1
  ctx.drawImage(
    image,
    left,
    top,
    right - left,
    bottom - top,
    view.x + origin.column * view.sx + left * width,
    view.y + origin.row * view.sy + top * height,
    (right - left) * width,
    (bottom - top) * height,
  )
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

/** Under every place that there is; the last line of a map in lines may be short. */
function paintHatching(
  ctx: CanvasRenderingContext2D,
  { shape, size, colors }: MapScene,
  view: Viewport,
): void {
  ctx.fillStyle = hatching(ctx, colors.hatch)
  const full = Math.floor(shape.count / shape.columns)
  const bottom = Math.min(size.height, view.y + full * view.sy)
  ctx.fillRect(0, 0, size.width, bottom)
  const right = Math.min(size.width, view.x + (shape.count - full * shape.columns) * view.sx)
  ctx.fillRect(0, bottom, right, Math.min(size.height, view.sy))
}

function paintGaps(ctx: CanvasRenderingContext2D, { shape, size, colors }: MapScene, view: Viewport): void {
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  ctx.strokeStyle = colors.background
  ctx.lineWidth = 1
  paintGrid(ctx, view, {
    top: view.y + firstRow * view.sy,
    bottom: view.y + endRow * view.sy,
    left: view.x + firstColumn * view.sx,
    right: view.x + endColumn * view.sx,
    columns: range(firstColumn, endColumn, 1),
    rows: range(firstRow, endRow, 1),
  })
}

function paintShards(
  ctx: CanvasRenderingContext2D,
  { shape, size, source, colors }: MapScene,
  view: Viewport,
): void {
  const { base } = source
  if (!base.shard) return
  // Given in cells, which may be several chunks.
  const rows = base.shard.rows * base.binRows
  const columns = base.shard.columns * base.binColumns
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  ctx.strokeStyle = colors.text
  ctx.lineWidth = 2
  paintGrid(ctx, view, {
    top: view.y + firstRow * view.sy,
    bottom: view.y + endRow * view.sy,
    left: view.x + firstColumn * view.sx,
    right: view.x + endColumn * view.sx,
    columns: columns * view.sx >= 5 ? range(firstColumn, endColumn, columns) : [],
    rows: rows * view.sy >= 5 ? range(firstRow, endRow, rows) : [],
  })
}

/** Multiples of a step from `first` to `end`, both included. */
function range(first: number, end: number, step: number): number[] {
  const found: number[] = []
  for (let i = Math.ceil(first / step) * step; i <= end; i += step) found.push(i)
  return found
}

function paintGrid(
  ctx: CanvasRenderingContext2D,
  view: Viewport,
  grid: { top: number; bottom: number; left: number; right: number; columns: number[]; rows: number[] },
): void {
  ctx.beginPath()
  for (const c of grid.columns) {
    const x = Math.round(view.x + c * view.sx) + 0.5
    ctx.moveTo(x, grid.top)
    ctx.lineTo(x, grid.bottom)
  }
  for (const r of grid.rows) {
    const y = Math.round(view.y + r * view.sy) + 0.5
    ctx.moveTo(grid.left, y)
    ctx.lineTo(grid.right, y)
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
