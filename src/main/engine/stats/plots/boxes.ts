import { cellCount, product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ChunkGrid, GridAxis } from '../../chunks/grid'
import { pieces } from '../pieces'

/** Items of one box: some milliseconds of a thread. */
const BOX_ITEMS = 1_000_000
/** Chunks of one box, each of which answers on its own. */
const BOX_CHUNKS = 4096

export interface Boxes {
  boxes: Iterable<DimSlice[]>
  /** Items of all boxes. */
  items: number
  /** The boxes are evenly spread chunks, not the whole slice. */
  isSample: boolean
}

/** Chunks that a slice touches, per dimension; at most, where it steps over chunks. */
export const touchedChunks = (grid: ChunkGrid, dims: readonly DimSlice[]): number[] =>
  dims.map((dim, k) => (dim.count === 0 ? 0 : Math.min(dim.count, spanned(grid.axes[k]!, dim))))

/** Cuts a slice at chunk borders into boxes that are read and looked at in one go; no chunk is read twice. */
export function boxesOf(grid: ChunkGrid, dims: DimSlice[]): Iterable<DimSlice[]> {
  const items = cellCount(dims)
  const chunks = product(touchedChunks(grid, dims))
  const most = Math.max(1, Math.min(BOX_ITEMS, Math.floor((items / Math.max(1, chunks)) * BOX_CHUNKS)))
  return pieces(grid, dims, most)
}

/** The same, but of a slice with more items or chunks only evenly spread chunks, so that these limits hold. */
export function sampledBoxes(
  grid: ChunkGrid,
  dims: DimSlice[],
  limits: { items: number; chunks: number },
): Boxes {
  const total = cellCount(dims)
  const runs = dims.map((dim, k) => new Runs(grid.axes[k]!, dim))
  const all = cellCount(runs)
  if (total <= limits.items && all <= limits.chunks)
    return { boxes: boxesOf(grid, dims), items: total, isSample: false }
  const most = Math.max(1, Math.min(limits.chunks, Math.floor(limits.items / (total / all))))
  const taken = runs.map(({ count }) => count)
  while (product(taken) > most) {
    const largest = taken.indexOf(Math.max(...taken))
    taken[largest] = Math.floor(taken[largest]! / 2)
  }
  const chosen = runs.map((run, k) =>
    Array.from({ length: taken[k]! }, (_, i) => run.at(Math.floor(((i + 0.5) * run.count) / taken[k]!))),
  )
  const items = chosen.reduce((n, slices) => n * slices.reduce((sum, { count }) => sum + count, 0), 1)
  return { boxes: boxesOfRuns(grid, chosen), items, isSample: true }
}

function* boxesOfRuns(grid: ChunkGrid, chosen: readonly DimSlice[][]): Generator<DimSlice[]> {
  for (const box of combinations(chosen)) yield* boxesOf(grid, box)
}

function* combinations([first, ...rest]: readonly DimSlice[][]): Generator<DimSlice[]> {
  if (first === undefined) {
    yield []
    return
  }
  for (const slice of first) for (const tail of combinations(rest)) yield [slice, ...tail]
}

const spanned = (axis: GridAxis, { start, step, count }: DimSlice): number =>
  Math.abs(axis.chunkAt(start + (count - 1) * step) - axis.chunkAt(start)) + 1

/** The stretches of a dimension's slice that lie in one chunk each; single indices where it steps over chunks. */
class Runs {
  readonly count: number
  private readonly axis: GridAxis
  private readonly dim: DimSlice
  private readonly isSingle: boolean

  constructor(axis: GridAxis, dim: DimSlice) {
    this.axis = axis
    this.dim = dim
    const chunks = spanned(axis, dim)
    this.isSingle = dim.count <= chunks
    this.count = Math.min(dim.count, chunks)
  }

  at(run: number): DimSlice {
    const { axis, dim, isSingle } = this
    const { start, step, count, ...rest } = dim
    if (isSingle) return { ...rest, start: start + run * step, step, count: 1 }
    const chunk = axis.chunkAt(start) + run * Math.sign(step)
    const [low, high] = [axis.start(chunk), axis.start(chunk) + axis.size(chunk) - 1]
    const [near, far] = step > 0 ? [low, high] : [high, low]
    const from = Math.max(0, Math.ceil((near - start) / step))
    const to = Math.min(count - 1, Math.floor((far - start) / step))
    return { ...rest, start: start + from * step, step, count: Math.max(0, to - from + 1) }
  }
}
