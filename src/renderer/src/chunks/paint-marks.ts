import type { ChunkMap } from '@shared/model/chunk-map'
import type { MapScene } from './map-scene'
import type { Box } from './map-model'
import { type Viewport, visibleCells } from './map-layout'

/** From this size on a mark fits into a cell. */
const MARK_FROM = 9
/** A single bad chunk among thousands must not vanish. */
const LEAST_CROSS = 5
/** Marks drawn at most. */
const MOST = 4000

/** Signs beside the colours: a cross where chunks cannot be decoded, a corner for edits, a ring for nothing but fill. */
export function paintMarks(ctx: CanvasRenderingContext2D, scene: MapScene, view: Viewport): void {
  const { source, colors, byState } = scene
  const map = source.detail ?? source.base
  for (const box of badShards(source.base, scene)) paintCross(ctx, view, box, colors.danger)
  for (const at of scene.bad) paintCross(ctx, view, { ...at, rows: 1, columns: 1 }, colors.danger)
  const { findings } = map
  if (!findings) return
  const width = map.binColumns * view.sx
  const height = map.binRows * view.sy
  const large = Math.min(width, height) >= MARK_FROM
  let left = MOST
  eachVisible(scene, view, map, (index, row, column) => {
    const { corrupt, edited, fillOnly } = findings
    const box = { row, column, rows: map.binRows, columns: map.binColumns }
    if (corrupt[index]) paintCross(ctx, view, box, large && byState ? colors.background : colors.danger)
    else if (edited[index]) {
      if (large) paintCorner(ctx, view, box, byState ? colors.background : colors.warning)
    } else if (large && byState && fillOnly[index] && fillOnly[index] === map.initialized[index]) {
      paintRing(ctx, view, box, colors.text)
    } else return true
    return --left > 0
  })
}

/** Shards that cannot be read, where chunks of two dimensions are laid out. */
function badShards({ unreadable = [], shard, binRows, binColumns }: ChunkMap, scene: MapScene): Box[] {
  if (!shard) return []
  return unreadable.flatMap(({ coords }) => {
    const at = scene.placeOf(coords)
    return at ? { ...at, rows: shard.rows * binRows, columns: shard.columns * binColumns } : []
  })
}

/** Visits the cells on screen with their first place, until told to stop. */
function eachVisible(
  { shape, size }: MapScene,
  view: Viewport,
  map: ChunkMap,
  visit: (index: number, row: number, column: number) => boolean,
): void {
  const origin = map.origin ?? { row: 0, column: 0 }
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  const last = (end: number, start: number, bin: number, n: number): number =>
    Math.min(n, Math.ceil((end - start) / bin))
  const top = Math.max(0, Math.floor((firstRow - origin.row) / map.binRows))
  const left = Math.max(0, Math.floor((firstColumn - origin.column) / map.binColumns))
  for (let r = top; r < last(endRow, origin.row, map.binRows, map.rows); r++)
    for (let c = left; c < last(endColumn, origin.column, map.binColumns, map.columns); c++)
      if (!visit(r * map.columns + c, origin.row + r * map.binRows, origin.column + c * map.binColumns))
        return
}

function paintCross(ctx: CanvasRenderingContext2D, view: Viewport, box: Box, color: string): void {
  const [w, h] = [Math.max(LEAST_CROSS, box.columns * view.sx), Math.max(LEAST_CROSS, box.rows * view.sy)]
  const x = view.x + (box.column + box.columns / 2) * view.sx - w / 2
  const y = view.y + (box.row + box.rows / 2) * view.sy - h / 2
  ctx.strokeStyle = color
  ctx.lineWidth = 2
  ctx.beginPath()
  ctx.moveTo(x + w * 0.25, y + h * 0.25)
  ctx.lineTo(x + w * 0.75, y + h * 0.75)
  ctx.moveTo(x + w * 0.75, y + h * 0.25)
  ctx.lineTo(x + w * 0.25, y + h * 0.75)
  ctx.stroke()
}

function paintCorner(ctx: CanvasRenderingContext2D, view: Viewport, box: Box, color: string): void {
  const right = view.x + (box.column + box.columns) * view.sx - 2
  const top = view.y + box.row * view.sy + 2
  const length = Math.min(10, (box.columns * view.sx) / 2, (box.rows * view.sy) / 2)
  ctx.fillStyle = color
  ctx.beginPath()
  ctx.moveTo(right - length, top)
  ctx.lineTo(right, top)
  ctx.lineTo(right, top + length)
  ctx.fill()
}

function paintRing(ctx: CanvasRenderingContext2D, view: Viewport, box: Box, color: string): void {
  const radius = Math.min(5, (Math.min(box.columns * view.sx, box.rows * view.sy) - 4) / 2)
  ctx.strokeStyle = color
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.arc(
    view.x + (box.column + box.columns / 2) * view.sx,
    view.y + (box.row + box.rows / 2) * view.sy,
    radius,
    0,
    2 * Math.PI,
  )
  ctx.stroke()
}
