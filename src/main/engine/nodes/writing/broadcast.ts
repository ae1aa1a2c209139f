import { ValueError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { product } from '@shared/selection/counts'
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
  // Dropped dimensions of the array have none.
  const perResult = resultStrides(layout.shape, shape)
  if (selection.kind === 'points') return pointStride(perResult, layout.shape)
  let next = 0
  return selection.dims.map((dim) => ('drop' in dim && dim.drop ? 0 : perResult[next++]!))
}

/** Whether NumPy would broadcast a value of `shape` to `target`. */
export function canBroadcast(shape: readonly number[], target: readonly number[]): boolean {
  const extra = shape.length - target.length
  return (
    shape.slice(0, Math.max(0, extra)).every((length) => length === 1) &&
    shape.slice(Math.max(0, extra)).every((length, i) => {
      return length === 1 || length === target[i + Math.max(0, -extra)]
    })
  )
}

/** Strides of a value of `shape` per dimension of `target`, in items; 0 repeats. Throws ValueError. */
export function resultStrides(target: readonly number[], shape: readonly number[]): number[] {
  if (!canBroadcast(shape, target))
    throw new ValueError(
      `A value of shape ${shapeText(shape)} does not fit a selection of shape ${shapeText(target)}.`,
    )
  const extra = shape.length - target.length
  const own = cOrder(shape)
  return target.map((_, i) => {
    const at = i + extra
    return at < 0 || shape[at] === 1 ? 0 : own[at]!
  })
}

/** Items of a value written out over `target`, in C order. */
export function broadcastItems(
  block: { data: Uint8Array; offsets?: Uint32Array; shape: readonly number[] },
  target: readonly number[],
  dtype: DataTypeSpec,
): { data: Uint8Array; offsets?: Uint32Array; shape: number[] } {
  const strides = resultStrides(target, block.shape)
  const size = itemSize(dtype)
  const span = (item: number): [number, number] =>
    size === null ? [block.offsets![item]!, block.offsets![item + 1]!] : [item * size, (item + 1) * size]
  const items = product(target)
  const places = new Float64Array(items)
  for (let i = 0; i < items; i++) {
    let [rest, place] = [i, 0]
    for (let k = target.length - 1; k >= 0; k--) {
      place += (rest % target[k]!) * strides[k]!
      rest = Math.floor(rest / target[k]!)
    }
    places[i] = place
  }
  const offsets = new Uint32Array(items + 1)
  places.forEach((place, i) => (offsets[i + 1] = offsets[i]! + span(place)[1] - span(place)[0]))
  const data = new Uint8Array(offsets[items]!)
  places.forEach((place, i) => data.set(block.data.subarray(...span(place)), offsets[i]))
  return { data, shape: [...target], ...(size === null && { offsets }) }
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
