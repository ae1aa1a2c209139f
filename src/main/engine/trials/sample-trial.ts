import type { SampleRequest, SampleTrial } from '@shared/model/trials'
import type { ZarrArray } from '../nodes/array'
import { initializedChunks } from './initialized'
import { takeSample, type TrialOptions } from './sample'

/** What trials would be made with, before any is. Only reads. Throws as `takeSample` does. */
export async function sampleTrial(
  array: ZarrArray,
  request: SampleRequest,
  { signal }: TrialOptions = {},
): Promise<SampleTrial> {
  const { report } = await takeSample(array, request, { signal })
  return { sample: report, initialized: await initializedChunks(array, report, signal) }
}
