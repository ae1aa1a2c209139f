import { AbortedError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { sharedBuffers } from '../../cache/buffer-pool'
import { overlapped } from '../../cache/overlapped'
import { parseChunkKey } from '../../chunks/keys'
import type { ZarrArray } from '../array'
import type { Casting } from '../writing/cast-items'
import { writeArray } from '../writing/write-array'
import { castInPieces } from './cast-in-pieces'
import {
  blockGrid,
  blockRegion,
  blocksOf,
  everyBlock,
  itemsOf,
  regionDims,
  type BlockGrid,
} from './copy-blocks'
import { itemBytesOf, type CopyControl, type CopyProgress } from './copy-control'
import type { ItemSource } from './item-source'
import { readRegion } from './read-region'

export interface CopyItemsOptions extends CopyControl {
  casting: Casting
  /** The target's missing chunks read as the source's do, so that what is missing need not be visited. */
  sparse: boolean
  /** Chunks that the target has already are taken as done. */
  resume: boolean
}

/** Blocks at work at a time: one is read while the one before is written. */
const DEPTH = 2

/**
 * Copies every item into an array of the same shape, block by block in bounded memory; each stored chunk of the target
 * is written once. Throws ValueError for values that do not fit the target's data type, and what reading and writing throw.
 */
export async function copyItems(
  source: ItemSource,
  target: ZarrArray,
  options: CopyItemsOptions,
): Promise<CopyProgress> {
  const { signal, casting } = options
  const itemBytes = itemBytesOf(source.dtype)
  const stored = target.metadata.grid.kind === 'regular' ? target.metadata.grid.shape : target.shape
  const grid = blockGrid(source.shape, stored, source.chunks, itemBytes)
  const { total, blocks } = await blocksOf(source, grid, options.sparse, signal)
  const present = options.resume ? await storedChunks(target, signal) : undefined
  const progress: CopyProgress = { done: 0, total: total * itemBytes, bytes: 0, phase: 'copying' }
  await overlapped(blocks, DEPTH, async (coords) => {
    await options.gate?.()
    if (signal?.aborted) throw new AbortedError()
    const region = blockRegion(grid, coords)
    if (!present || !isDone(grid, coords, stored, present)) {
      const bytes = grid.block.reduce((n, length) => n * length, itemBytes)
      const lent = itemSize(source.dtype) === null ? undefined : sharedBuffers.acquire(bytes)
      const reading = { signal, ...(lent && { out: { buffer: lent.buffer, byteOffset: 0 } }) }
      try {
        for await (const part of readRegion(source, region, stored, reading)) {
          const items = await castInPieces(part.items, source.dtype, target.dtype, casting)
          const { storedBytes } = await writeArray(
            target,
            { kind: 'basic', dims: regionDims(part.region) },
            { ...items, shape: part.region.shape },
            { lane: 'background', ...(signal && { signal }) },
          )
          progress.bytes += storedBytes
        }
      } finally {
        lent?.release()
      }
    }
    progress.done += itemsOf(region) * itemBytes
    options.onProgress?.(progress)
  })
  return progress
}

/** Coordinates of the chunks that an array has stored, as text. */
async function storedChunks(array: ZarrArray, signal: AbortSignal | undefined): Promise<Set<string>> {
  const found = new Set<string>()
  const skip = array.path === '' ? 0 : array.path.length + 1
  for await (const batch of array.store.scan(array.path, signal ? { signal } : {}))
    for (const { key } of batch) {
      const coords = parseChunkKey(array.metadata.keyEncoding, key.slice(skip), array.shape.length)
      if (coords) found.add(coords.join())
    }
  return found
}

function isDone(
  grid: BlockGrid,
  coords: readonly number[],
  chunks: readonly number[],
  present: ReadonlySet<string>,
): boolean {
  const { start, shape } = blockRegion(grid, coords)
  const counts = shape.map((length, k) => Math.ceil(length / chunks[k]!))
  for (const inside of everyBlock(counts))
    if (!present.has(inside.map((c, k) => start[k]! / chunks[k]! + c).join())) return false
  return true
}
