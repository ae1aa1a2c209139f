import type { DataTypeSpec } from '@shared/dtype/spec'

/**
 * A decoded chunk before the one copy that scatter makes. Item at index (i0, i1, …) lies at
 * `data[(sum ik * strides[k]) * itemsize]`; strides count items and may be any permutation of a packed layout.
 * `bigEndian` items are swapped by scatter. Variable-length items come as `offsets` (items + 1 entries, in the packed
 * order that strides describe). `data` may be a view on memory that the next decode reuses: copy or scatter at once.
 */
export interface DecodedChunk {
  dtype: DataTypeSpec
  shape: number[]
  strides: number[]
  bigEndian: boolean
  data: Uint8Array
  offsets?: Uint32Array
}
