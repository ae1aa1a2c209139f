import { ValueError } from '@shared/errors'
import type { Selection } from '@shared/selection/selection'
import { outputLayout } from '../../chunks/project'

const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`

/**
 * Strides with which a value of `shape` fills a selection, by NumPy's broadcasting: dimensions are aligned at the end,
 * one of length 1 (or absent) repeats. Per dimension of the array, in items; 0 repeats. For points one number.
 * Throws ValueError where the shapes do not fit.
 */
export function broadcastStrides(selection: Selection, shape: readonly number[]): number[] {
  const layout = outputLayout(selection)
  const extra = shape.length - layout.shape.length
  const fits =
    shape.slice(0, Math.max(0, extra)).every((length) => length === 1) &&
    shape.slice(Math.max(0, extra)).every((length, i) => {
      const target = layout.shape[i + Math.max(0, -extra)]
      return length === 1 || length === target
    })
  if (!fits)
    throw new ValueError(
      `A value of shape ${shapeText(shape)} does not fit a selection of shape ${shapeText(layout.shape)}.`,
    )
  const own = cOrder(shape)
  // Per dimension of the result; dropped dimensions of the array have none.
  const perResult = layout.shape.map((_, i) => {
    const at = i + extra
    return at < 0 || shape[at] === 1 ? 0 : own[at]!
  })
  if (selection.kind === 'points') return pointStride(perResult, layout.shape)
  let next = 0
  return selection.dims.map((dim) => ('drop' in dim && dim.drop ? 0 : perResult[next++]!))
}

/** Points are numbered through: a value lies either like them, or is one item for all. */
function pointStride(strides: readonly number[], shape: readonly number[]): number[] {
  if (strides.every((stride) => stride === 0)) return [0]
  const packed = cOrder(shape)
  if (strides.every((stride, i) => stride === packed[i] || shape[i] === 1)) return [1]
  throw new ValueError('A value for points has the shape of the points, or is a single item.')
}

function cOrder(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1)
  for (let k = shape.length - 2; k >= 0; k--) strides[k] = strides[k + 1]! * shape[k + 1]!
  return strides
}
