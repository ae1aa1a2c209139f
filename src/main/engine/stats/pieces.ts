import { cellCount, product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ChunkGrid } from '../chunks/grid'

/** Chunks that one box touches at most: each has a part of its own in what is read. */
const MAX_CHUNKS = 2 ** 16

/**
 * Cuts a basic selection into boxes of at most `maxItems` items, in any order: at chunk borders while a box touches
 * several chunks, so that no chunk is read twice, and only then inside a chunk.
 */
export function* pieces(grid: ChunkGrid, dims: DimSlice[], maxItems: number): Generator<DimSlice[]> {
  const items = cellCount(dims)
  if (items === 0) return
  const touched = chunksTouched(grid, dims)
  if (items <= maxItems && product(touched) <= MAX_CHUNKS) {
    yield dims
    return
  }
  const { axis, at } = halfway(grid, dims, touched)
  const dim = dims[axis]!
  const replaced = (half: DimSlice): DimSlice[] => dims.map((other, k) => (k === axis ? half : other))
  yield* pieces(grid, replaced({ ...dim, count: at }), maxItems)
  yield* pieces(grid, replaced({ ...dim, start: dim.start + at * dim.step, count: dim.count - at }), maxItems)
}

const chunksTouched = (grid: ChunkGrid, dims: readonly DimSlice[]): number[] =>
  dims.map(({ start, step, count }, k) => {
    const axis = grid.axes[k]!
    const from = axis.chunkAt(start)
    return count < 2 ? 1 : Math.min(count, Math.abs(axis.chunkAt(start + (count - 1) * step) - from) + 1)
  })

/** The axis that touches most chunks, and how many of its indices lie before the chunk border nearest its middle. */
function halfway(
  grid: ChunkGrid,
  dims: readonly DimSlice[],
  touched: readonly number[],
): { axis: number; at: number } {
  const most = Math.max(...touched)
  if (most === 1) {
    const axis = dims.reduce((best, { count }, k) => (count > dims[best]!.count ? k : best), 0)
    return { axis, at: Math.floor(dims[axis]!.count / 2) }
  }
  const axis = touched.indexOf(most)
  const { start, step, count } = dims[axis]!
  const chunks = grid.axes[axis]!
  const middle = start + Math.floor(count / 2) * step
  const chunk = chunks.chunkAt(middle)
  // Indices of the middle's own chunk go with the second half, unless the first would be empty then.
  const border = step > 0 ? chunks.start(chunk) : chunks.start(chunk) + chunks.size(chunk) - 1
  const before = Math.ceil(Math.abs(border - start) / Math.abs(step))
  const inFirstChunk = chunk === chunks.chunkAt(start)
  const end = step > 0 ? chunks.start(chunk) + chunks.size(chunk) : chunks.start(chunk) - 1
  return { axis, at: inFirstChunk ? Math.ceil(Math.abs(end - start) / Math.abs(step)) : before }
}
