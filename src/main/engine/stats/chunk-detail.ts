import { setImmediate as breathe } from 'node:timers/promises'
import { isAborted, toErrorBody, ZarrscopeError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { ChunkDetail } from '@shared/model/chunk-map'
import { product } from '@shared/selection/counts'
import { checksumsOf } from '../codecs/checksums'
import { bindPipeline } from '../codecs/pipeline'
import { isAllFill } from '../codecs/shard-parts'
import { nodeFs } from '../files/node'
import type { ArrayReadResult, ZarrArray } from '../nodes/array'
import type { Inspected } from '../pool/operations'
import { accumulator } from './accumulate'
import { ChunkTasks, type ChunkTask } from './chunk-tasks'
import { shardPlaceOf, storedBytesOf } from './shard-place'
import { rawBytesOf, shownChunk, type ShownChunk } from './shown-grid'

interface Options {
  signal?: AbortSignal
}

/**
 * One chunk of the grid (inner chunk, with shards), decoded: where it lies, what it takes, what it holds, what each
 * codec does to it. A chunk that cannot be read is told with its reason. Throws SelectionError for coordinates outside
 * the grid, AbortedError.
 */
export async function chunkDetail(
  array: ZarrArray,
  coords: readonly number[],
  { signal }: Options = {},
): Promise<ChunkDetail> {
  const chunk = shownChunk(array, coords)
  const [content, inspected, shard, storedBytes, modified] = await Promise.all([
    contentOf(array, chunk, signal),
    inspectedOf(array, chunk, signal),
    shardPlaceOf(array, chunk, signal),
    storedBytesOf(array, chunk, signal),
    modifiedOf(array, chunk.key),
  ])
  return {
    coords: chunk.coords,
    key: chunk.key,
    start: chunk.start,
    shape: chunk.inside,
    rawBytes: rawBytesOf(array)(coords) ?? content.bytes ?? 0,
    storedBytes,
    ...content.detail,
    ...(modified === undefined ? {} : { modified }),
    steps: inspected?.found.steps ?? [],
    checksums: inspected ? checksums(inspected.task) : [],
    ...(shard ? { shard } : {}),
  }
}

interface Content {
  detail: Pick<ChunkDetail, 'state' | 'error' | 'statistics'>
  bytes?: number
}

async function contentOf(
  array: ZarrArray,
  { start, inside }: ShownChunk,
  signal: AbortSignal | undefined,
): Promise<Content> {
  const dims = start.map((index, k) => ({ start: index, step: 1, count: inside[k]! }))
  try {
    const result = await array.read({ kind: 'basic', dims }, signal ? { signal } : {})
    const [failure] = result.failures
    if (failure) return { detail: { state: 'error', error: failure.error.message } }
    if (result.parts.every(({ state }) => state === 'missing')) return { detail: { state: 'missing' } }
    const statistics = await statisticsOf(result, array.metadata.fill)
    return { detail: { state: 'stored', statistics }, bytes: result.data.length }
  } catch (error) {
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    return { detail: { state: 'error', error: toErrorBody(error).message } }
  }
}

/** Items that are summed up before others have their turn. */
const SLICE = 262_144

async function statisticsOf(
  { data, offsets, dtype, shape }: ArrayReadResult,
  fill: Uint8Array | null,
): Promise<NonNullable<ChunkDetail['statistics']>> {
  const total = accumulator(dtype)
  const size = itemSize(dtype)
  if (size === null || size === 0) total.add(data, offsets)
  else {
    for (let at = 0; at < data.length; at += SLICE * size) {
      if (at > 0) await breathe()
      total.add(data.subarray(at, at + SLICE * size))
    }
  }
  const { min, max, mean, nans } = total.facts()
  return {
    count: product(shape),
    min: min ?? '',
    max: max ?? '',
    mean: mean ?? '',
    nans,
    fillOnly: fill !== null && isAllFill({ dtype, data, ...(offsets ? { offsets } : {}) }, fill),
  }
}

/** The chunk undone step by step; undefined where the array's codecs are refused, which its reading tells. */
async function inspectedOf(
  array: ZarrArray,
  { coords }: ShownChunk,
  signal: AbortSignal | undefined,
): Promise<{ task: ChunkTask; found: Inspected } | undefined> {
  if (array.metadata.problem) return undefined
  const task = await new ChunkTasks(array).of(coords, signal)
  const { pipeline, chunkBytes } = task
  const job = { pipeline, chunkBytes, steps: true, tasks: [task.task] }
  const [found] = await array.context.executor.inspect(job, signal ? { signal } : {})
  return { task, found: found! }
}

/** Of the inner chunk where there are shards: their index has its own. */
function checksums({ pipeline, task }: ChunkTask): string[] {
  const zip = task.source.kind === 'range' && task.source.crc32 !== undefined ? ['zip entry (CRC-32)'] : []
  const codecs = task.inner ? bindPipeline(pipeline).sharding!.inner.spec.codecs : pipeline.codecs
  return [...checksumsOf(codecs), ...zip]
}

async function modifiedOf(array: ZarrArray, key: string): Promise<number | undefined> {
  const located = array.store.locate(key)
  if (located?.kind !== 'file') return undefined
  return nodeFs.stat(located.path).then(
    ({ mtimeNs }) => Number(mtimeNs / 1_000_000n),
    () => undefined,
  )
}
