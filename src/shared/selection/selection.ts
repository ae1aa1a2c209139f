/**
 * One dimension of a basic selection, already normalised against the array's shape: `count` indices starting at
 * `start`, `step` apart (step may be negative, never 0). `drop` is true where an integer was given, so that the
 * dimension does not appear in the result.
 */
export interface DimSlice {
  start: number
  step: number
  count: number
  drop?: boolean
}

/** Indices along one dimension in any order, repeats allowed (orthogonal selection). */
export interface DimIndices {
  indices: Float64Array
}

/** A whole selection after normalisation; every index is inside the array. */
export type Selection =
  | { kind: 'basic'; dims: DimSlice[] }
  /** Orthogonal: each dimension on its own; the result's shape is the list of counts without dropped ones. */
  | { kind: 'orthogonal'; dims: (DimSlice | DimIndices)[] }
  /** Pointwise: one index array per dimension, all of the result's size; `shape` is the broadcast result shape. */
  | { kind: 'points'; indices: Float64Array[]; shape: number[] }
