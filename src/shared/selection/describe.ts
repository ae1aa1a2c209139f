import type { DimIndices, DimSlice, Selection } from './selection'
import { product } from './counts'

const count = (dim: DimSlice | DimIndices): number => ('indices' in dim ? dim.indices.length : dim.count)

/** Shape of the result; dimensions given an integer are not part of it. */
export function selectionShape(selection: Selection): number[] {
  if (selection.kind === 'points') return [...selection.shape]
  return selection.dims.filter((dim) => 'indices' in dim || dim.drop !== true).map(count)
}

/** Number of items of the result; exact up to 2^53. */
export const selectionSize = (selection: Selection): number => product(selectionShape(selection))

/** A selection as text that parses to the same items; ":" where a dimension of `shape` is taken whole. */
export function formatSelection(selection: Selection, shape?: readonly number[]): string {
  if (selection.kind === 'points') return selection.indices.map(formatList).join(', ')
  if (selection.dims.length === 0) return '...'
  return selection.dims.map((dim, axis) => formatDim(dim, shape?.[axis])).join(', ')
}

function formatDim(dim: DimSlice | DimIndices, size: number | undefined): string {
  if ('indices' in dim) return formatList(dim.indices)
  const { start, step, count, drop } = dim
  if (drop === true) return String(start)
  if (count === 0) return '0:0'
  if (size !== undefined && start === 0 && step === 1 && count === size) return ':'
  const stop = start + step * (count - 1) + Math.sign(step)
  const by = step === 1 || count === 1 ? '' : `:${step}`
  if (count === 1) return `${start}:${start + 1}`
  return `${start}:${stop < 0 ? '' : stop}${by}`
}

const formatList = (indices: Float64Array): string => `[${indices.join(', ')}]`
