import { fixedItemSize } from '@shared/dtype/itemsize'
import type { PipelineSpec } from '../codecs/pipeline-spec'

/** Canonical bytes of one item of a missing chunk; an undefined fill value reads as zeros. Fixed-size items only. */
export const fillItem = ({ dtype, fill }: Pick<PipelineSpec, 'dtype' | 'fill'>): Uint8Array =>
  fill ?? new Uint8Array(fixedItemSize(dtype))
