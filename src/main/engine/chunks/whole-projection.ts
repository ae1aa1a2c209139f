import type { BoxProjection } from './projection'

/** The projection that takes every item of a chunk to its C-order place in a result of the chunk's own shape. */
export const wholeProjection = (shape: readonly number[]): BoxProjection => ({
  kind: 'box',
  coords: shape.map(() => 0),
  dims: shape.map((count) => ({ kind: 'run', start: 0, step: 1, count, outStart: 0 })),
})

/** Items between neighbours of a packed box in C order, per dimension. */
export function cOrderStrides(shape: readonly number[]): number[] {
  const strides: number[] = shape.map(() => 1)
  for (let k = shape.length - 2; k >= 0; k--) strides[k] = strides[k + 1]! * shape[k + 1]!
  return strides
}
