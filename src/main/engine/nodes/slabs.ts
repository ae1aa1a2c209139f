import { product } from '@shared/selection/counts'
import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import type { ChunkGrid, GridAxis } from '../chunks/grid'

type Dim = DimSlice | DimIndices

/** What one piece of a result may hold. */
export interface SlabLimits {
  items: number
  /** Chunks that a piece touches, each of which costs time and memory of its own however few items it gives. */
  chunks?: number
}

/**
 * Cuts a selection into consecutive pieces of its result in C order, each within the limits (but at least one item),
 * so that a large result can be read and written in bounded memory. Cuts fall on chunk borders where that keeps pieces
 * at least half full, so that few chunks are read twice. An empty selection has no pieces.
 */
export function* slabs(
  grid: ChunkGrid,
  selection: Selection,
  { items: maxItems, chunks: maxChunks = Infinity }: SlabLimits,
): Generator<Selection> {
  if (selection.kind === 'points') {
    yield* pointSlabs(selection, Math.min(maxItems, maxChunks))
    return
  }
  const { dims } = selection
  if (dims.some((dim) => lengthOf(dim) === 0)) return
  // Dimensions behind the cut axis are taken whole, those before it one index at a time.
  let axis = dims.length
  let [items, chunks] = [1, 1]
  for (; axis > 0; axis--) {
    const dim = dims[axis - 1]!
    const [moreItems, moreChunks] = [items * lengthOf(dim), chunks * touched(grid.axes[axis - 1]!, dim)]
    if (moreItems > maxItems || moreChunks > maxChunks) break
    ;[items, chunks] = [moreItems, moreChunks]
  }
  if (axis === 0) {
    yield selection
    return
  }
  const cut = axis - 1
  const room = Math.max(1, Math.floor(maxItems / items))
  const chunkRoom = Math.max(1, Math.floor(maxChunks / chunks))
  for (const outer of eachIndex(dims.slice(0, cut))) {
    const dim = dims[cut]!
    for (let done = 0; done < lengthOf(dim);) {
      const piece = part(dim, done, placesOf(grid.axes[cut]!, dim, done, room, chunkRoom))
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
  const total = product(selection.shape)
  for (let from = 0; from < total; from += maxItems) {
    const indices = selection.indices.map((list) => list.subarray(from, from + maxItems))
    yield { kind: 'points', indices, shape: [Math.min(maxItems, total - from)] }
  }
}

/** How many places of the cut axis the next piece takes. */
function placesOf(axis: GridAxis, dim: Dim, done: number, room: number, chunkRoom: number): number {
  if ('indices' in dim) return Math.min(room, chunkRoom)
  return rows(axis, dim, done, Math.min(room, withinChunks(axis, dim, done, chunkRoom)))
}

/** Chunks that a dimension's choice touches, at most. */
function touched(axis: GridAxis, dim: Dim): number {
  if ('indices' in dim) return Math.min(dim.indices.length, axis.chunks)
  const last = dim.start + (dim.count - 1) * dim.step
  return Math.min(dim.count, Math.abs(axis.chunkAt(last) - axis.chunkAt(dim.start)) + 1)
}

/** How many indices from `done` on lie in the next `count` chunks. */
function withinChunks(axis: GridAxis, { start, step }: DimSlice, done: number, count: number): number {
  const first = start + done * step
  const chunk = axis.chunkAt(first)
  const last = step > 0 ? Math.min(axis.chunks - 1, chunk + count - 1) : Math.max(0, chunk - count + 1)
  const border = step > 0 ? axis.start(last) + axis.size(last) - 1 : axis.start(last)
  // Steps that jump over chunks touch no more of them than there are indices.
  return Math.max(count, Math.floor(Math.abs(border - first) / Math.abs(step)) + 1)
}

/** How many indices of a slice the next piece takes: all there is room for, less what would split a chunk. */
function rows(axis: GridAxis, slice: DimSlice, done: number, room: number): number {
  const left = slice.count - done
  if (left <= room) return left
  const next = slice.start + (done + room) * slice.step
  const chunk = axis.chunkAt(next)
  const border = slice.step > 0 ? axis.start(chunk) : axis.start(chunk) + axis.size(chunk) - 1
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
