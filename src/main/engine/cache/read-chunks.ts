import { setImmediate } from 'node:timers/promises'
import type { VariableItems } from '../chunks/gather-variable'
import { project } from '../chunks/project'
import type { ChunkProjection } from '../chunks/projection'
import { projectedItems } from '../chunks/projection-loops'
import { decodedBytes } from '../pool/limits'
import type { ReadTarget, ReadTask, TaskResult, VlenResult } from '../pool/operations'
import type { Located } from '../stores/store'
import { cacheable, cachedChunk } from './cached-chunk'
import { locate, type ChunkRequest, type WantedChunk } from './chunk-request'
import { copyOut } from './copy-out'
import { overlapped } from './overlapped'
import { sameShape } from './same-shape'
import { WholeChunks } from './whole-chunks'

/** What one chunk answered; `items` where they vary in length and were stored, in the projection's order. */
export interface ChunkAnswer {
  projection: ChunkProjection
  key: string
  outcome: Pick<TaskResult, 'state' | 'error'>
  items?: VariableItems
}

/** Where the answers go: fixed-size items into `target`, everything into `answer`. */
export interface Answers {
  target: ReadTarget | undefined
  answer: (answer: ChunkAnswer) => void
}

/** Chunks handed to the executor at a time, so that a selection of a million is never held as a whole. */
const BATCH = 2048
/** One batch is prepared while the executor is at the one before. */
const DEPTH = 2
/** Bytes copied out of the cache before the calling thread is let go for a moment. */
const PAUSE_BYTES = 8 * 2 ** 20

/** Reads every chunk that the selection touches; when it settles no thread uses the target any more. */
export function readChunks(request: ChunkRequest, answers: Answers): Promise<void> {
  return overlapped(batches(request), DEPTH, async (batch) => {
    const rest = await answerFromCache(request, batch, answers)
    await overlapped(sameShape(rest), Infinity, (chunks) => answerFromStore(request, chunks, answers))
  })
}

function* batches({ source, chunks, selection }: ChunkRequest): Generator<WantedChunk[]> {
  let batch: WantedChunk[] = []
  for (const projection of project(chunks.grid, selection)) {
    const place = chunks.place(projection.coords)
    batch.push({ ...place, projection, key: source.key(place.coords) })
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function answerFromCache(
  request: ChunkRequest,
  batch: WantedChunk[],
  { target, answer }: Answers,
): Promise<WantedChunk[]> {
  const { cache } = request.options
  const asked = cacheable(request, batch)
  if (!cache || asked.size === 0) return batch
  const rest: WantedChunk[] = batch.filter((wanted) => !asked.has(wanted))
  const whole = new WholeChunks(request, request.options.lane ?? 'visible')
  let copied = 0
  await overlapped(asked, Infinity, async (wanted) => {
    const loaded = await cachedChunk(request, wanted, cache, whole)
    const { projection, key } = wanted
    if (!loaded) {
      rest.push(wanted)
      return
    }
    const items = copyOut(request, loaded.chunk, projection, target)
    answer({ projection, key, outcome: loaded.outcome, ...(items && { items }) })
    copied += projectedItems(projection) * (request.chunks.itemsize ?? 1)
    if (copied > PAUSE_BYTES) {
      copied = 0
      await setImmediate()
    }
  })
  return rest
}

async function answerFromStore(
  { source, chunks, executor, options }: ChunkRequest,
  batch: readonly WantedChunk[],
  { target, answer }: Answers,
): Promise<void> {
  const { signal, lane, maxChunkBytes, maxBytes } = options
  const located = new Map<string, Promise<Located>>()
  const tasks = await Promise.all(
    batch.map(async ({ key, inner, projection }): Promise<ReadTask> => {
      const found = located.get(key) ?? locate(source.store, key, signal)
      located.set(key, found)
      const task: ReadTask = { key, source: await found, projection }
      return inner ? { ...task, inner } : task
    }),
  )
  const [first] = batch
  if (!first) return
  const shape = chunks.shapeOf(first.projection.coords)
  const job = {
    pipeline: first.pipeline,
    tasks,
    chunkBytes: decodedBytes({ dtype: source.dtype, shape }),
    ...(maxChunkBytes !== undefined && { maxChunkBytes }),
  }
  const run = { ...(lane && { lane }), ...(signal && { signal }) }
  const outcomes: VlenResult[] = target
    ? await executor.read({ ...job, target }, run)
    : await executor.readVlen({ ...job, ...(maxBytes !== undefined && { maxBytes }) }, run)
  batch.forEach(({ projection, key }, i) => {
    const { data, offsets, ...outcome } = outcomes[i]!
    answer({ projection, key, outcome, ...(data && offsets && { items: { data, offsets } }) })
  })
}
