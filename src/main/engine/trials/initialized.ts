import type { SampleReport } from '@shared/model/trials'
import type { ZarrArray } from '../nodes/array'
import { countInitialized } from '../stats/count-one'

/** Grids up to this size are counted; larger ones are estimated from the sample. */
const MOST_COUNTED = 100_000

/** How many chunks are initialised: counted, or of a very large grid the sample's share of it. */
export async function initializedChunks(
  array: ZarrArray,
  sample: Pick<SampleReport, 'coords' | 'missing' | 'nchunks'>,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (sample.nchunks <= MOST_COUNTED) return countInitialized(array, { signal })
  const found = sample.coords.length
  return found === 0 ? 0 : Math.round((sample.nchunks * found) / (found + sample.missing))
}
