import type { ChunkProjection } from './projection'
import { storedOffset, type ChunkLayout } from './projection-loops'

/** The shortest stretch of a packed chunk's items, in its own order, that holds every item a projection names. */
export function itemSpan(projection: ChunkProjection, chunk: ChunkLayout): { first: number; items: number } {
  let first = 0
  let last = 0
  if (projection.kind === 'points') {
    first = Infinity
    for (const offset of projection.chunk) {
      const place = storedOffset(offset, chunk)
      if (place < first) first = place
      if (place > last) last = place
    }
  } else {
    projection.dims.forEach((dim, k) => {
      const stride = chunk.strides[k]!
      const [low, high] =
        dim.kind === 'list'
          ? [dim.chunk.reduce((a, b) => Math.min(a, b)), dim.chunk.reduce((a, b) => Math.max(a, b))]
          : ordered(dim.start, dim.start + (dim.count - 1) * dim.step)
      first += low * stride
      last += high * stride
    })
  }
  return { first, items: last - first + 1 }
}

const ordered = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a])
