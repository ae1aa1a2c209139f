/**
 * Arithmetic of the chunk map: a rectangle of cells under a viewport. All lengths are CSS pixels; `x`, `y` is where the
 * top left corner of cell (0, 0) lies on the canvas.
 */
export interface MapShape {
  rows: number
  columns: number
  /** Cells there are; fewer than rows × columns where a single dimension is wrapped into lines. */
  count: number
}

export interface Viewport {
  /** Width and height of a cell. */
  sx: number
  sy: number
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

/** Room for indices at the left and the top. */
export const MARGIN = { left: 46, top: 20, right: 10, bottom: 10 }
const LARGEST_FIT = 48
const LARGEST = 96
/** Cells may be stretched this much to fill the room; beyond, the map would no longer look like a grid. */
const STRETCH = 4
/** A map that is a thousand times as long as it is wide would vanish: its cells are stretched to this length. */
const LEAST_SIDE = 12

const inner = ({ width, height }: Size): Size => ({
  width: Math.max(1, width - MARGIN.left - MARGIN.right),
  height: Math.max(1, height - MARGIN.top - MARGIN.bottom),
})

/** Lines for the cells of a single dimension, about as wide as the canvas is. */
export function wrapShape(count: number, size: Size): MapShape {
  const { width, height } = inner(size)
  const fitting = Math.floor(width / LARGEST_FIT)
  const square = Math.ceil(Math.sqrt((count * width) / height))
  const columns =
    count <= fitting ? count : Math.max(1, Math.min(count, roundLine(Math.max(fitting, square))))
  return { rows: Math.max(1, Math.ceil(count / columns)), columns, count }
}

/** The round number nearest to a line length, so that the indices at the left are easy to read. */
function roundLine(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length))
  const candidates = [1, 2, 2.5, 4, 5, 8, 10].map((m) => m * power).filter(Number.isInteger)
  const distance = (c: number): number => Math.abs(Math.log(c / length))
  return candidates.reduce((best, c) => (distance(c) < distance(best) ? c : best), length * 10)
}

/** The whole map, as large as it goes, at the top left. */
export function fitViewport(shape: MapShape, size: Size): Viewport {
  const { width, height } = inner(size)
  let sx = Math.min(LARGEST_FIT, width / shape.columns)
  let sy = Math.min(LARGEST_FIT, height / shape.rows)
  sx = Math.min(sx, Math.max(sy * STRETCH, LEAST_SIDE))
  sy = Math.min(sy, Math.max(sx * STRETCH, LEAST_SIDE))
  return { sx, sy, x: MARGIN.left, y: MARGIN.top }
}

/**
 * Zooms by a factor with the point (px, py) standing still. Both axes get the same factor as long as they can: the whole
 * map is the least, and cells of a fixed size are the most.
 */
export function zoomAt(
  view: Viewport,
  factor: number,
  px: number,
  py: number,
  shape: MapShape,
  size: Size,
): Viewport {
  const fit = fitViewport(shape, size)
  const bounded = (s: number, least: number): number => {
    const most = Math.max(least, LARGEST)
    return Math.min(most, Math.max(least, s * factor)) / s
  }
  const [fx, fy] = [bounded(view.sx, fit.sx), bounded(view.sy, fit.sy)]
  const moved = {
    sx: view.sx * fx,
    sy: view.sy * fy,
    x: px - (px - view.x) * fx,
    y: py - (py - view.y) * fy,
  }
  return clampViewport(moved, shape, size)
}

/** Keeps the map where it can be seen: no empty room beside it while more of it lies outside. */
export function clampViewport(view: Viewport, shape: MapShape, size: Size): Viewport {
  const room = inner(size)
  const clamp = (at: number, length: number, start: number, available: number): number =>
    length <= available ? start : Math.min(start, Math.max(start + available - length, at))
  return {
    ...view,
    x: clamp(view.x, shape.columns * view.sx, MARGIN.left, room.width),
    y: clamp(view.y, shape.rows * view.sy, MARGIN.top, room.height),
  }
}

export interface CellPosition {
  row: number
  column: number
}

/** The cell under a point; null beside the map. */
export function cellAt(view: Viewport, shape: MapShape, px: number, py: number): CellPosition | null {
  if (px < MARGIN.left || py < MARGIN.top) return null
  const column = Math.floor((px - view.x) / view.sx)
  const row = Math.floor((py - view.y) / view.sy)
  const inside = row >= 0 && column >= 0 && row < shape.rows && column < shape.columns
  return inside && row * shape.columns + column < shape.count ? { row, column } : null
}

/** The viewport moved just as far as it takes to see the cell. */
export function revealCell(view: Viewport, cell: CellPosition, shape: MapShape, size: Size): Viewport {
  const left = view.x + cell.column * view.sx
  const top = view.y + cell.row * view.sy
  const shift = (at: number, length: number, start: number, end: number): number =>
    at < start ? start - at : at + length > end ? end - at - length : 0
  return clampViewport(
    {
      ...view,
      x: view.x + shift(left, view.sx, MARGIN.left, size.width - MARGIN.right),
      y: view.y + shift(top, view.sy, MARGIN.top, size.height - MARGIN.bottom),
    },
    shape,
    size,
  )
}

/** Cells at least partly on the canvas, ends exclusive. */
export function visibleCells(view: Viewport, shape: MapShape, size: Size) {
  const first = (start: number, at: number, s: number): number => Math.max(0, Math.floor((start - at) / s))
  const last = (end: number, at: number, s: number, n: number): number =>
    Math.min(n, Math.ceil((end - at) / s))
  return {
    firstColumn: first(MARGIN.left, view.x, view.sx),
    endColumn: last(size.width, view.x, view.sx, shape.columns),
    firstRow: first(MARGIN.top, view.y, view.sy),
    endRow: last(size.height, view.y, view.sy, shape.rows),
  }
}

/** A part of the layout, in places. */
export interface MapWindow {
  row: number
  rows: number
  column: number
  columns: number
}

/** A cell of a coarse map may be this large on screen before a finer one is wanted. */
const COARSE_PIXELS = 3
/** Windows lie on a raster of about so many pixels, so that panning a little does not ask again. */
const RASTER_PIXELS = 128

/** The window to ask for where the cells of a map, `binRows` × `binColumns` places, are too coarse; null otherwise. */
export function finerWindow(
  bins: { binRows: number; binColumns: number },
  view: Viewport,
  shape: MapShape,
  size: Size,
): MapWindow | null {
  const tall = bins.binRows > 1 && bins.binRows * view.sy > COARSE_PIXELS
  const wide = bins.binColumns > 1 && bins.binColumns * view.sx > COARSE_PIXELS
  if (!tall && !wide) return null
  const { firstRow, endRow, firstColumn, endColumn } = visibleCells(view, shape, size)
  const rows = rastered(firstRow, endRow, shape.rows, view.sy)
  const columns = rastered(firstColumn, endColumn, shape.columns, view.sx)
  return { row: rows.start, rows: rows.length, column: columns.start, columns: columns.length }
}

function rastered(first: number, end: number, n: number, pixels: number): { start: number; length: number } {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(RASTER_PIXELS / pixels)))
  const start = Math.floor(first / step) * step
  return { start, length: Math.min(n, Math.ceil(end / step) * step) - start }
}

/** A step of 1, 2 or 5 times a power of ten, so that labels are at least `gap` pixels apart. */
export function tickStep(pixelsPerIndex: number, gap: number): number {
  const least = gap / pixelsPerIndex
  if (least <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].find((m) => m * power >= least) ?? 10
  return step * power
}
