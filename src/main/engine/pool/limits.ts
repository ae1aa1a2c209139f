import { itemSize } from '@shared/dtype/itemsize'
import type { PipelineSpec } from '../codecs/pipeline-spec'

/** The largest chunk that is decoded whole, and the most that is decoded at a time. */
export const MAX_CHUNK_BYTES = 2 ** 30

/** Bytes that a chunk takes once decoded; of items that vary in length only what their offsets take. */
export const decodedBytes = ({ dtype, shape }: Pick<PipelineSpec, 'dtype' | 'shape'>): number =>
  shape.reduce((n, length) => n * length, itemSize(dtype) ?? Uint32Array.BYTES_PER_ELEMENT)
