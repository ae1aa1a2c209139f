import type { Advice, AdviceReport, SampleRequest } from '@shared/model/trials'
import type { ZarrArray } from '../nodes/array'
import { bindPresent } from './bind-setting'
import { runChunkTrials } from './chunk-trials'
import {
  differences,
  fillOnly,
  narrower,
  noisy,
  otherOrder,
  uncompressed,
  unshuffled,
} from './content-findings'
import type { Finding } from './finding'
import { flatChunks, largeChunks, manyFiles, smallChunks } from './layout-findings'
import { takeSample, type TrialOptions } from './sample'

const FINDINGS: readonly Finding[] = [
  smallChunks,
  largeChunks,
  flatChunks,
  manyFiles,
  uncompressed,
  unshuffled,
  differences,
  otherOrder,
  noisy,
  narrower,
  fillOnly,
]

/**
 * What someone who knows the field would say about how an array is stored, each finding with what was counted and the
 * trial that would show it. Worked out on a sample of chunks; only reads. Throws the array's own problem, AbortedError.
 */
export async function adviseOn(
  array: ZarrArray,
  request: SampleRequest,
  { signal }: TrialOptions = {},
): Promise<AdviceReport> {
  const sample = await takeSample(array, request, { signal })
  const { rawBytes, storedBytes } = sample.report
  const ratio = storedBytes && rawBytes > 0 ? rawBytes / storedBytes : 1
  const trials = await runChunkTrials(array, { ratio, signal })
  const { setting: present } = bindPresent(array, sample.report.chunkShape)
  const advice: Advice[] = []
  if (array.layout.nchunks > 0n) {
    for (const finding of FINDINGS) {
      const said = await finding({ array, sample, trials, present, signal })
      if (said) advice.push(said)
    }
  }
  return { sample: sample.report, advice }
}
