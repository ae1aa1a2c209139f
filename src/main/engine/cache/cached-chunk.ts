import { itemSpan } from '../chunks/item-span'
import { projectedItems } from '../chunks/projection-loops'
import { decodedBytes } from '../pool/limits'
import type { ChunkCache, ChunkId, LoadedChunk } from './chunk-cache'
import type { ChunkRequest, WantedChunk } from './chunk-request'
import { valueStamp } from './value-stamp'
import { WholeChunks } from './whole-chunks'

/** Chunks up to this share of the cache are kept. */
const LARGEST_SHARE = 1 / 8
/** The most that a batch may load, as a share of the cache: what reads more is a scan, which would empty it. */
const BATCH_SHARE = 1 / 2
/** More than this is not copied on the calling thread. */
export const MAX_COPY_BYTES = 4 * 2 ** 20
/** What a direct read costs besides decoding its items, in bytes that are decoded meanwhile: a block, and opening the file. */
const DIRECT_BYTES = 2 ** 18
/** Chunks up to this size are decoded whole for the cache at once: a part of one takes as long. */
const SMALL_CHUNK = 2 ** 17

/** The chunks of a batch that the cache is asked for: those wanted in part, where all of them fit. */
export function cacheable(
  { chunks, options }: ChunkRequest,
  batch: readonly WantedChunk[],
): Set<WantedChunk> {
  const { cache } = options
  if (!cache) return new Set()
  let loads = 0
  const found = new Set<WantedChunk>()
  for (const wanted of batch) {
    const items = projectedItems(wanted.projection)
    const shape = chunks.shapeOf(wanted.projection.coords)
    const bytes = decodedBytes({ dtype: chunks.pipeline.spec.dtype, shape })
    const isPart = items < shape.reduce((n, length) => n * length, 1)
    if (!isPart || items * (chunks.itemsize ?? 0) > MAX_COPY_BYTES || bytes > cache.capacity * LARGEST_SHARE)
      continue
    found.add(wanted)
    loads += bytes
  }
  return loads <= cache.capacity * BATCH_SHARE ? found : new Set()
}

/**
 * The whole chunk, kept or decoded now and kept; undefined where it is better read directly: nothing is stored, or the
 * chunk is large and decodes so quickly that nobody should wait for a copy of it. Such a chunk is decoded for the cache
 * behind what people wait for, once reading it directly has cost as much.
 * @param whole decodes what must be decoded now, together with the other chunks of the read
 */
export async function cachedChunk(
  request: ChunkRequest,
  wanted: WantedChunk,
  cache: ChunkCache,
  whole: WholeChunks,
): Promise<LoadedChunk | undefined> {
  const { store } = request.source
  const id = chunkId(request, wanted.key, wanted.inner)
  const isDirect = !cache.has(id) && isQuick(request, wanted)
  if (isDirect && !cache.isWorthKeeping(id, directCost(request, wanted))) return undefined
  const stamp = await valueStamp(store, wanted.key)
  if (stamp === undefined) return undefined
  if (isDirect) {
    const ahead = new WholeChunks(request, 'background')
    cache.loadAhead(id, (signal) => ahead.decode(wanted, stamp, signal))
    return undefined
  }
  const kept = cache.get(id, () => stamp)
  if (kept) return { chunk: kept, outcome: { state: 'stored' } }
  const { signal: given } = request.options
  const loaded = await cache.load(id, (signal) => whole.decode(wanted, stamp, signal), given)
  // A decode that was under way may have begun before the value changed.
  return loaded.chunk && loaded.chunk.stamp !== stamp ? undefined : loaded
}

/** What the cache knows a chunk by; `inner` is its place inside a shard. */
export function chunkId(
  { source, chunks }: ChunkRequest,
  key: string,
  inner: readonly number[] | undefined,
): ChunkId {
  const id: ChunkId = { store: source.store, key, layout: chunks.number }
  if (inner) id.inner = inner
  return id
}

/** Whether worker threads can take what is wanted out of a large chunk with little more work than a cache would. */
function isQuick({ source, chunks }: ChunkRequest, { key }: WantedChunk): boolean {
  const { pipeline, itemsize } = chunks
  if (!pipeline.itemStrides || !itemsize || pipeline.items * itemsize <= SMALL_CHUNK) return false
  return source.store.locate(key) !== undefined
}

/** What reading these items directly costs, as a share of decoding the chunk; about, for blocks are whole. */
function directCost({ chunks }: ChunkRequest, { projection }: WantedChunk): number {
  const { pipeline, itemsize } = chunks
  const shape = chunks.shapeOf(projection.coords)
  const span = itemSpan(projection, { shape, strides: pipeline.itemStrides! })
  return (span.items * itemsize! + DIRECT_BYTES) / (pipeline.items * itemsize!)
}
