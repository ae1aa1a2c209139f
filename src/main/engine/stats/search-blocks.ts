import { product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ChunkGrid } from '../chunks/grid'

/** A basic selection cut into equal boxes; places count along the selection, not the array. */
export interface SearchBlocks {
  /** Blocks per dimension. */
  counts: number[]
  /** The block that holds a place. */
  at: (place: readonly number[]) => number[]
  /** First place of a block and its shape. */
  box: (block: readonly number[]) => { start: number[]; shape: number[] }
}

/**
 * Boxes of whole chunks: one chunk, or several small ones that together have no more than `few` items. They grow along
 * the last dimension first, so that their order comes near to the order in which a person reads.
 */
export function searchBlocks(grid: ChunkGrid, dims: readonly DimSlice[], few: number): SearchBlocks {
  const lengths = dims.map(({ start, step, count }, k) => {
    const axis = grid.axes[k]!
    const places = Math.floor(axis.size(axis.chunkAt(start)) / Math.abs(step))
    return Math.min(Math.max(1, places), count)
  })
  const items = (): number => product(lengths)
  for (let k = dims.length - 1; k >= 0; k--) {
    const times = Math.floor(few / items())
    lengths[k] = Math.min(dims[k]!.count, lengths[k]! * Math.max(1, times))
  }

  // The first block of a run is shorter where the run starts inside of a chunk.
  const shifts = dims.map(({ start, step }, k) => {
    const axis = grid.axes[k]!
    return step === 1 ? (start - axis.start(axis.chunkAt(start))) % lengths[k]! : 0
  })
  return {
    counts: dims.map(({ count }, k) => Math.ceil((count + shifts[k]!) / lengths[k]!)),
    at: (place) => place.map((p, k) => Math.floor((p + shifts[k]!) / lengths[k]!)),
    box: (block) => {
      const start = block.map((b, k) => Math.max(0, b * lengths[k]! - shifts[k]!))
      const shape = block.map(
        (b, k) => Math.min(dims[k]!.count, (b + 1) * lengths[k]! - shifts[k]!) - start[k]!,
      )
      return { start, shape }
    },
  }
}

/** The block after (1) or before (-1) another, around the ends; C order. */
export function nextBlock(counts: readonly number[], block: readonly number[], by: 1 | -1): number[] {
  const next = [...block]
  for (let k = next.length - 1; k >= 0; k--) {
    next[k]! += by
    if (next[k]! >= 0 && next[k]! < counts[k]!) return next
    next[k] = by > 0 ? 0 : counts[k]! - 1
  }
  return next
}
