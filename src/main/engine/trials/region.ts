import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import type { ZarrArray } from '../nodes/array'
import { asSelection } from '../nodes/slabs'
import { gridOf } from '../stats/shown-grid'
import { itemBytes } from './layouts'
import type { BoundPattern } from './patterns'
import { cutShape } from './sample-chunk'
import { takeSample, type TrialOptions } from './sample'

/** A box of the array. */
export interface Region {
  start: number[]
  shape: number[]
}

/**
 * The part of an array that a trial copy is made of: as much as the budget allows, around the first item of a typed
 * selection or else around a stored chunk.
 */
export async function regionOf(
  array: ZarrArray,
  budgetBytes: number,
  patterns: readonly BoundPattern[],
  options: TrialOptions,
): Promise<Region> {
  const whole = array.shape
  const shape = cutShape(whole, Math.max(1, Math.floor(budgetBytes / itemBytes(array))))
  if (shape.every((length, k) => length === whole[k])) return { start: whole.map(() => 0), shape }
  const wanted = firstItem(patterns) ?? (await storedItem(array, options)) ?? whole.map(() => 0)
  return { start: wanted.map((index, k) => Math.min(index, whole[k]! - shape[k]!)), shape }
}

/** Least index along each dimension of the first selection that takes anything. */
function firstItem(patterns: readonly BoundPattern[]): number[] | undefined {
  for (const { selection } of patterns) {
    const lists =
      selection?.kind === 'points'
        ? selection.indices
        : selection?.dims.map((dim) => ('indices' in dim ? dim.indices : Float64Array.from(ends(dim))))
    if (lists?.every((list) => list.length > 0))
      return lists.map((list) => list.reduce((least, index) => Math.min(least, index)))
  }
  return undefined
}

const ends = ({ start, step, count }: DimSlice): number[] =>
  count === 0 ? [] : [start, start + (count - 1) * step]

async function storedItem(array: ZarrArray, options: TrialOptions): Promise<number[] | undefined> {
  const { report } = await takeSample(array, { chunks: 1, budgetBytes: 1, seed: 0 }, options)
  const grid = gridOf(array)
  return report.coords[0]?.map((c, k) => grid.axes[k]!.start(c))
}

/** A selection of the whole array as far as it lies in the region, counted from the region's first item. */
export function clipped(selection: Selection, { start, shape }: Region): Selection {
  if (selection.kind === 'points') {
    const isInside = (i: number): boolean =>
      selection.indices.every((list, k) => list[i]! >= start[k]! && list[i]! < start[k]! + shape[k]!)
    const kept = Array.from(selection.indices[0] ?? [], (_, i) => i).filter(isInside)
    return {
      kind: 'points',
      indices: selection.indices.map((list, k) => Float64Array.from(kept, (i) => list[i]! - start[k]!)),
      shape: [kept.length],
    }
  }
  return asSelection(selection.dims.map((dim, k) => clippedDim(dim, start[k]!, shape[k]!)))
}

function clippedDim(dim: DimSlice | DimIndices, from: number, length: number): DimSlice | DimIndices {
  if ('indices' in dim) {
    const inside = dim.indices.filter((index) => index >= from && index < from + length)
    return { indices: inside.map((index) => index - from) }
  }
  const { step, count } = dim
  const start = dim.start - from
  // The steps at which the run enters and leaves the region.
  const [enter, leave] =
    step > 0
      ? [Math.ceil(-start / step), Math.floor((length - 1 - start) / step)]
      : [Math.ceil((start - length + 1) / -step), Math.floor(start / -step)]
  const [first, last] = [Math.max(0, enter), Math.min(count - 1, leave)]
  if (last < first) return { ...dim, start: 0, count: 0 }
  return { ...dim, start: start + first * step, count: last - first + 1 }
}
