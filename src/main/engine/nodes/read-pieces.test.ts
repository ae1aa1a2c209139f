import { describe, expect, test } from 'vitest'
import { dataType } from '@shared/dtype/registry'
import { normalizeSelection } from '@shared/selection/normalize'
import type { ZarrArray } from './array'
import { createArray } from './creation/create-node'
import type { NewArrayOptions } from './creation/new-array-options'
import { itemValues } from './item-values'
import { openNode } from './open'
import { readPieces, type Piece, type ReadPiecesOptions } from './read-pieces'
import { LoggingStore } from '../stores/logging'
import { MemoryStore } from '../stores/memory'
import type { WritableStore } from '../stores/store'
import { context } from './testing/sample-nodes'
import { encodeItems } from './writing/cast-items'
import { writeArray } from './writing/write-array'

const made = (options: NewArrayOptions, store: WritableStore = new MemoryStore()): Promise<ZarrArray> =>
  createArray(store, 'a', options, context)

/** Each piece as its values, copied before the next one is read. */
async function pieces(array: ZarrArray, text: string, options?: ReadPiecesOptions): Promise<unknown[][]> {
  const found: unknown[][] = []
  for await (const piece of readPieces(array, normalizeSelection(text, array.shape), options)) {
    found.push(itemValues(dataType(piece.dtype), piece.data, piece.offsets))
    expect(found.at(-1)).toHaveLength(piece.items)
  }
  return found
}

describe('readPieces', () => {
  test('gives a result in order, in pieces of so many bytes, in the same memory', async () => {
    const array = await made({ shape: [6, 5], chunks: [2, 2], dtype: 'int16' })
    const values = Array.from({ length: 30 }, (_, i) => i * 3)
    const whole = normalizeSelection('...', array.shape)
    await writeArray(array, whole, { ...encodeItems(values, dataType(array.dtype)), shape: [6, 5] })
    const found = await pieces(array, '...', { bytes: 42 })
    expect(found.map(({ length }) => length)).toEqual([20, 10])
    expect(found.flat()).toEqual(values)
    const buffers = new Set<unknown>()
    for await (const { data } of readPieces(array, whole, { bytes: 42 })) buffers.add(data.buffer)
    expect(buffers.size).toBe(1)
  })

  test('reads of an enormous array what is asked for, piece after piece', async () => {
    const store = new LoggingStore(new MemoryStore())
    await made({ shape: [4, 10 ** 14], chunks: [2, 3], dtype: 'int32', fillValue: 7 }, store)
    const array = (await openNode(store, 'a', context)) as ZarrArray
    store.clear()
    const walk = readPieces(array, normalizeSelection('...', array.shape))
    const { value: piece } = (await walk.next()) as { value: Piece }
    expect(piece.items).toBe(3 * 2 ** 14)
    expect(new Set(itemValues(dataType(piece.dtype), piece.data))).toEqual(new Set([7]))
    expect(store.keysRead).toHaveLength(2 ** 14)
  })

  test('halves pieces whose items turn out long, down to one item', async () => {
    const array = await made({ shape: [64], chunks: [8], dtype: 'string' })
    const words = Array.from({ length: 64 }, (_, i) => (i === 40 ? 'long '.repeat(600) : `${i}`))
    await writeArray(array, normalizeSelection('...', [64]), {
      ...encodeItems(words, dataType(array.dtype)),
      shape: [64],
    })
    const found = await pieces(array, '...', { bytes: 2560 })
    expect(found.flat()).toEqual(words)
    const bytes = found.map((texts) => texts.join('').length)
    expect(bytes.filter((length) => length > 2560)).toEqual([3000])
    expect(found.filter(({ length }) => length === 1)).toHaveLength(2)
  })

  test('counts a long fill value', async () => {
    const array = await made({ shape: [1000], chunks: [1000], dtype: 'string', fillValue: 'x'.repeat(1000) })
    const found = await pieces(array, '...', { bytes: 10_000 })
    expect(found.map(({ length }) => length)).toEqual(Array<number>(100).fill(10))
  })
})
