import type { ChunkProjection, DimProjection } from './projection'

/** Whether a projection names every item of a chunk; `shape` is the chunk's, clipped to the array. */
export function coversChunk(projection: ChunkProjection, shape: readonly number[]): boolean {
  if (projection.kind === 'box') return projection.dims.every((dim, k) => distinct(dim) === shape[k])
  const items = shape.reduce((n, length) => n * length, 1)
  return projection.chunk.length >= items && new Set(projection.chunk).size === items
}

const distinct = (dim: DimProjection): number => (dim.kind === 'run' ? dim.count : new Set(dim.chunk).size)
