import { wholeProjection, cOrderStrides } from '../chunks/whole-projection'
import type { Lane } from '../pool/executor'
import { decodedBytes } from '../pool/limits'
import type { ReadTask, VlenResult } from '../pool/operations'
import type { LoadedChunk } from './chunk-cache'
import { locate, type ChunkRequest, type WantedChunk } from './chunk-request'
import { sameShape } from './same-shape'

/** Chunks of one job; more go in several, so that whoever waits for the first need not wait for all. */
const MAX_TASKS = 32

/** A chunk that somebody waits for. */
interface Waiting extends Pick<WantedChunk, 'pipeline'> {
  task: ReadTask
  shape: number[]
  stamp: string
  signal: AbortSignal
  resolve: (loaded: LoadedChunk) => void
  reject: (reason: unknown) => void
}

/**
 * Decodes whole chunks of one array into memory of their own, for the cache. Chunks that are asked for together go to
 * the executor as one job: its threads share them, and nothing is sent per chunk.
 */
export class WholeChunks {
  private readonly request: ChunkRequest
  private readonly lane: Lane
  private waiting: Waiting[] = []

  constructor(request: ChunkRequest, lane: Lane) {
    this.request = request
    this.lane = lane
  }

  /** @param stamp identity of the value as it was just now, which the chunk is kept under */
  async decode(wanted: WantedChunk, stamp: string, signal: AbortSignal): Promise<LoadedChunk> {
    const { key, inner, pipeline, projection } = wanted
    const source = await locate(this.request.source.store, key, signal)
    const shape = this.request.chunks.shapeOf(projection.coords)
    const task: ReadTask = { key, source, projection: wholeProjection(shape) }
    if (inner) task.inner = inner
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, shape, pipeline, stamp, signal, resolve, reject })
      // Others that are asked for with it come before this is done.
      if (this.waiting.length === 1) queueMicrotask(() => this.send())
    })
  }

  private send(): void {
    const all = this.waiting
    this.waiting = []
    for (const group of sameShape(all)) {
      for (let at = 0; at < group.length; at += MAX_TASKS) {
        const part = group.slice(at, at + MAX_TASKS)
        this.run(part).catch((thrown: unknown) => part.forEach(({ reject }) => reject(thrown)))
      }
    }
  }

  private async run(group: Waiting[]): Promise<void> {
    const { source, chunks, executor } = this.request
    const bytes = group.map(({ shape }) => decodedBytes({ dtype: source.dtype, shape }))
    const job = {
      pipeline: group[0]!.pipeline,
      tasks: group.map(({ task }) => task),
      chunkBytes: Math.max(...bytes),
    }
    const run = { lane: this.lane, signal: whenAll(group.map(({ signal }) => signal)) }
    if (chunks.itemsize === null) {
      const outcomes = await executor.readVlen(job, run)
      group.forEach(({ resolve, stamp }, i) => resolve(variableChunk(outcomes[i]!, stamp)))
      return
    }
    const target = group.map(({ shape }, i) => ({
      buffer: new SharedArrayBuffer(bytes[i]),
      byteOffset: 0,
      strides: cOrderStrides(shape),
    }))
    const outcomes = await executor.read({ ...job, target }, run)
    group.forEach(({ resolve, stamp }, i) => {
      const [outcome, data] = [outcomes[i]!, new Uint8Array(target[i]!.buffer)]
      resolve(outcome.state === 'stored' ? { chunk: { data, stamp }, outcome } : { outcome })
    })
  }
}

function variableChunk(outcome: VlenResult, stamp: string): LoadedChunk {
  const { data, offsets } = outcome
  return data && offsets ? { chunk: { data, offsets, stamp }, outcome } : { outcome }
}

/** Aborted once all of them are. */
function whenAll(signals: readonly AbortSignal[]): AbortSignal {
  const abort = new AbortController()
  let left = signals.length
  for (const signal of signals) {
    const one = (): void => {
      left--
      if (left === 0) abort.abort()
    }
    if (signal.aborted) one()
    else signal.addEventListener('abort', one, { once: true })
  }
  return abort.signal
}
