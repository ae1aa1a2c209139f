import { SelectionError } from '../errors'
import type { DimIndices, DimSlice } from './selection'

/** A dimension as messages name it. */
export interface Dimension {
  axis: number
  size: number
  name?: string | null | undefined
}

const shown = ({ axis, name }: Dimension): string => `dimension ${axis}${name == null ? '' : ` ("${name}")`}`

/** An integer, negative from the end, as an index inside the dimension. Throws SelectionError outside of it. */
export function normalizeIndex(value: number, dimension: Dimension, position?: number): number {
  const { size } = dimension
  if (!Number.isInteger(value))
    throw new SelectionError(`${value} is not an integer; ${shown(dimension)} takes integers.`, position)
  const index = value < 0 ? value + size : value
  if (index >= 0 && index < size) return index + 0
  const range = size === 0 ? 'which is empty' : `whose size is ${size}`
  throw new SelectionError(`The index ${value} is out of bounds for ${shown(dimension)}, ${range}.`, position)
}

export const integerDim = (value: number, dimension: Dimension, position?: number): DimSlice => ({
  start: normalizeIndex(value, dimension, position),
  step: 1,
  count: 1,
  drop: true,
})

export const wholeDim = (size: number): DimSlice => ({ start: 0, step: 1, count: size })

/** A slice with Python's rules: bounds count from the end where negative and are clipped, the step may be negative. */
export function sliceDim(
  { start, stop, step }: { start: number | null; stop: number | null; step: number | null },
  size: number,
): DimSlice {
  const by = step ?? 1
  if (by === 0 || !Number.isInteger(by))
    throw new SelectionError('The step of a slice is an integer other than 0.')
  const [lowest, highest] = by > 0 ? [0, size] : [-1, size - 1]
  const clip = (bound: number | null, missing: number): number =>
    bound === null ? missing : Math.min(Math.max(bound < 0 ? bound + size : bound, lowest), highest)
  const first = clip(start, by > 0 ? lowest : highest)
  const end = clip(stop, by > 0 ? highest : lowest)
  const length = by > 0 ? end - first : first - end
  if (length <= 0) return { start: 0, step: 1, count: 0 }
  // Exact: both are integers below 2^53, so that the quotient cannot round up to the next integer.
  return { start: first, step: by, count: Math.floor((length - 1) / Math.abs(by)) + 1 }
}

/** Integers in any order, negative ones from the end, as indices inside the dimension. */
export const indicesDim = (
  values: ArrayLike<number>,
  dimension: Dimension,
  position?: number,
): DimIndices => ({
  indices: Float64Array.from(values, (value) => normalizeIndex(value, dimension, position)),
})

/** The places where a mask of the dimension's size is true. */
export function maskDim(
  values: ArrayLike<boolean | number>,
  dimension: Dimension,
  position?: number,
): DimIndices {
  if (values.length !== dimension.size) {
    throw new SelectionError(
      `A mask of ${values.length} values does not fit ${shown(dimension)}, whose size is ${dimension.size}.`,
      position,
    )
  }
  const indices: number[] = []
  for (let i = 0; i < values.length; i++) if (values[i]) indices.push(i)
  return { indices: Float64Array.from(indices) }
}
