import { AbortedError } from '@shared/errors'
import type { PipelineSpec } from '../codecs/pipeline-spec'
import type { CodecExecutor } from '../pool/executor'
import type { SampleChunk } from './sample-chunk'

/** Sums over the chunks that were measured. */
export interface Figures {
  chunks: number
  rawBytes: number
  encodedBytes: number
  encodeMs: number
  decodeMs: number
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
  const sum: Figures = { chunks: 0, rawBytes: 0, encodedBytes: 0, encodeMs: 0, decodeMs: 0, lossless: true }
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
    sum.encodeMs += found.encodeMs
    sum.decodeMs += found.decodeMs
    sum.lossless &&= found.lossless
    if (found.maxError !== undefined) sum.maxError = Math.max(sum.maxError ?? 0, found.maxError)
    onChunk?.()
  }
  return sum
}
