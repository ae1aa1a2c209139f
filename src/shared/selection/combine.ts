import { SelectionError } from '../errors'
import type { DimIndices, DimSlice, Selection } from './selection'
import { product } from './counts'

/** One dimension's choice each as a selection: points where several dimensions have lists and none has anything else. */
export function combine(dims: (DimSlice | DimIndices)[]): Selection {
  const lists = dims.filter((dim) => 'indices' in dim)
  if (lists.length === 0) return { kind: 'basic', dims: dims as DimSlice[] }
  if (lists.length < 2 || lists.length < dims.length) return { kind: 'orthogonal', dims }
  return points(lists.map(({ indices }) => ({ indices, shape: [indices.length] })))
}

/** Indices of one dimension in any number of dimensions of their own, C order. */
export interface IndexArray {
  indices: Float64Array
  shape: number[]
}

/** A pointwise selection from one index array per dimension, broadcast against each other as NumPy does. */
export function points(arrays: readonly IndexArray[]): Selection {
  const rank = Math.max(0, ...arrays.map(({ shape }) => shape.length))
  const padded = arrays.map(({ shape }) => [...Array<number>(rank - shape.length).fill(1), ...shape])
  const shape = Array.from({ length: rank }, (_, axis) => {
    const sizes = padded.map((own) => own[axis]!)
    const size = sizes.find((other) => other !== 1) ?? 1
    if (sizes.some((other) => other !== 1 && other !== size)) {
      const shapes = arrays.map((array) => `(${array.shape.join(', ')})`).join(', ')
      throw new SelectionError(`Index lists of the shapes ${shapes} do not fit each other.`)
    }
    return size
  })
  const indices = arrays.map((array, k) => broadcast(array.indices, padded[k]!, shape))
  return { kind: 'points', indices, shape }
}

function broadcast(values: Float64Array, from: readonly number[], to: readonly number[]): Float64Array {
  const total = product(to)
  if (values.length === total) return values
  const out = new Float64Array(total)
  for (let i = 0; i < total; i++) {
    let rest = i
    let at = 0
    let stride = 1
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const index = rest % to[axis]!
      rest = (rest - index) / to[axis]!
      if (from[axis] !== 1) at += index * stride
      stride *= from[axis]!
    }
    out[i] = values[at]!
  }
  return out
}
