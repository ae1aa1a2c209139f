import type { ArrayDetail } from '@shared/model/node'
import { product } from '@shared/selection/counts'

/** Items of the array along a dimension that lie under a run of chunks, clipped to the array. */
export function axisRegion(
  array: ArrayDetail,
  dim: number,
  first: number,
  count: number,
): { start: number; length: number } {
  const edges = array.chunkEdges?.[dim]
  const size = array.shape[dim] ?? 1
  const sum = (n: number): number =>
    edges ? edges.slice(0, n).reduce((a, b) => a + b, 0) : n * (array.chunks[dim] ?? 1)
  const start = Math.min(size, sum(first))
  return { start, length: Math.min(size, sum(first + count)) - start }
}

/** Where a single chunk lies in the array. */
export function chunkRegion(
  array: ArrayDetail,
  coords: readonly number[],
): { start: number[]; shape: number[] } {
  const regions = coords.map((c, dim) => axisRegion(array, dim, c, 1))
  return { start: regions.map((r) => r.start), shape: regions.map((r) => r.length) }
}

/** Bytes of a whole chunk as it is decoded; of the largest on rectilinear grids. */
export const rawChunkBytes = (array: ArrayDetail): number => bytesOf(array, array.chunks)

/** Bytes of one chunk of a rectilinear grid as it is decoded. */
export const chunkBytes = (array: ArrayDetail, coords: readonly number[]): number =>
  bytesOf(
    array,
    coords.map((c, dim) => array.chunkEdges?.[dim]?.[c] ?? 0),
  )

function bytesOf(array: ArrayDetail, lengths: readonly number[]): number {
  const items = product(array.shape)
  const itemsize = items > 0 ? array.nbytes / items : 0
  return product(lengths) * itemsize
}
