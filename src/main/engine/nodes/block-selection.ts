import { SelectionError } from '@shared/errors'
import type { DimSlice, Selection } from '@shared/selection/selection'
import type { ChunkGrid } from '../chunks/grid'

/**
 * The items of whole chunks: a basic selection over the chunk grid (shards, where sharded) as one over the array. An
 * integer names one chunk and keeps its dimension, as in zarr-python. Steps other than 1 are refused with SelectionError.
 */
export function blockSelection(grid: ChunkGrid, blocks: readonly DimSlice[]): Selection {
  const dims = blocks.map(({ start, step, count }, k): DimSlice => {
    const axis = grid.axes[k]!
    if (count === 0) return { start: 0, step: 1, count: 0 }
    if (step !== 1 && count > 1)
      throw new SelectionError('A block selection takes whole runs of chunks; steps are not possible.')
    const last = start + count - 1
    const first = axis.start(start)
    const end = Math.min(axis.length, axis.start(last) + axis.size(last))
    return { start: first, step: 1, count: end - first }
  })
  return { kind: 'basic', dims }
}
