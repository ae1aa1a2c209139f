import { itemSize } from '@shared/dtype/itemsize'
import type { PipelineSpec } from '../codecs/pipeline-spec'

/** The largest chunk that is decoded whole, and the most that is decoded at a time. */
export const MAX_CHUNK_BYTES = 2 ** 30

/** Bytes that a chunk takes once decoded; of items that vary in length only what their offsets take. */
export const decodedBytes = ({ dtype, shape }: Pick<PipelineSpec, 'dtype' | 'shape'>): number =>
  shape.reduce((n, length) => n * length, itemSize(dtype) ?? Uint32Array.BYTES_PER_ELEMENT)

/** The largest result of items that vary in length. */
export const MAX_RESULT_BYTES = 2 ** 30

/** What a LimitError is about where a result of items that vary in length is too large. */
export const RESULT_BYTES = 'The size of the selected items, in bytes,'
