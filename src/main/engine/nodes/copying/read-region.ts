import { LimitError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { RESULT_BYTES } from '../../pool/limits'
import type { Items } from '../writing/cast-items'
import { BLOCK_BYTES, regionDims } from './copy-blocks'
import type { ItemReadOptions, ItemSource, Region } from './item-source'

/** The items of a region; `region` is a part of what was asked for where that was read in several goes. */
export interface RegionItems {
  region: Region
  items: Items
}

/**
 * Reads a region, in one go where its items have a fixed size. Nobody knows before how long other items are: where they
 * come to more than a block, the region is halved along the borders of `chunks`, down to a single chunk.
 */
export async function* readRegion(
  source: ItemSource,
  region: Region,
  chunks: readonly number[],
  options: ItemReadOptions,
): AsyncGenerator<RegionItems> {
  const halves = itemSize(source.dtype) === null ? halved(region, chunks) : undefined
  const limited = halves ? { ...options, maxBytes: BLOCK_BYTES } : options
  const items = await source.read(regionDims(region), limited).catch((thrown: unknown) => {
    if (!halves || !(thrown instanceof LimitError && thrown.what === RESULT_BYTES)) throw thrown
  })
  if (items) yield { region, items }
  else for (const half of halves!) yield* readRegion(source, half, chunks, options)
}

/** Two parts of a region, cut between chunks where it spans most of them; undefined where it is in one chunk. */
function halved({ start, shape }: Region, chunks: readonly number[]): [Region, Region] | undefined {
  const first = start.map((s, k) => Math.floor(s / chunks[k]!))
  const spans = shape.map((length, k) => Math.ceil((start[k]! + length) / chunks[k]!) - first[k]!)
  const most = Math.max(1, ...spans)
  if (most === 1) return undefined
  const axis = spans.indexOf(most)
  const border = (first[axis]! + Math.ceil(most / 2)) * chunks[axis]!
  const length = border - start[axis]!
  return [
    { start, shape: shape.with(axis, length) },
    { start: start.with(axis, border), shape: shape.with(axis, shape[axis]! - length) },
  ]
}
