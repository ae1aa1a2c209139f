import type {
  AccessPattern,
  ChunkCandidate,
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
  const { layout } = array
  const kept = chunks.suggestion ?? { chunks: layout.chunks ?? [], shards: layout.shards, reason: '' }
  const reasons = [codecs.suggestion?.reason ?? 'No codec could be measured.', kept.reason]
  return {
    codecs,
    chunks,
    suggestion: {
      codec: codecs.suggestion?.spec ?? null,
      chunks: kept.chunks,
      shards: kept.shards,
      reason: reasons.filter((reason) => reason !== '').join(' '),
    },
  }
}
