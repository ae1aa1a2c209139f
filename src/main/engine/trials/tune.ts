import type {
  AccessPattern,
  ChunkCandidate,
  ChunkRow,
  ChunkTrials,
  CodecTrials,
  SampleRequest,
  Suggestion,
} from '@shared/model/trials'
import type { ZarrArray } from '../nodes/array'
import { runChunkTrials } from './chunk-trials'
import { runCodecTrials, type CodecTrialOptions } from './codec-trials'

export interface TuneOptions extends CodecTrialOptions {
  patterns?: readonly AccessPattern[] | undefined
  shapes?: readonly ChunkCandidate[] | undefined
}

export interface TuneReport {
  codecs: CodecTrials
  chunks: ChunkTrials
  suggestion: Suggestion
}

/** Both laboratories and one suggestion out of them. Throws as they do. */
export async function tune(
  array: ZarrArray,
  sample: SampleRequest,
  { patterns, shapes, ...options }: TuneOptions = {},
): Promise<TuneReport> {
  const { signal } = options
  // Patterns and shapes that do not fit are told before time is spent on codecs.
  const asked = { patterns, shapes, signal }
  await runChunkTrials(array, { ...asked, ratio: 1 })
  const codecs = await runCodecTrials(array, sample, options)
  const { rawBytes, storedBytes } = codecs.sample
  const known = storedBytes && rawBytes > 0 ? { ratio: rawBytes / storedBytes } : {}
  const chunks = await runChunkTrials(array, { ...asked, ...known })
  const kept = chunks.suggestion ?? present(chunks.rows)
  const reasons = [codecs.suggestion?.reason ?? 'No codec could be measured.', kept.reason]
  return {
    codecs,
    chunks,
    suggestion: {
      codec: codecs.suggestion?.spec ?? null,
      chunks: kept.chunks,
      shards: kept.shards,
      ...(kept.varied && { varied: true }),
      reason: reasons.filter((reason) => reason !== '').join(' '),
    },
  }
}

/** The layout that the array has, where there is no reason for any. */
function present(rows: readonly ChunkRow[]): NonNullable<ChunkTrials['suggestion']> {
  const row = rows.find((one) => one.present)
  const { chunks, shards } = row ?? { chunks: [], shards: null }
  return { chunks, shards, ...(row?.varied && { varied: true }), reason: '' }
}
