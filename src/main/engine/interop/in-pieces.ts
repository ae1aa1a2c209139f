import { setImmediate as breathe } from 'node:timers/promises'
import { concatBytes } from '@shared/dtype/concat-bytes'
import { itemSize } from '@shared/dtype/itemsize'
import type { ItemSource } from '../nodes/copying/item-source'

/** Read in one go from a library that works on the calling thread: some milliseconds where it has to decompress. */
const PIECE_BYTES = 2 * 2 ** 20

/**
 * The same source, which reads large boxes piece by piece, whole chunks each, so that others have their turn on the
 * calling thread in between.
 */
export function inPieces(source: ItemSource): ItemSource {
  const { shape, dtype, chunks } = source
  const size = itemSize(dtype)
  if (size === null || shape.length === 0) return source
  return {
    shape,
    dtype,
    chunks,
    read: async (dims, options) => {
      const axis = dims.findIndex((dim) => !('indices' in dim) && dim.count > 1)
      const dim = dims[axis]
      if (!dim || 'indices' in dim) return source.read(dims, options)
      const row = dims.reduce(
        (n, one, k) => (k === axis ? n : n * ('indices' in one ? one.indices.length : one.count)),
        size,
      )
      const unit = Math.max(1, Math.ceil((chunks?.[axis] ?? 1) / Math.abs(dim.step)))
      const rows = Math.max(1, Math.floor(PIECE_BYTES / row / unit)) * unit
      if (rows >= dim.count) return source.read(dims, options)
      const parts: Uint8Array[] = []
      for (let at = 0; at < dim.count; at += rows) {
        if (at > 0) await breathe()
        options?.signal?.throwIfAborted()
        const piece = { ...dim, start: dim.start + at * dim.step, count: Math.min(rows, dim.count - at) }
        const read = await source.read(
          dims.map((one, k) => (k === axis ? piece : one)),
          options,
        )
        parts.push(read.data)
      }
      return { data: concatBytes(parts) }
    },
  }
}
