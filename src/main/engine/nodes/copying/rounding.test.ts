import { beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '@shared/json/value'
import { InlineExecutor } from '../../pool/inline'
import { MemoryStore } from '../../stores/memory'
import type { ZarrArray } from '../array'
import { createArray } from '../creation/create-node'
import type { NewArrayOptions } from '../creation/new-array-options'
import { openNode } from '../open'
import { writeArray } from '../writing/write-array'
import { copyArray } from './copy-array'
import { rewriteArray } from './rewrite-array'

const context = { executor: new InlineExecutor() }
const codec = (id: string, configuration: Record<string, JsonValue>): JsonObject =>
  new Map<string, JsonValue>([['id', id], ...Object.entries(configuration)])

let store: MemoryStore
beforeEach(() => (store = new MemoryStore()))

async function arrayOf(
  data: Float32Array | Float64Array | Int32Array,
  more: Partial<NewArrayOptions> = {},
): Promise<ZarrArray> {
  const dtype = data instanceof Int32Array ? 'i4' : data instanceof Float32Array ? 'f4' : 'f8'
  const options = {
    shape: [data.length],
    chunks: [4],
    dtype,
    compressor: null,
    zarrFormat: 2,
    ...more,
  } as const
  const array = await createArray(store, 'a', options, context)
  const dims = [{ start: 0, step: 1, count: data.length }]
  await writeArray(
    array,
    { kind: 'basic', dims },
    { data: new Uint8Array(data.buffer), shape: [data.length] },
  )
  return array
}

const SCALED = (type: string, scale: number, offset = 0): JsonObject[] => [
  codec('fixedscaleoffset', { dtype: '<f4', astype: type, scale, offset }),
]
const listed = async (): Promise<string[]> => {
  const found: string[] = []
  for await (const batch of store.scan('')) found.push(...batch.map(({ key, size }) => `${key} ${size}`))
  return found.sort()
}
const REAL = Float32Array.from({ length: 10 }, (_, i) => i * 1.37)

describe('values that come back through codecs that round', () => {
  test.each([
    ['scaled to bytes', REAL, SCALED('|u1', 20)],
    ['scaled to bytes, moved far away', REAL.map((x) => x + 1e6), SCALED('|u1', 2, 1e6)],
    [
      'with some bits',
      Float32Array.of(1e-44, 1e30, -3.3, NaN, Infinity, 0),
      [codec('bitround', { keepbits: 2 })],
    ],
    ['with some digits', REAL, [codec('quantize', { digits: 1, dtype: '<f4' })]],
    [
      'as smaller floats',
      Float64Array.of(1.1, 1e30, NaN),
      [codec('astype', { encode_dtype: '<f4', decode_dtype: '<f8' })],
    ],
    [
      'whole numbers scaled by a fraction',
      Int32Array.of(0, 7, 255, 1001),
      [codec('fixedscaleoffset', { dtype: '<i4', astype: '<u2', scale: 0.5, offset: 0 })],
    ],
  ])('pass: %s', async (_what, data, filters) => {
    const array = await arrayOf(data)
    const { array: made } = await rewriteArray(array, { filters })
    expect(made.metadata.codecs.length).toBeGreaterThan(1)
  })

  test.each([
    [
      'beyond the range',
      Float32Array.of(1, 2, 3, 4, 5, 312.5),
      SCALED('|u1', 1),
      /The value 312.5 at \(5\) would read back as 5[67].*fixedscaleoffset has no room/,
    ],
    ['NaN as a whole number', Float32Array.of(1, NaN), SCALED('|u1', 1), /The value NaN at \(1\)/],
    [
      'whole numbers that wrap',
      Int32Array.of(1, 70_000),
      [codec('fixedscaleoffset', { dtype: '<i4', astype: '<u2', scale: 1, offset: 0 })],
      /The value 70000 at \(1\) would read back as 4464/,
    ],
    [
      'cut to an integer',
      Float64Array.of(1.5, 300),
      [codec('astype', { encode_dtype: '|u1', decode_dtype: '<f8' })],
      /The value 300 at \(1\)/,
    ],
  ])('are refused, and the array is as it was: %s', async (_what, data, filters, words) => {
    const array = await arrayOf(data)
    const before = await listed()
    await expect(rewriteArray(array, { filters })).rejects.toThrow(words)
    expect(await listed()).toEqual(before)
    const node = (await openNode(store, 'a', context)) as ZarrArray
    const { data: read } = await node.readAll({
      kind: 'basic',
      dims: [{ start: 0, step: 1, count: data.length }],
    })
    expect(read).toEqual(new Uint8Array(data.buffer))
  })

  test('are looked at by a copy with a new filter, asked for or not, inside shards as well', async () => {
    const array = await arrayOf(Float32Array.of(1, 2, 3, 4, 500, 6, 7, 8), { zarrFormat: 3 })
    const target = { store, path: 'b', context }
    const filters = [
      new Map<string, JsonValue>([
        ['name', 'numcodecs.fixedscaleoffset'],
        [
          'configuration',
          new Map<string, JsonValue>(Object.entries({ dtype: '<f4', astype: '|u1', scale: 1, offset: 0 })),
        ],
      ]),
    ]
    const copied = copyArray(array, target, { filters, chunks: [2], shards: [4] })
    await expect(copied).rejects.toThrow('The value 500 at (4)')
  })
})
