import type { MapScene } from './map-scene'
import { MARGIN, tickStep, type Viewport, visibleCells } from './map-layout'

/** Chunk indices along both axes; lines of a single dimension are counted through. */
export function paintTicks(ctx: CanvasRenderingContext2D, scene: MapScene, view: Viewport): void {
  const { shape, size, source, colors } = scene
  const perRow = source.line ?? 1
  ctx.fillStyle = colors.dim
  ctx.font = '10px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace'
  const { firstColumn, endColumn, firstRow, endRow } = visibleCells(view, shape, size)
  // Large numbers need more room.
  const digits = String(shape.columns).length
  const columnStep = tickStep(view.sx, Math.max(52, digits * 8))
  ctx.textAlign = 'left'
  ctx.textBaseline = 'alphabetic'
  for (let i = Math.ceil(firstColumn / columnStep) * columnStep; i < endColumn; i += columnStep) {
    const x = view.x + i * view.sx
    if (x >= MARGIN.left - 1 && x < size.width - 20) ctx.fillText(String(i), x + 1, MARGIN.top - 6)
  }
  const rowStep = tickStep(view.sy, 18)
  ctx.textAlign = 'right'
  ctx.textBaseline = 'middle'
  for (let i = Math.ceil(firstRow / rowStep) * rowStep; i < endRow; i += rowStep) {
    const y = view.y + i * view.sy + Math.min(view.sy / 2, 8)
    if (y >= MARGIN.top && y < size.height - 4) ctx.fillText(label(i * perRow), MARGIN.left - 6, y)
  }
}

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 })

/** The margin has room for six digits. */
const label = (index: number): string => (index < 1_000_000 ? String(index) : COMPACT.format(index))
