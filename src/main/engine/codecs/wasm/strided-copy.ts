import { CodecFailure } from './codec-failure'

/** A copy between two strided layouts; strides and sizes in bytes. */
export interface StridedCopy {
  /** At least 1. */
  readonly itemSize: number
  /** Items per dimension, at most 64 dimensions. */
  readonly shape: readonly number[]
  readonly sourceStrides: readonly number[]
  readonly targetStrides: readonly number[]
  /** Size of the target; bytes that no item reaches are zero. */
  readonly size: number
}

const MAX_DIMENSIONS = 64

/** Checks that all items lie inside `length` source bytes and `layout.size` target bytes, and counts them. */
export function boundsOf(length: number, layout: StridedCopy): { readonly items: number } {
  const { itemSize, shape, sourceStrides, targetStrides, size } = layout
  const numbers = [itemSize, size, ...shape, ...sourceStrides, ...targetStrides]
  if (
    numbers.some((n) => !Number.isSafeInteger(n) || n < 0 || n > 2 ** 31) ||
    itemSize === 0 ||
    shape.length > MAX_DIMENSIONS ||
    sourceStrides.length !== shape.length ||
    targetStrides.length !== shape.length
  ) {
    throw new CodecFailure('parameters', 'the strided layout is not possible')
  }
  const items = shape.reduce((product, count) => product * count, 1)
  const extent = (strides: readonly number[]): number =>
    items === 0 ? 0 : shape.reduce((sum, count, d) => sum + (count - 1) * strides[d]!, itemSize)
  if (extent(sourceStrides) > length || extent(targetStrides) > size) {
    throw new CodecFailure('parameters', 'the strided layout reaches beyond its buffers')
  }
  return { items }
}
