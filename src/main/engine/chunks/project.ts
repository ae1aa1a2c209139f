import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import type { ChunkGrid, GridAxis } from './grid'
import { groupEqual } from './group-equal'
import type { BoxProjection, ChunkProjection, DimProjection, PointProjection } from './projection'

/**
 * Selection × chunk grid → what each chunk gives to the result, one chunk at a time.
 *
 * Only chunks that hold a selected item are named, each once, and nothing is computed before it is asked for: a step
 * of a million over 10^12 rows costs as much as the chunks it meets. Where a selection names an item more than once,
 * its places appear in the selection's own order, so that a write in this order leaves the last value.
 *
 * @param grid the chunks of the array (for sharded arrays its inner chunks, see `innerGrid`)
 * @param selection normalised against the array's shape
 */
export function project(grid: ChunkGrid, selection: Selection): Iterable<ChunkProjection> {
  return selection.kind === 'points' ? projectPoints(grid, selection) : projectBox(grid, selection.dims)
}

/** Shape of a selection's result and how its items are numbered: C order. */
export interface OutputLayout {
  shape: number[]
  /** Items from one place to the next, per dimension of the array; 0 where an integer dropped it. Points: [1]. */
  strides: number[]
  /** Items of the result. */
  items: number
}

/** The result that `project` fills: item (o0, o1, …) of a box lies at the sum of ok × strides[k], a point at its own number. */
export function outputLayout(selection: Selection): OutputLayout {
  if (selection.kind === 'points') {
    return { shape: [...selection.shape], strides: [1], items: product(selection.shape) }
  }
  const strides: number[] = selection.dims.map(() => 0)
  let items = 1
  for (let k = strides.length - 1; k >= 0; k--) {
    const dim = selection.dims[k]!
    if (isDropped(dim)) continue
    strides[k] = items
    items *= countOf(dim)
  }
  const shape = selection.dims.filter((dim) => !isDropped(dim)).map(countOf)
  return { shape, strides, items }
}

/** What one chunk index along one dimension contributes. */
interface AxisPart {
  chunk: number
  projection: DimProjection
}

function* projectBox(grid: ChunkGrid, dims: readonly (DimSlice | DimIndices)[]): Generator<BoxProjection> {
  if (dims.some((dim) => countOf(dim) === 0)) return
  const axes = dims.map((dim, k) => axisParts(grid.axes[k]!, dim))
  for (const parts of combinations(axes)) {
    yield { kind: 'box', coords: parts.map((part) => part.chunk), dims: parts.map((part) => part.projection) }
  }
}

function axisParts(axis: GridAxis, dim: DimSlice | DimIndices): Iterable<AxisPart> {
  if ('indices' in dim) return listParts(axis, dim.indices)
  return { [Symbol.iterator]: () => runParts(axis, dim) }
}

/** A run cut at chunk borders, in the direction it walks. */
function* runParts(axis: GridAxis, { start, step, count }: DimSlice): Generator<AxisPart> {
  for (let done = 0; done < count;) {
    const index = start + step * done
    const chunk = axis.chunkAt(index)
    const origin = axis.start(chunk)
    const border = step > 0 ? origin + axis.size(chunk) - 1 : origin
    const taken = Math.min(count - done, Math.floor((border - index) / step) + 1)
    yield { chunk, projection: { kind: 'run', start: index - origin, step, count: taken, outStart: done } }
    done += taken
  }
}

/** Indices in any order, brought together by chunk. */
function listParts(axis: GridAxis, indices: Float64Array): AxisPart[] {
  const chunks = indices.map((index) => axis.chunkAt(index))
  return groupEqual(chunks).map((places) => {
    const chunk = chunks[places[0]!]!
    const origin = axis.start(chunk)
    const inside = Uint32Array.from(places, (place) => indices[place]! - origin)
    return { chunk, projection: { kind: 'list', chunk: inside, out: Float64Array.from(places) } }
  })
}

/** Points in any order, brought together by chunk. */
function* projectPoints(
  grid: ChunkGrid,
  { indices, shape }: Extract<Selection, { kind: 'points' }>,
): Generator<PointProjection> {
  const numbers = chunkNumbers(grid, indices, product(shape))
  for (const places of groupEqual(numbers)) {
    const coords = indices.map((index, k) => grid.axes[k]!.chunkAt(index[places[0]!]!))
    const chunk = new Float64Array(places.length)
    coords.forEach((c, k) => {
      const axis = grid.axes[k]!
      const [origin, size, index] = [axis.start(c), axis.size(c), indices[k]!]
      for (let i = 0; i < places.length; i++) chunk[i] = chunk[i]! * size + (index[places[i]!]! - origin)
    })
    yield { kind: 'points', coords, chunk, out: Float64Array.from(places) }
  }
}

/**
 * One number per point that tells chunks apart: the chunk's C-order number while it is exact, or else a number among
 * the chunks met so far, of which there are no more than points.
 */
function chunkNumbers(grid: ChunkGrid, indices: readonly Float64Array[], count: number): Float64Array {
  let numbers = new Float64Array(count)
  let range = 1
  indices.forEach((index, k) => {
    const axis = grid.axes[k]!
    let chunks = index.map((i) => axis.chunkAt(i))
    let width = axis.chunks
    if (range * width > Number.MAX_SAFE_INTEGER) {
      ;[numbers, range] = renumber(numbers)
      ;[chunks, width] = renumber(chunks)
    }
    for (let i = 0; i < count; i++) numbers[i] = numbers[i]! * width + chunks[i]!
    range *= width
  })
  return numbers
}

/** Equal values get equal small numbers; returns them and how many there are. */
function renumber(values: Float64Array): [Float64Array<ArrayBuffer>, number] {
  const small = new Float64Array(values.length)
  const groups = groupEqual(values)
  groups.forEach((places, group) => {
    for (const place of places) small[place] = group
  })
  return [small, groups.length]
}

/** Every choice of one element from each list, the last list turning fastest. The array is reused between choices. */
function* combinations<T>(lists: readonly Iterable<T>[], chosen: T[] = []): Generator<readonly T[]> {
  const list = lists[chosen.length]
  if (list === undefined) {
    yield chosen
    return
  }
  for (const element of list) {
    chosen.push(element)
    yield* combinations(lists, chosen)
    chosen.pop()
  }
}

const countOf = (dim: DimSlice | DimIndices): number => ('indices' in dim ? dim.indices.length : dim.count)
const isDropped = (dim: DimSlice | DimIndices): boolean => !('indices' in dim) && dim.drop === true
const product = (shape: readonly number[]): number => shape.reduce((n, length) => n * length, 1)
