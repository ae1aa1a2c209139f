import type { ChunkItems } from '../scatter'

/** The canonical bytes of one item of a chunk, found by its index alone. `sizes` are the units of an item, in order. */
export function plainItem(chunk: ChunkItems, sizes: readonly number[], index: readonly number[]): number[] {
  const itemsize = sizes.reduce((a, b) => a + b, 0)
  const number = index.reduce((n, i, k) => n + i * chunk.strides[k]!, 0) - (chunk.firstItem ?? 0)
  let at = number * itemsize
  return sizes.flatMap((size) => {
    const unit = [...chunk.data.slice(at, at + size)]
    at += size
    return chunk.bigEndian ? unit.reverse() : unit
  })
}
