import { AbortedError, ChunkCorruptError } from '@shared/errors'
import type { JsonValue } from '@shared/json/value'
import { codecStage } from '../../metadata/codec-stages'
import type { ArrayMetadata } from '../../metadata/array-metadata'
import type { ZarrArray } from '../array'
import type { Casting, Items } from '../writing/cast-items'
import { castInPieces } from './cast-in-pieces'
import { blockGrid, blockRegion, blocksOf, itemsOf, regionDims } from './copy-blocks'
import { itemBytesOf, type CopyControl } from './copy-control'
import { uncached, type ItemSource } from './item-source'
import { readRegion } from './read-region'

/** Codecs that do not give back every bit they took. */
const LOSSY = new Set([
  'bitround',
  'quantize',
  'fixedscaleoffset',
  'astype',
  'cast_value',
  'scale_offset',
  'zfp',
  'zfpy',
])

/** Whether a pipeline may give back other values than it took. */
export const isLossy = ({ codecs }: Pick<ArrayMetadata, 'codecs'>): boolean =>
  codecs.some(({ name, configuration }) => {
    const inner = configuration.get('codecs')
    const names = Array.isArray(inner)
      ? inner.map((codec) => (codec instanceof Map ? text(codec.get('name')) : ''))
      : []
    return [name, ...names].some(
      (one) => LOSSY.has(one.replace(/^numcodecs\./, '')) || codecStage(one) === 'unknown',
    )
  })

/**
 * Reads the target back from its store and compares it with the source, bit for bit; where its codecs round, what is
 * checked is that it decodes. Throws ChunkCorruptError that names the first region which differs.
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
      if (lossy || isSame(await castInPieces(items, source.dtype, target.dtype, casting), copy)) continue
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

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')
