import { isAborted, ZarrscopeError } from '@shared/errors'
import type { ChunkDetail } from '@shared/model/chunk-map'
import { locateInner } from '../chunks/shards'
import type { ZarrArray } from '../nodes/array'
import { ShardLayout } from './shard-layout'
import type { ShownChunk } from './shown-grid'

/** Where a chunk lies in its shard; undefined without shards, and without an entry where it is missing. */
export async function shardPlaceOf(
  array: ZarrArray,
  { coords, stored, key }: ShownChunk,
  signal: AbortSignal | undefined,
): Promise<ChunkDetail['shard']> {
  const layout = ShardLayout.of(array)
  if (!layout) return undefined
  const abort = signal ? { signal } : {}
  try {
    const bytes = (await array.store.size(key, abort)) ?? 0
    const index = bytes > 0 ? await layout.index(stored, signal) : undefined
    const number = locateInner(array.grid, [[...layout.innerShape]], coords).inner[0]!
    const offset = index?.offsets[number] ?? -1
    if (!index || offset < 0) return { coords: stored, bytes }
    return { coords: stored, bytes, entry: { number, offset, length: index.lengths[number]! } }
  } catch (error) {
    // What is wrong with it is told by reading it.
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    return { coords: stored, bytes: 0 }
  }
}

/** Stored bytes of a chunk; 0 where it is missing or its shard cannot be read. */
export async function storedBytesOf(
  array: ZarrArray,
  chunk: ShownChunk,
  signal: AbortSignal | undefined,
): Promise<number> {
  const shard = await shardPlaceOf(array, chunk, signal)
  if (shard) return shard.entry?.length ?? 0
  try {
    return (await array.store.size(chunk.key, signal ? { signal } : {})) ?? 0
  } catch (error) {
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    return 0
  }
}
