import type { DataTypeSpec } from '@shared/dtype/spec'
import { fixedItemSize } from '@shared/dtype/itemsize'
import { itemUnits, type ItemUnits } from './item-layout'
import { projectionLoops, type ChunkLayout } from './projection-loops'
import type { ChunkProjection } from './projection'
import type { RowCopiers } from './row-copier'
import { copyStrided } from './strided-copy'

/** The items of a chunk, or a stretch of them, as a decoder leaves them (a DecodedChunk fits). */
export interface ChunkItems extends ChunkLayout {
  dtype: DataTypeSpec
  bigEndian: boolean
  data: Uint8Array
  /** Number, in the chunk's own order, of the item that `data` starts with; 0 when absent. */
  firstItem?: number
}

/** A buffer of canonical items; strides count items, one per dimension of the array (points: one number). */
export interface OutputItems {
  bytes: Uint8Array
  strides: readonly number[]
  copiers?: RowCopiers | undefined
}

/**
 * The one copy between a decoded chunk and a result: picks the items that `projection` names out of any layout and byte
 * order and leaves them, canonical, at their places in `output`. Fixed-size items only.
 *
 * Throws RangeError where the projection reaches beyond the chunk's data or the output.
 */
export function scatter(chunk: ChunkItems, projection: ChunkProjection, output: OutputItems): void {
  const itemsize = fixedItemSize(chunk.dtype)
  const { loops, chunkOffset, outputOffset } = projectionLoops(projection, chunk, output.strides, itemsize)
  const copyRows = output.copiers?.out(chunk.data)
  const origin = chunkOffset - (chunk.firstItem ?? 0) * itemsize
  for (const { offset, unit, count } of chunk.bigEndian ? itemUnits(chunk.dtype) : wholeItem(itemsize)) {
    copyStrided(chunk.data, output.bytes, {
      loops: [...loops, { count, from: unit, to: unit }],
      fromOffset: origin + offset,
      toOffset: outputOffset + offset,
      unit,
      swap: chunk.bigEndian && unit > 1,
      copyRows,
    })
  }
}

/** An item whose bytes keep their order, as the fewest equal units; nothing for an item of no bytes. */
export function wholeItem(itemsize: number): ItemUnits[] {
  if (itemsize === 0) return []
  const unit = itemsize % 8 === 0 ? 8 : itemsize % 4 === 0 ? 4 : itemsize % 2 === 0 ? 2 : 1
  return [{ offset: 0, unit, count: itemsize / unit }]
}
