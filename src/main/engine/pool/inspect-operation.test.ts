import { afterAll, expect, test } from 'vitest'
import { InlineExecutor } from './inline'
import { codec, storeArray } from './testing/stored-array'
import { WorkerPool } from './worker-pool'

const fill = Uint8Array.of(7, 10, 13, 16)
/** 3 × 2 chunks of 2 × 2 big-endian numbers, transposed as stored; chunk (2, 1) is missing. */
const array = storeArray(
  {
    shape: [6, 3],
    grid: { kind: 'regular', shape: [2, 2] },
    dtype: { kind: 'uint', bits: 32 },
    fill,
    codecs: [codec('transpose', { order: [1, 0] }), codec('bytes', { endian: 'big' }), codec('crc32c')],
  },
  ([row, column]) => row === 2 && column === 1,
)
const pool = new WorkerPool({ workers: 2 })
afterAll(async () => {
  array.remove()
  await pool.close()
})

const job = {
  pipeline: { dtype: array.dtype, shape: [2, 2], fill, codecs: array.codecs },
  steps: true,
  tasks: [
    [0, 0],
    [1, 1],
    [2, 1],
  ].map((coords) => ({
    key: coords.join(),
    source: { kind: 'file' as const, path: array.path(coords) },
    inside: [2, coords[1] === 1 ? 1 : 2],
  })),
}

const numbers = (indices: number[][]): number[] =>
  indices.map((index) => new DataView(array.item(index).buffer).getUint32(0, true))

test.each([
  ['inline', new InlineExecutor()],
  ['on threads', pool],
])('tells what lies inside the array of each chunk, whatever its order: %s', async (_how, executor) => {
  const [first, edge, missing] = await executor.inspect(job)
  const all = numbers([0, 1].flatMap((row) => [0, 1].map((column) => [row, column])))
  expect(first).toMatchObject({
    state: 'stored',
    storedBytes: 20,
    min: Math.min(...all),
    max: Math.max(...all),
  })
  expect(first!.steps).toEqual([
    { name: 'items', bytes: 16 },
    { name: 'transpose', bytes: 16 },
    { name: 'bytes', bytes: 16 },
    { name: 'crc32c', bytes: 20 },
  ])
  const inside = numbers([
    [2, 2],
    [3, 2],
  ])
  expect(edge).toMatchObject({ min: Math.min(...inside), max: Math.max(...inside), fillOnly: false })
  expect(missing).toEqual({ state: 'missing' })
})

test('a chunk of nothing but the fill value is told, not where that is undefined', async () => {
  const bytes = Uint8Array.from({ length: 12 }, (_, i) => fill[i % 4]!)
  const tasks = [{ key: 'k', source: { kind: 'bytes' as const, bytes }, inside: [3] }]
  const pipeline = {
    dtype: array.dtype,
    shape: [3],
    fill,
    codecs: [codec('bytes', { endian: 'little' })],
  }
  const executor = new InlineExecutor()
  expect(await executor.inspect({ pipeline, tasks })).toMatchObject([{ fillOnly: true }])
  expect(await executor.inspect({ pipeline: { ...pipeline, fill: null }, tasks })).toMatchObject([
    { fillOnly: false },
  ])
  bytes[11] = 0
  expect(await executor.inspect({ pipeline, tasks })).toMatchObject([{ fillOnly: false }])
})
