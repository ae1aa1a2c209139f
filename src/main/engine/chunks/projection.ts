/**
 * The part of a selection that one chunk answers. All numbers count items.
 *
 * Per array dimension, `chunk` says which indices inside the chunk are wanted and `out` where they go in the result:
 * either an arithmetic run or explicit lists. Dropped dimensions (integers) have count 1 and outStride 0 in the output
 * layout, so scatter needs no special case.
 */
export interface RunProjection {
  kind: 'run'
  start: number
  step: number
  count: number
  /** Index in the output along this dimension of the first item; following items go one further each. */
  outStart: number
}
export interface ListProjection {
  kind: 'list'
  /** Indices inside the chunk and their places along the output dimension; equal lengths. */
  chunk: Uint32Array
  out: Float64Array
}
export type DimProjection = RunProjection | ListProjection

export interface BoxProjection {
  kind: 'box'
  /** Chunk grid coordinates. */
  coords: number[]
  dims: DimProjection[]
}
/** Pointwise: item `chunk[i]` (C-order offset inside the chunk) goes to item `out[i]` of the flat result. */
export interface PointProjection {
  kind: 'points'
  coords: number[]
  chunk: Float64Array
  out: Float64Array
}
export type ChunkProjection = BoxProjection | PointProjection
