import type { DimSlice } from '@shared/selection/selection'
import type { SelectionStatistics } from '@shared/model/statistics'
import { cellCount, product } from '@shared/selection/counts'
import type { ZarrArray } from '../nodes/array'
import { accumulator } from './accumulate'
import { pieces } from './pieces'

/** Items read and looked at in one go: a few milliseconds of the calling thread. */
const PIECE_ITEMS = 1_000_000
const PIECE_TEXTS = 100_000

export interface StatisticsOptions {
  signal?: AbortSignal
  /** Items done and to do. */
  onProgress?: (done: number, total: number) => void
}

/**
 * Count, extremes, mean and sum over a basic selection in bounded memory (see `accumulator` for what each data type
 * has). Items of missing chunks count as the fill value and are told apart in `missing`. Throws ChunkCorruptError for a
 * chunk that cannot be read, UnsupportedError, AbortedError.
 */
export async function selectionStatistics(
  array: ZarrArray,
  dims: DimSlice[],
  { signal, onProgress }: StatisticsOptions = {},
): Promise<SelectionStatistics> {
  const total = cellCount(dims)
  const facts = accumulator(array.dtype)
  const most = /^vlen-|^object$/.test(array.dtype.kind) ? PIECE_TEXTS : PIECE_ITEMS
  let [done, missing] = [0, 0]
  for (const piece of pieces(array.innerGrid, dims, most)) {
    const options = { lane: 'background', ...(signal ? { signal } : {}) } as const
    const { data, offsets, parts } = await array.readAll({ kind: 'basic', dims: piece }, options)
    facts.add(data, offsets)
    for (const { shape, state } of parts) if (state === 'missing') missing += product(shape)
    done += cellCount(piece)
    onProgress?.(done, total)
  }
  return { count: total, missing, ...facts.facts(), done: true }
}
