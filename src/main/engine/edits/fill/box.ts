import type { Edit } from '@shared/model/edits'
import { product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import { project } from '../../chunks/project'
import type { ZarrArray } from '../../nodes/array'
import type { Items } from '../../nodes/writing/cast-items'

/** A part of a region: places in the region, and the same as indices of the array. */
export interface Box {
  /** Place of its first cell in the region, per dimension of the array. */
  start: number[]
  count: number[]
  /** Slices of the array that it stands for. */
  dims: DimSlice[]
}

/** New items for the cells of a region, made where they are asked for, C order over the box. */
export interface BoxItems {
  /** Whether `present` is needed. */
  needsPresent: boolean
  read(box: Box, present: Items | undefined): Promise<Items>
}

export type Fill = Extract<Edit, { kind: 'fill' }>['fill']

/** The box of a region at places of it. */
export function boxOf(dims: readonly DimSlice[], places: readonly { start: number; count: number }[]): Box {
  return {
    start: places.map(({ start }) => start),
    count: places.map(({ count }) => count),
    dims: dims.map(({ start, step }, k) => ({
      start: start + places[k]!.start * step,
      step,
      count: places[k]!.count,
    })),
  }
}

/** The parts of a region that lie in one stored chunk each. */
export function* chunkBoxes({ grid }: ZarrArray, dims: readonly DimSlice[]): Generator<Box> {
  for (const projection of project(grid, { kind: 'basic', dims: [...dims] })) {
    if (projection.kind !== 'box') continue
    const places = projection.dims.map((dim) => {
      if (dim.kind === 'list') throw new TypeError('slices project to runs')
      return { start: dim.outStart, count: dim.count }
    })
    yield boxOf(dims, places)
  }
}

export const cellsOf = ({ count }: Pick<Box, 'count'>): number => product(count)

/** Numbers in the region, C order, of the cells of a box in its own C order. */
export function placesIn(region: readonly number[], { start, count }: Box): Float64Array {
  let numbers = Float64Array.of(0)
  region.forEach((length, k) => {
    const next = new Float64Array(numbers.length * count[k]!)
    let at = 0
    for (const base of numbers) for (let i = 0; i < count[k]!; i++) next[at++] = base * length + start[k]! + i
    numbers = next
  })
  return numbers
}

/** Calls with the array index of every cell of a box; the index is used again for the next one. */
export function indexIn({ dims }: Box): (cell: number) => number[] {
  const index = dims.map(() => 0)
  return (cell) => {
    for (let k = dims.length - 1; k >= 0; k--) {
      const { start, step, count } = dims[k]!
      index[k] = start + (cell % count) * step
      cell = Math.floor(cell / count)
    }
    return index
  }
}

/** A cell as people write it: "(3, 4)". */
export const cellName = (index: readonly number[]): string =>
  index.length === 1 ? `(${index[0]},)` : `(${index.join(', ')})`
