/** Invented cells for the fake host: smooth values, a missing chunk here and there, one that is broken. */
import { dataType } from '@shared/dtype/registry'
import type { Block, BlockPart } from '@shared/model/block'
import type { DimSlice } from '@shared/selection/selection'
import type { FakeNode } from './store-builder'

export function fakeRead(node: FakeNode, dims: DimSlice[]): Block {
  const array = node.detail.array
  if (!array?.dtype) throw new Error('The fake array has no cells.')
  const dtype = dataType(array.dtype)
  const free = dims.filter((dim) => !dim.drop)
  const shape = free.map((dim) => dim.count)
  const items = shape.reduce((n, length) => n * length, 1)
  const size = dtype.itemsize ?? 0
  const data = new Uint8Array(items * size)
  for (let item = 0; item < items; item++) {
    let rest = item
    let phase = 0
    for (let d = dims.length - 1; d >= 0; d--) {
      const dim = dims[d]
      if (!dim) continue
      const at = dim.drop ? dim.start : dim.start + (rest % dim.count) * dim.step
      if (!dim.drop) rest = Math.floor(rest / dim.count)
      phase += at / (d + 2)
    }
    const value = Math.round((280 + 20 * Math.sin(phase / 50)) * 1000) / 1000
    data.set(dtype.encode(array.dtype.kind === 'float' ? value : Math.round(value)), item * size)
  }
  const coords = dims.map((dim, d) => Math.floor(dim.start / (array.chunks[d] ?? 1)))
  const sum = coords.reduce((n, c) => n + c, 0)
  const state: BlockPart['state'] = sum % 7 === 3 ? 'missing' : sum % 11 === 5 ? 'error' : 'stored'
  const part: BlockPart = { start: shape.map(() => 0), shape, state, key: `c/${coords.join('/')}`, coords }
  if (state === 'error') part.error = 'The checksum of the stored bytes is wrong.'
  return { shape, dtype: array.dtype, data, parts: [part] }
}
