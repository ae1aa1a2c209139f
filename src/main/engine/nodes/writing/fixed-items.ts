import { concatBytes } from '@shared/dtype/concat-bytes'
import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { product } from '@shared/selection/counts'
import type { DimIndices, DimSlice } from '@shared/selection/selection'
import type { Items } from './cast-items'
import type { ItemSource } from './write-from'

type Dim = DimSlice | DimIndices

/** Items in memory as a source. */
export function fixedItems(
  dtype: DataTypeSpec,
  shape: readonly number[],
  { data, offsets }: Items,
): ItemSource {
  const strides = shape.map((_, k) => product(shape.slice(k + 1)))
  const size = itemSize(dtype)
  const isWhole = (dim: Dim, k: number): boolean =>
    !('indices' in dim) && dim.start === 0 && dim.step === 1 && dim.count === shape[k]
  return {
    shape,
    dtype,
    read: async (dims) => {
      if (dims.every(isWhole)) return { data, ...(offsets && { offsets }) }
      if (size === null) return varying(placeNumbers(dims, strides), data, offsets!)
      // What lies behind one another is copied in one go.
      let axis = dims.length
      while (axis > 0 && isWhole(dims[axis - 1]!, axis - 1)) axis--
      const last = dims[axis - 1]
      const isRun = last !== undefined && !('indices' in last) && last.step === 1
      const outer = dims.slice(0, isRun ? axis - 1 : axis)
      const run = (isRun ? last.count : 1) * strides[axis - 1]! * size
      const start = isRun ? last.start * strides[axis - 1]! : 0
      const places = placeNumbers(outer, strides)
      const out = new Uint8Array(places.length * run)
      places.forEach((place, i) => {
        const from = (place + start) * size
        out.set(data.subarray(from, from + run), i * run)
      })
      return { data: out }
    },
  }
}

function varying(places: Float64Array, data: Uint8Array, offsets: Uint32Array): Items {
  const parts = Array.from(places, (item) => data.subarray(offsets[item], offsets[item + 1]))
  const ends = new Uint32Array(parts.length + 1)
  parts.forEach((part, i) => (ends[i + 1] = ends[i]! + part.length))
  return { data: concatBytes(parts), offsets: ends }
}

/** Numbers of the items of a box, in C order. */
export function placeNumbers(dims: readonly Dim[], strides: readonly number[]): Float64Array {
  let numbers = Float64Array.of(0)
  dims.forEach((dim, k) => {
    const count = 'indices' in dim ? dim.indices.length : dim.count
    const next = new Float64Array(numbers.length * count)
    let at = 0
    for (const base of numbers)
      for (let i = 0; i < count; i++) {
        const index = 'indices' in dim ? dim.indices[i]! : dim.start + i * dim.step
        next[at++] = base + index * strides[k]!
      }
    numbers = next
  })
  return numbers
}
