import { AbortedError, ChunkCorruptError } from '@shared/errors'
import type { ZarrArray } from '../array'
import type { Casting, Items } from '../writing/cast-items'
import { castInPieces } from './cast-in-pieces'
import { blockGrid, blockRegion, blocksOf, itemsOf, regionDims } from './copy-blocks'
import { itemBytesOf, type CopyControl } from './copy-control'
import { uncached, type ItemSource } from './item-source'
import { readRegion } from './read-region'
import { checkRounding, isLossy } from './rounding'

/**
 * Reads the target back from its store and compares it with the source, bit for bit; where its codecs round,
 * within what they round (see checkRounding). Throws ChunkCorruptError that names the first region which differs,
 * ValueError for values that the codecs have no room for.
 */
export async function compareItems(
  source: ItemSource,
  target: ZarrArray,
  options: CopyControl & { casting: Casting; sparse: boolean },
): Promise<void> {
  const { signal, casting } = options
  const fresh = uncached(target)
  const stored = target.metadata.grid.kind === 'regular' ? target.metadata.grid.shape : target.shape
  const itemBytes = itemBytesOf(source.dtype)
  const grid = blockGrid(source.shape, stored, source.chunks, itemBytes)
  const { total, blocks } = await blocksOf(source, grid, options.sparse, signal)
  const lossy = isLossy(target.metadata)
  let done = 0
  for (const coords of blocks) {
    await options.gate?.()
    if (signal?.aborted) throw new AbortedError()
    const block = blockRegion(grid, coords)
    for await (const { region, items } of readRegion(source, block, stored, { signal })) {
      const copy = await fresh.readAll(
        { kind: 'basic', dims: regionDims(region) },
        { lane: 'background', ...(signal && { signal }) },
      )
      const original = await castInPieces(items, source.dtype, target.dtype, casting)
      if (isSame(original, copy)) continue
      if (lossy) {
        await checkRounding(target.metadata, target.dtype, {
          region,
          original: original.data,
          copy: copy.data,
        })
        continue
      }
      throw new ChunkCorruptError(
        target.path,
        `reading the copy back, the items from (${region.start.join(', ')}) on differ from the original`,
      )
    }
    done += itemsOf(block) * itemBytes
    options.onProgress?.({ done, total: total * itemBytes, bytes: 0, phase: 'verifying' })
  }
}

const isSame = (original: Items, copy: Items): boolean =>
  Buffer.compare(original.data, copy.data) === 0 &&
  (!copy.offsets || copy.offsets.every((offset, i) => offset === original.offsets?.[i]))
