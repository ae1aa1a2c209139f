import type { ChunkSurvey } from '@shared/model/chunk-map'
import { overlapped } from '../cache/overlapped'
import type { ZarrArray } from '../nodes/array'
import type { Inspected } from '../pool/operations'
import type { ArrayScan } from './array-scan'
import { ChunkTasks, type ChunkTask } from './chunk-tasks'
import { followScan } from './shared-scan'
import { shownChunk } from './shown-grid'
import { FOUND, Survey } from './survey'
import { unreadableShards } from './unreadable-shards'
import { throttled } from './throttled'

export interface SurveyOptions {
  signal?: AbortSignal | undefined
  onProgress?: (survey: ChunkSurvey) => void
}

/** Decoded bytes, and chunks, that are handed to the codec threads in one go. */
const BATCH_BYTES = 64 * 2 ** 20
const BATCH_CHUNKS = 256
/** Batches on their way: one waits while another is worked on. */
const AT_ONCE = 2

/**
 * Decodes the stored chunks of an array in the background and notes which hold nothing but the fill value, which
 * cannot be decoded, and the least and greatest number of each. What was found stays with the array (see `chunkMap`),
 * also after a cancel; a chunk that is written later counts as not looked at. `look` says at which: those that nothing
 * is known of ("new"), all ("again"), or none ("known").
 *
 * Throws the array's own problem where its data is refused, IoError, AbortedError.
 */
export async function surveyArray(
  array: ZarrArray,
  look: 'known' | 'new' | 'again',
  { signal, onProgress }: SurveyOptions = {},
): Promise<ChunkSurvey> {
  const scan = await followScan(array, () => ({ signal, take: () => undefined }))
  await scan.surveyed
  const survey =
    look === 'again' ? new Survey(scan.chunks.count) : (scan.survey ?? new Survey(scan.chunks.count))
  scan.survey = survey
  if (look === 'known') return result(array, scan, survey.counts.checked === scan.chunks.count)
  const tasks = new ChunkTasks(array)
  const report = throttled(() => onProgress?.(result(array, scan, false)))
  onProgress?.(result(array, scan, false))
  await overlapped(batches(scan, survey), AT_ONCE, async (batch) => {
    await lookAt(array, tasks, batch, survey, signal)
    report()
  })
  return result(array, scan, true)
}

interface Entry {
  index: number
  coords: number[]
  size: number
}

function* batches({ chunks }: ArrayScan, survey: Survey): Generator<Entry[]> {
  for (let from = 0; from < chunks.count; from += BATCH_CHUNKS) {
    const batch: Entry[] = []
    chunks.each(from, Math.min(chunks.count, from + BATCH_CHUNKS), (coords, size, _modified, index) => {
      if (survey.states[index] === FOUND.nothing) batch.push({ index, coords: Array.from(coords), size })
    })
    if (batch.length > 0) yield batch
  }
}

async function lookAt(
  { context }: ZarrArray,
  tasks: ChunkTasks,
  batch: Entry[],
  survey: Survey,
  signal: AbortSignal | undefined,
): Promise<void> {
  const located = await Promise.all(batch.map(({ coords }) => tasks.of(coords, signal)))
  for (const part of jobs(located)) {
    const { pipeline, chunkBytes } = located[part[0]!]!
    const job = { pipeline, chunkBytes, tasks: part.map((i) => located[i]!.task) }
    const options = { lane: 'background', ...(signal ? { signal } : {}) } as const
    const found = await context.executor.inspect(job, options)
    part.forEach((i, n) => note(survey, batch[i]!, found[n]!))
  }
}

/** Chunks that share a pipeline, few enough to be decoded at a time; their places in the list. */
function* jobs(tasks: readonly ChunkTask[]): Generator<number[]> {
  const byShape = new Map<string, number[]>()
  tasks.forEach(({ pipeline }, i) => {
    const shape = pipeline.shape.join()
    byShape.set(shape, [...(byShape.get(shape) ?? []), i])
  })
  for (const places of byShape.values()) {
    const most = Math.max(1, Math.floor(BATCH_BYTES / Math.max(1, tasks[places[0]!]!.chunkBytes)))
    for (let at = 0; at < places.length; at += most) yield places.slice(at, at + most)
  }
}

function note(survey: Survey, { index, size }: Entry, { state, fillOnly, min, max, error }: Inspected): void {
  // Another call may have looked at the same chunk; one that was deleted meanwhile is missing.
  if (survey.states[index] !== FOUND.nothing || state === 'missing') return
  if (error) survey.add(index, { state: FOUND.corrupt, size, why: error.message })
  else
    survey.add(index, {
      state: fillOnly ? FOUND.fillOnly : FOUND.values,
      size,
      ...(min === undefined || max === undefined ? {} : { min, max }),
    })
}

function result(array: ZarrArray, scan: ArrayScan, done: boolean): ChunkSurvey {
  const { counts, bytes, reasons } = scan.survey!
  const { chunks } = scan
  const corrupt = [...reasons].map(([index, message]) => {
    const coords = chunks.coordsOf(index)
    return { coords, key: shownChunk(array, coords).key, message }
  })
  return {
    total: chunks.count,
    checked: counts.checked,
    fillOnly: { chunks: counts.fillOnly, bytes: bytes.fillOnly },
    corrupt: { chunks: counts.corrupt, bytes: bytes.corrupt },
    problems: [...unreadableShards(array, scan), ...corrupt],
    done,
  }
}
