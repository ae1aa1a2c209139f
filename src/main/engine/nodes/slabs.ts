import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import type { ChunkGrid } from '../chunks/grid'

type Dim = DimSlice | DimIndices

/**
 * Cuts a selection into consecutive pieces of its result in C order, each of at most `maxItems` items (at least one),
 * so that a large result can be read and written in bounded memory. Cuts fall on chunk borders where that keeps pieces
 * at least half full, so that few chunks are read twice. An empty selection has no pieces.
 */
export function* slabs(grid: ChunkGrid, selection: Selection, maxItems: number): Generator<Selection> {
  if (selection.kind === 'points') {
    yield* pointSlabs(selection, maxItems)
    return
  }
  const { dims } = selection
  if (dims.some((dim) => lengthOf(dim) === 0)) return
  // Dimensions behind the cut axis are taken whole, those before it one index at a time.
  let axis = dims.length
  let inner = 1
  while (axis > 0 && inner * lengthOf(dims[axis - 1]!) <= maxItems) inner *= lengthOf(dims[--axis]!)
  if (axis === 0) {
    yield selection
    return
  }
  const cut = axis - 1
  const room = Math.max(1, Math.floor(maxItems / inner))
  for (const outer of eachIndex(dims.slice(0, cut))) {
    const dim = dims[cut]!
    for (let done = 0; done < lengthOf(dim);) {
      const count = 'indices' in dim ? room : rows(grid, cut, dim, done, room)
      const piece = part(dim, done, count)
      yield asSelection([...outer, piece, ...dims.slice(axis)])
      done += lengthOf(piece)
    }
  }
}

/** `count` places of a dimension's choice from `from` on, fewer at the end. */
export function part(dim: Dim, from: number, count: number): Dim {
  if ('indices' in dim) return { indices: dim.indices.subarray(from, from + count) }
  return { ...dim, start: dim.start + from * dim.step, count: Math.min(count, dim.count - from) }
}

/** One choice per dimension as a selection that keeps dimensions apart. */
export function asSelection(dims: Dim[]): Selection {
  const slices = dims.filter((dim): dim is DimSlice => !('indices' in dim))
  return slices.length === dims.length ? { kind: 'basic', dims: slices } : { kind: 'orthogonal', dims }
}

export const lengthOf = (dim: Dim): number => ('indices' in dim ? dim.indices.length : dim.count)

function* pointSlabs(selection: Selection & { kind: 'points' }, maxItems: number): Generator<Selection> {
  const total = selection.shape.reduce<number>((n, length) => n * length, 1)
  for (let from = 0; from < total; from += maxItems) {
    const indices = selection.indices.map((list) => list.subarray(from, from + maxItems))
    yield { kind: 'points', indices, shape: [Math.min(maxItems, total - from)] }
  }
}

/** How many indices of the cut axis the next piece takes: all there is room for, less what would split a chunk. */
function rows(grid: ChunkGrid, axis: number, slice: DimSlice, done: number, room: number): number {
  const left = slice.count - done
  if (left <= room) return left
  const next = slice.start + (done + room) * slice.step
  const chunks = grid.axes[axis]!
  const chunk = chunks.chunkAt(next)
  const border = slice.step > 0 ? chunks.start(chunk) : chunks.start(chunk) + chunks.size(chunk) - 1
  const excess = Math.ceil(Math.abs(next - border) / Math.abs(slice.step))
  return excess * 2 <= room ? room - excess : room
}

/** Every combination of single indices of these dimensions. */
function* eachIndex(dims: readonly Dim[]): Generator<Dim[]> {
  const [first, ...rest] = dims
  if (first === undefined) {
    yield []
    return
  }
  for (let i = 0; i < lengthOf(first); i++) {
    for (const tail of eachIndex(rest)) yield [part(first, i, 1), ...tail]
  }
}
