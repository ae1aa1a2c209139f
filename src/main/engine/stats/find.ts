import { dataType } from '@shared/dtype/registry'
import type { DataType } from '@shared/dtype/data-type'
import { compilePredicate } from '@shared/expression/expression'
import type { FoundCell } from '@shared/model/find'
import { cellCount, product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ZarrArray } from '../nodes/array'
import { AT_ONCE, BlockSearch, fillValue, offsetIn, TEXTS_AT_ONCE } from './block-search'
import { nextBlock, searchBlocks } from './search-blocks'

export interface FindOptions {
  /** A basic selection: where to look. */
  dims: DimSlice[]
  /** See `compilePredicate`. */
  where: string
  /** An array index inside of the selection: the search starts behind it and ends with it; null for the whole. */
  from: readonly number[] | null
  direction: 'next' | 'previous'
  signal?: AbortSignal
  /** Items looked at and to look at. */
  onProgress?: (done: number, total: number) => void
}

/**
 * The next or previous item for which a predicate holds, around the end. Boxes of chunks are searched in order, items
 * inside of one in C order; chunks that cannot be read are passed over and counted. Missing chunks are not read where
 * the fill value alone decides. Throws ExpressionError, UnsupportedError, AbortedError.
 */
export async function findCell(array: ZarrArray, options: FindOptions): Promise<FoundCell> {
  const { dims, where, from, direction, signal, onProgress } = options
  const by = direction === 'next' ? 1 : -1
  const dtype = dataType(array.dtype)
  const predicate = compilePredicate(where, scopeOf(array, dtype))
  const total = cellCount(dims)
  const found: FoundCell = { index: null, wrapped: false, unreadable: 0 }
  if (total === 0) return found

  const few = dtype.itemsize === null ? TEXTS_AT_ONCE : AT_ONCE
  const blocks = searchBlocks(array.innerGrid, dims, few)
  const place = from?.map((index, k) => (index - dims[k]!.start) / dims[k]!.step)
  const end = dims.map(({ count }) => (by > 0 ? 0 : count - 1))
  const first = blocks.at(place ?? end)
  const search = new BlockSearch(array, dtype, dims, predicate, by, signal)

  let [block, done] = [first, 0]
  for (;;) {
    const box = blocks.box(block)
    const isFirst = done === 0
    const bound = isFirst && place ? { after: offsetIn(box, place) } : {}
    const at = await search.run(box, bound)
    if (at) return { ...found, index: at, unreadable: search.unreadable }
    done += product(box.shape)
    onProgress?.(Math.min(done, total), total)
    const next = nextBlock(blocks.counts, block, by)
    found.wrapped ||= place !== undefined && isBehind(block, next, by)
    block = next
    if (block.every((b, k) => b === first[k])) break
  }
  // Back at the first block: what lies up to the starting point.
  const box = blocks.box(first)
  const index = place ? await search.run(box, { upTo: offsetIn(box, place) }) : null
  return { ...found, index, wrapped: index !== null, unreadable: search.unreadable }
}

function scopeOf(array: ZarrArray, dtype: DataType) {
  const { shape, metadata } = array
  return {
    dtype: dtype.spec,
    rank: shape.length,
    dimensionNames: metadata.dimensionNames,
    fillValue: fillValue(array, dtype),
  }
}

/** Whether the way from one block to the next led around the end. */
function isBehind(block: readonly number[], next: readonly number[], by: 1 | -1): boolean {
  const k = block.findIndex((b, i) => b !== next[i])
  return k < 0 || (next[k]! - block[k]!) * by < 0
}
