import { fixedItemSize } from '@shared/dtype/itemsize'
import { NAT } from '@shared/dtype/time'
import type { PipelineSpec } from '../codecs/pipeline-spec'

/**
 * Canonical bytes of one item of a missing chunk; an undefined fill value reads as zeros, or as no time at all (NaT), as
 * zarr-python 3 has it. Fixed-size items only.
 */
export function fillItem({ dtype, fill }: Pick<PipelineSpec, 'dtype' | 'fill'>): Uint8Array {
  if (fill) return fill
  const item = new Uint8Array(fixedItemSize(dtype))
  if (dtype.kind === 'datetime' || dtype.kind === 'timedelta')
    new DataView(item.buffer).setBigInt64(0, NAT, true)
  return item
}
