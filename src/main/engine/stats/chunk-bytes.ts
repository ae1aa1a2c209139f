import { fromErrorBody } from '@shared/errors'
import type { ChunkBytes } from '@shared/model/chunk-map'
import type { ZarrArray } from '../nodes/array'
import { ChunkTasks } from './chunk-tasks'
import { shardPlaceOf } from './shard-place'
import { shownChunk } from './shown-grid'

export interface BytesPart {
  form: 'stored' | 'decoded'
  offset: number
  length: number
}

/** Larger chunks are decoded anew for every part. */
const KEPT_BYTES = 64 * 2 ** 20

/** The chunk that was decoded last, with what identified its value then: people turn over its pages. */
let last: { array: WeakRef<ZarrArray>; name: string; stamp: string; data: Uint8Array } | undefined

/**
 * A part of a chunk's bytes: as they are stored (of an inner chunk those in its shard), or decoded to canonical items in
 * C order, also beyond the array's edge; of items that vary in length their bytes, one after another. It ends where the
 * chunk does. Throws what reading the chunk throws; SelectionError for coordinates outside the grid.
 */
export async function chunkBytes(
  array: ZarrArray,
  coords: readonly number[],
  { form, offset, length }: BytesPart,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ChunkBytes> {
  if (form === 'stored') return storedPart(array, coords, { offset, length }, signal)
  const data = await decoded(array, coords, signal)
  return { bytes: data.slice(offset, offset + length), total: data.length }
}

async function storedPart(
  array: ZarrArray,
  coords: readonly number[],
  { offset, length }: { offset: number; length: number },
  signal: AbortSignal | undefined,
): Promise<ChunkBytes> {
  const abort = signal ? { signal } : {}
  const chunk = shownChunk(array, coords)
  const shard = await shardPlaceOf(array, chunk, signal)
  const start = shard?.entry?.offset ?? 0
  const total = shard ? (shard.entry?.length ?? 0) : ((await array.store.size(chunk.key, abort)) ?? 0)
  const wanted = Math.max(0, Math.min(length, total - offset))
  if (wanted === 0) return { bytes: new Uint8Array(), total }
  const bytes = await array.store.get(chunk.key, {
    range: { offset: start + offset, length: wanted },
    ...abort,
  })
  return { bytes: bytes ?? new Uint8Array(), total }
}

async function decoded(
  array: ZarrArray,
  coords: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { pipeline, task } = await new ChunkTasks(array).of(coords, signal)
  const { key, source, inner } = task
  const stamp = (await array.store.stamp(key)) ?? ''
  const name = coords.join()
  if (last?.array.deref() === array && last.name === name && last.stamp === stamp) return last.data
  const { executor } = array.context
  const job = { pipeline, key, source, ...(inner ? { inner } : {}) }
  const { data = new Uint8Array(), error } = await executor.decode(job, signal ? { signal } : {})
  if (error) throw fromErrorBody(error)
  last = data.length <= KEPT_BYTES ? { array: new WeakRef(array), name, stamp, data } : undefined
  return data
}
