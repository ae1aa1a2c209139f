import { AbortedError, ChunkCorruptError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { JsonValue } from '@shared/json/value'
import { codecStage } from '../../metadata/codec-stages'
import type { ArrayMetadata } from '../../metadata/array-metadata'
import type { ZarrArray } from '../array'
import { castItems, type Casting, type Items } from '../writing/cast-items'
import { blockGrid, blockRegion, blocksOf, regionDims } from './copy-blocks'
import type { CopyControl } from './copy-items'
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
  const grid = blockGrid(source.shape, stored, source.chunks, itemSize(source.dtype) ?? 256)
  const { total, blocks } = await blocksOf(source, grid, options.sparse, signal)
  const lossy = isLossy(target.metadata)
  let done = 0
  for (const coords of blocks) {
    if (signal?.aborted) throw new AbortedError()
    for await (const { region, items } of readRegion(source, blockRegion(grid, coords), stored, { signal })) {
      const copy = await fresh.readAll(
        { kind: 'basic', dims: regionDims(region) },
        { lane: 'background', ...(signal && { signal }) },
      )
      if (lossy || isSame(castItems(items, source.dtype, target.dtype, casting), copy)) continue
      throw new ChunkCorruptError(
        target.path,
        `reading the copy back, the items from (${region.start.join(', ')}) on differ from the original`,
      )
    }
    options.onProgress?.({ done: ++done, total, bytes: 0 })
  }
}

const isSame = (original: Items, copy: Items): boolean =>
  Buffer.compare(original.data, copy.data) === 0 &&
  (!copy.offsets || copy.offsets.every((offset, i) => offset === original.offsets?.[i]))

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')
