import { describe, expect, test } from 'vitest'
import { SelectionError } from '@shared/errors'
import type { ZarrArray } from '../nodes/array'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import { createArray } from '../nodes/creation/create-node'
import { openNode } from '../nodes/open'
import { array1, storeOf } from '../nodes/testing/sample-nodes'
import { writeArray } from '../nodes/writing/write-array'
import { InlineExecutor } from '../pool/inline'
import { MemoryStore } from '../stores/memory'
import { chunkBytes } from './chunk-bytes'
import { chunkDetail } from './chunk-detail'

const context = { executor: new InlineExecutor() }

async function arrayOf(
  options: NewArrayOptions,
  items: ArrayBufferView,
): Promise<{ array: ZarrArray; store: MemoryStore }> {
  const store = new MemoryStore()
  const made = await createArray(store, '', options, context)
  const dims = made.shape.map((count) => ({ start: 0, step: 1, count }))
  const data = new Uint8Array(items.buffer, items.byteOffset, items.byteLength)
  await writeArray(made, { kind: 'basic', dims }, { data, shape: made.shape }, { writeEmptyChunks: true })
  return { array: (await openNode(store, '', context)) as ZarrArray, store }
}

const counting = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i)
const bytesOf = (items: ArrayBufferView): number[] => [
  ...new Uint8Array(items.buffer, items.byteOffset, items.byteLength),
]
const whole = { offset: 0, length: 2 ** 20 }

const SHARDED: NewArrayOptions = {
  shape: [4, 4],
  chunks: [2, 2],
  shards: [4, 4],
  dtype: 'int32',
  compressor: 'none',
  zarrFormat: 3,
}

describe('chunkDetail', () => {
  test('says what each codec makes of the chunk, and what would notice damage', async () => {
    const options = { shape: [5], chunks: [4], dtype: 'int32', compressor: 'gzip:1', fillValue: '0' } as const
    const { array, store } = await arrayOf(options, counting(5))
    const stored = (await store.get('c/1'))!
    expect(await chunkDetail(array, [1])).toMatchObject({
      coords: [1],
      key: 'c/1',
      start: [4],
      shape: [1],
      state: 'stored',
      rawBytes: 16,
      storedBytes: stored.length,
      steps: [
        { name: 'items', bytes: 16 },
        { name: 'bytes', bytes: 16 },
        { name: 'gzip', bytes: stored.length },
      ],
      checksums: ['gzip (CRC-32)'],
      statistics: { count: 1, min: '4', max: '4', fillOnly: false },
    })
  })

  test('says at which codec damage was noticed', async () => {
    const { array, store } = await arrayOf(
      { shape: [4], chunks: [4], dtype: 'int32', compressor: 'gzip:1' },
      counting(4),
    )
    const stored = (await store.get('c/0'))!
    await store.set('c/0', stored.subarray(0, stored.length - 2))
    const { state, error, steps } = await chunkDetail(array, [0])
    expect(state).toBe('error')
    expect(error).toContain('c/0')
    expect(steps).toEqual([
      { name: 'items', bytes: null },
      { name: 'bytes', bytes: null },
      { name: 'gzip', bytes: stored.length - 2, failed: true },
    ])
  })

  test('a missing chunk has no steps; coordinates outside the grid are refused', async () => {
    const { array, store } = await arrayOf({ shape: [4], chunks: [2], dtype: 'int32' }, counting(4))
    await store.delete('c/1')
    expect(await chunkDetail(array, [1])).toMatchObject({ state: 'missing', steps: [], storedBytes: 0 })
    await expect(chunkDetail(array, [2])).rejects.toThrow(SelectionError)
  })

  test('an array whose codecs are unknown tells sizes and why', async () => {
    const store = storeOf({ meta: array1({ compression: 'jetraw' }), attrs: {}, '0': 'four' })
    const array = (await openNode(store, '', context)) as ZarrArray
    const detail = await chunkDetail(array, [0])
    expect(detail).toMatchObject({ state: 'error', storedBytes: 4, steps: [], checksums: [] })
    expect(detail.error).toContain('jetraw')
  })

  test('an inner chunk says where it lies in its shard', async () => {
    const { array, store } = await arrayOf(SHARDED, counting(16))
    const shard = (await store.get('c/0/0'))!
    const detail = await chunkDetail(array, [1, 0])
    expect(detail).toMatchObject({
      storedBytes: 16,
      steps: [
        { name: 'items', bytes: 16 },
        { name: 'bytes', bytes: 16 },
      ],
      checksums: [],
      shard: { coords: [0, 0], bytes: shard.length, entry: { number: 2, offset: 32, length: 16 } },
    })
    expect(detail.statistics).toMatchObject({ min: '8', max: '13' })
  })
})

describe('chunkBytes', () => {
  test('gives the stored and the decoded bytes of a chunk, in parts', async () => {
    const { array, store } = await arrayOf(
      { shape: [6], chunks: [4], dtype: 'int32', fillValue: '-1' },
      counting(6),
    )
    const stored = [...(await store.get('c/1'))!]
    expect(await chunkBytes(array, [1], { form: 'stored', ...whole })).toEqual({
      bytes: Uint8Array.from(stored),
      total: stored.length,
    })
    const part = await chunkBytes(array, [1], { form: 'stored', offset: 3, length: 5 })
    expect([...part.bytes]).toEqual(stored.slice(3, 8))
    // Behind the edge of the array lies the fill value.
    const items = bytesOf(Int32Array.of(4, 5, -1, -1))
    const decoded = await chunkBytes(array, [1], { form: 'decoded', offset: 4, length: 100 })
    expect([[...decoded.bytes], decoded.total]).toEqual([items.slice(4), 16])
  })

  test('gives those of an inner chunk alone', async () => {
    const { array } = await arrayOf(SHARDED, counting(16))
    const wanted = bytesOf(Int32Array.of(8, 9, 12, 13))
    for (const form of ['stored', 'decoded'] as const) {
      const { bytes, total } = await chunkBytes(array, [1, 0], { form, ...whole })
      expect([[...bytes], total]).toEqual([wanted, 16])
    }
  })

  test('follows a chunk that is written anew, and has nothing of a missing one', async () => {
    const { array, store } = await arrayOf(
      { shape: [2], chunks: [2], dtype: 'int32', compressor: 'none' },
      counting(2),
    )
    expect((await chunkBytes(array, [0], { form: 'decoded', ...whole })).bytes[4]).toBe(1)
    await store.set('c/0', Uint8Array.from(bytesOf(Int32Array.of(7, 8))))
    expect((await chunkBytes(array, [0], { form: 'decoded', ...whole })).bytes[4]).toBe(8)
    await store.delete('c/0')
    for (const form of ['stored', 'decoded'] as const)
      expect(await chunkBytes(array, [0], { form, ...whole })).toEqual({ bytes: new Uint8Array(), total: 0 })
  })
})
