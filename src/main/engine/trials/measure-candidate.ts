import { AbortedError } from '@shared/errors'
import type { PipelineSpec } from '../codecs/pipeline-spec'
import type { CodecExecutor } from '../pool/executor'
import type { SampleChunk } from './sample-chunk'

/** Sums over the chunks that were measured; speeds in millions of bytes a second, null where there was nothing to time. */
export interface Figures {
  chunks: number
  rawBytes: number
  encodedBytes: number
  encodeMBps: number | null
  decodeMBps: number | null
  lossless: boolean
  maxError?: number
}

/** Small samples are measured in full, however little time there is. */
const LEAST_MS = 250

export interface MeasureOptions {
  /** Milliseconds for all chunks together; the first is measured whatever it takes. */
  candidateMs: number
  /** Every chunk, whatever it takes. */
  all?: boolean | undefined
  signal?: AbortSignal | undefined
  onChunk?: (() => void) | undefined
}

/**
 * Measures chunk after chunk, one at a time so that no two trials share the machine's memory bandwidth, until the time
 * is over. Throws what encoding or decoding throws, AbortedError.
 */
export async function measureBinding(
  executor: CodecExecutor,
  pipeline: PipelineSpec,
  chunks: readonly SampleChunk[],
  { candidateMs, all, signal, onChunk }: MeasureOptions,
): Promise<Figures> {
  const sum = { chunks: 0, rawBytes: 0, encodedBytes: 0, lossless: true }
  const speeds = { encode: [] as number[], decode: [] as number[] }
  let maxError: number | undefined
  const until = performance.now() + Math.max(LEAST_MS, candidateMs)
  for (const { data, offsets, shape } of chunks) {
    if (signal?.aborted) throw new AbortedError()
    if (!all && sum.chunks > 0 && performance.now() > until) break
    const job = { pipeline: { ...pipeline, shape }, data, ...(offsets && { offsets }) }
    const found = await executor.measure(
      { ...job, budgetMs: candidateMs / chunks.length },
      { lane: 'background', ...(signal && { signal }) },
    )
    sum.chunks++
    sum.rawBytes += data.length
    sum.encodedBytes += found.encodedBytes
    speeds.encode.push(data.length / found.encodeMs / 1000)
    speeds.decode.push(data.length / found.decodeMs / 1000)
    sum.lossless &&= found.lossless
    if (found.maxError !== undefined) maxError = Math.max(maxError ?? 0, found.maxError)
    onChunk?.()
  }
  return {
    ...sum,
    encodeMBps: median(speeds.encode),
    decodeMBps: median(speeds.decode),
    ...(maxError === undefined ? {} : { maxError }),
  }
}

/** One chunk during which the machine did something else must not decide. */
function median(values: readonly number[]): number | null {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}
