import type { DimSlice } from '@shared/selection/selection'
import type { ChunkGrid } from '../chunks/grid'

/**
 * Cuts a basic selection into consecutive pieces of its result in C order, each of at most `maxItems` items (at least
 * one), so that a large result can be read and written in bounded memory. Cuts fall on chunk borders where that keeps
 * pieces at least half full, so that few chunks are read twice.
 */
export function* slabs(grid: ChunkGrid, dims: readonly DimSlice[], maxItems: number): Generator<DimSlice[]> {
  if (dims.some((d) => d.count === 0)) return
  // Dimensions behind the cut axis are taken whole, those before it one index at a time.
  let axis = dims.length
  let inner = 1
  while (axis > 0 && inner * dims[axis - 1]!.count <= maxItems) inner *= dims[--axis]!.count
  if (axis === 0) return yield [...dims]
  const cut = axis - 1
  const room = Math.max(1, Math.floor(maxItems / inner))
  for (const outer of indices(dims.slice(0, cut))) {
    const slice = dims[cut]!
    for (let done = 0; done < slice.count;) {
      const count = rows(grid, cut, slice, done, room)
      const piece = { ...slice, start: slice.start + done * slice.step, count }
      yield [...outer, piece, ...dims.slice(axis)]
      done += count
    }
  }
}

/** How many indices of the cut axis the next piece takes: all there is room for, less what would split a chunk. */
function rows(grid: ChunkGrid, axis: number, slice: DimSlice, done: number, room: number): number {
  const left = slice.count - done
  if (left <= room) return left
  const next = slice.start + (done + room) * slice.step
  const { start, size } = grid.axes[axis]!
  const chunk = grid.axes[axis]!.chunkAt(next)
  const border = slice.step > 0 ? start(chunk) : start(chunk) + size(chunk) - 1
  const excess = Math.ceil(Math.abs(next - border) / Math.abs(slice.step))
  return excess * 2 <= room ? room - excess : room
}

/** Every combination of single indices of these slices, each as a slice of one index that keeps its dimension. */
function* indices(dims: readonly DimSlice[]): Generator<DimSlice[]> {
  const [first, ...rest] = dims
  if (first === undefined) return yield []
  for (let i = 0; i < first.count; i++) {
    for (const tail of indices(rest))
      yield [{ ...first, start: first.start + i * first.step, count: 1 }, ...tail]
  }
}
