import { fixedItemSize } from '@shared/dtype/itemsize'
import { itemUnits } from '@engine/chunks/item-layout'
import { wholeItem } from '@engine/chunks/scatter'
import { copyStrided } from '@engine/chunks/strided-copy'
import { copyRun } from './copy-run'
import type { DecodedChunk } from './decoded-chunk'

/** Number of items of a shape; beyond 2^53 no longer exact, but still too large for every limit. */
export const product = (shape: readonly number[]): number =>
  shape.reduce((total, length) => total * length, 1)

/** Strides in items of a packed chunk whose last axis runs fastest. */
export function cStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= shape[axis]!
  }
  return strides
}

/** Whether items lie in C order; axes of length 1 may have any stride. */
function isCOrder(shape: readonly number[], strides: readonly number[]): boolean {
  const expected = cStrides(shape)
  return shape.every((length, axis) => length === 1 || strides[axis] === expected[axis])
}

/** The chunk with little-endian items in C order: itself where it is so already, else a rearranged copy. */
export function canonical(chunk: DecodedChunk): DecodedChunk {
  const strides = cStrides(chunk.shape)
  const ordered = isCOrder(chunk.shape, chunk.strides)
  if (ordered && !chunk.bigEndian) return { ...chunk, strides }
  if (chunk.offsets) return { ...chunk, strides, ...variableInCOrder(chunk, chunk.offsets) }
  const data = new Uint8Array(product(chunk.shape) * fixedItemSize(chunk.dtype))
  copyChunk(chunk, { data, strides })
  return { ...chunk, strides, bigEndian: false, data }
}

/** Canonical items laid out in `data`: item (i0, i1, …) lies at item `first + sum ik * strides[k]`. */
export interface ItemLayout {
  readonly data: Uint8Array
  readonly strides: readonly number[]
  readonly first?: number
}

/** Copies all items of a fixed-size chunk, little-endian, to their places in `to`. */
export function copyChunk(chunk: DecodedChunk, to: ItemLayout): void {
  const itemsize = fixedItemSize(chunk.dtype)
  const loops = chunk.shape.map((count, axis) => ({
    count,
    from: chunk.strides[axis]! * itemsize,
    to: to.strides[axis]! * itemsize,
  }))
  for (const { offset, unit, count } of chunk.bigEndian ? itemUnits(chunk.dtype) : wholeItem(itemsize)) {
    copyStrided(chunk.data, to.data, {
      loops: [...loops, { count, from: unit, to: unit }],
      fromOffset: offset,
      toOffset: (to.first ?? 0) * itemsize + offset,
      unit,
      swap: chunk.bigEndian && unit > 1,
    })
  }
}

function variableInCOrder(
  chunk: DecodedChunk,
  offsets: Uint32Array,
): { data: Uint8Array; offsets: Uint32Array } {
  const order = itemOrder(chunk.shape, chunk.strides)
  const data = new Uint8Array(chunk.data.length)
  const moved = new Uint32Array(offsets.length)
  let end = 0
  order.forEach((item, i) => {
    const start = offsets[item]!
    const length = offsets[item + 1]! - start
    copyRun(chunk.data, start, data, end, length)
    end += length
    moved[i + 1] = end
  })
  return { data, offsets: moved }
}

/** Place of every item of a box, listed in the box's C order. */
export function itemOrder(shape: readonly number[], strides: readonly number[], first = 0): Float64Array {
  const order = new Float64Array(product(shape))
  const index = new Array<number>(shape.length).fill(0)
  let place = first
  for (let i = 0; i < order.length; i++) {
    order[i] = place
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis]!
      index[axis]! += 1
      if (index[axis]! < shape[axis]!) break
      place -= index[axis]! * strides[axis]!
      index[axis] = 0
    }
  }
  return order
}
