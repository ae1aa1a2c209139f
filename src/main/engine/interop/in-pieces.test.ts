import { expect, test } from 'vitest'
import type { DimSlice } from '@shared/selection/selection'
import type { ItemSource } from '../nodes/copying/item-source'
import { fixedItems } from '../nodes/writing/fixed-items'
import { inPieces } from './in-pieces'

const dtype = { kind: 'uint', bits: 8 } as const

test('a large box is read in pieces of whole chunks, with the same items', async () => {
  const shape = [5, 2000, 1024]
  const data = Uint8Array.from({ length: 5 * 2000 * 1024 }, (_, i) => (i * 31) % 251)
  const reads: DimSlice[][] = []
  const plain = fixedItems(dtype, shape, { data })
  const source: ItemSource = {
    shape,
    dtype,
    chunks: [1, 300, 1024],
    read: (dims) => {
      reads.push(dims as DimSlice[])
      return plain.read(dims)
    },
  }
  const dims = [
    { start: 2, step: 1, count: 1 },
    { start: 0, step: 1, count: 2000 },
    { start: 0, step: 1, count: 1024 },
  ]
  expect((await inPieces(source).read(dims)).data).toEqual((await plain.read(dims)).data)
  expect(reads.map(([, dim]) => [dim!.start, dim!.count])).toEqual([
    [0, 1800],
    [1800, 200],
  ])
})
