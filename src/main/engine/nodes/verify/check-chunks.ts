import { AbortedError, toErrorBody } from '@shared/errors'
import { chunkPlaces, type ChunkPlaces } from '../../cache/chunk-places'
import { locate } from '../../cache/chunk-request'
import { overlapped } from '../../cache/overlapped'
import type { ZarrArray } from '../array'
import type { Problem, VerifyOptions } from './problem'

export interface StoredChunk {
  array: ZarrArray
  coords: number[]
  key: string
}

/** Reads and decodes whole stored chunks, several at a time; gives those that do not decode, in order. */
export async function checkChunks(
  chunks: readonly StoredChunk[],
  options: VerifyOptions,
): Promise<Problem[]> {
  const { signal, onProgress } = options
  const places = new Map<ZarrArray, ChunkPlaces>()
  const problems: { at: number; problem: Problem }[] = []
  let done = 0
  const workers = chunks[0]?.array.context.executor.workers ?? 1
  await overlapped(chunks.entries(), workers + 1, async ([at, chunk]) => {
    await options.gate?.()
    if (signal?.aborted) throw new AbortedError()
    const { array, key } = chunk
    const message = await fault(chunk, placesOf(places, array), signal)
    if (message !== undefined)
      problems.push({ at, problem: { node: array.path, key, kind: 'chunk', message } })
    onProgress?.({ done: ++done, total: chunks.length })
  })
  return problems.sort((a, b) => a.at - b.at).map(({ problem }) => problem)
}

function placesOf(places: Map<ZarrArray, ChunkPlaces>, array: ZarrArray): ChunkPlaces {
  const known = places.get(array)
  if (known) return known
  const made = chunkPlaces({ ...array.metadata, dtype: array.dtype })
  places.set(array, made)
  return made
}

async function fault(
  { array, coords, key }: StoredChunk,
  places: ChunkPlaces,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const { store, context } = array
  const abort = signal ? { signal } : {}
  try {
    const source = await locate(store, key, signal)
    const pipeline = places.pipelineAt(coords)
    const { error } = await context.executor.decode(
      { pipeline, key, source },
      { lane: 'background', ...abort },
    )
    return error?.message
  } catch (thrown) {
    const { code, message } = toErrorBody(thrown)
    if (code === 'ABORTED' || code === 'INTERNAL') throw thrown
    return message
  }
}
