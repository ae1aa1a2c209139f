import type { BoxProjection, ChunkProjection, DimProjection, PointProjection } from './projection'
import type { Loop } from './strided-copy'

/** A projection as loops of a strided copy, chunk side to output side; everything in bytes. */
export interface ProjectionLoops {
  loops: Loop[]
  chunkOffset: number
  outputOffset: number
}

/** How the chunk's items lie: shape in items, strides in items. */
export interface ChunkLayout {
  shape: readonly number[]
  strides: readonly number[]
}

/**
 * @param outputStrides items between neighbours, per dimension of the array; for points one number
 * @param itemsize bytes of an item on both sides
 */
export function projectionLoops(
  projection: ChunkProjection,
  chunk: ChunkLayout,
  outputStrides: readonly number[],
  itemsize: number,
): ProjectionLoops {
  return projection.kind === 'box'
    ? boxLoops(projection, chunk, outputStrides, itemsize)
    : pointLoops(projection, chunk, outputStrides[0] ?? 1, itemsize)
}

function boxLoops(
  { dims }: BoxProjection,
  chunk: ChunkLayout,
  outputStrides: readonly number[],
  itemsize: number,
): ProjectionLoops {
  let chunkOffset = 0
  let outputOffset = 0
  const loops = dims.map((dim, k) => {
    const from = chunk.strides[k]! * itemsize
    const to = outputStrides[k]! * itemsize
    if (dim.kind === 'run') {
      chunkOffset += dim.start * from
      outputOffset += dim.outStart * to
      return { count: dim.count, from: dim.step * from, to }
    }
    return { from: Float64Array.from(dim.chunk, (i) => i * from), to: dim.out.map((i) => i * to) }
  })
  return { loops, chunkOffset, outputOffset }
}

function pointLoops(
  points: PointProjection,
  chunk: ChunkLayout,
  outputStride: number,
  itemsize: number,
): ProjectionLoops {
  const from = points.chunk.map((offset) => storedOffset(offset, chunk) * itemsize)
  const to = points.out.map((place) => place * outputStride * itemsize)
  return { loops: [{ from, to }], chunkOffset: 0, outputOffset: 0 }
}

/** Where the item with the C-order number `offset` lies in the chunk's own order. */
export function storedOffset(offset: number, { shape, strides }: ChunkLayout): number {
  let at = 0
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!
    const rest = Math.floor(offset / length)
    at += (offset - rest * length) * strides[k]!
    offset = rest
  }
  return at
}

/** Items a projection names. */
export const projectedItems = (projection: ChunkProjection): number =>
  projection.kind === 'box'
    ? projection.dims.reduce((n, dim) => n * countOf(dim), 1)
    : projection.chunk.length

const countOf = (dim: DimProjection): number => (dim.kind === 'run' ? dim.count : dim.chunk.length)
