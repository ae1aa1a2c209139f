import { copyFileSync, rmSync, utimesSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Selection } from '@shared/selection/selection'
import type { CodecExecutor } from '../pool/executor'
import { InlineExecutor } from '../pool/inline'
import { codec, storeArray } from '../pool/testing/stored-array'
import { ChunkCache } from './chunk-cache'
import { readSelection } from './read-selection'
import { fileSource } from './testing/file-source'

const FILL = Uint8Array.of(9, 0, 0, 0)
const array = storeArray({
  dtype: { kind: 'int', bits: 32 },
  fill: FILL,
  shape: [6, 8],
  grid: { kind: 'regular', shape: [2, 4] },
  codecs: [codec('bytes', { endian: 'little' }), codec('gzip', { level: 1 })],
})
afterAll(() => array.remove())
const source = fileSource(array)

/** The executor, counting the chunks it is asked for, and the jobs. */
let asked = 0
let jobs = 0
const inline = new InlineExecutor()
const executor = Object.create(inline) as CodecExecutor
executor.read = (job, options) => {
  asked += job.tasks.length
  jobs++
  return inline.read(job, options)
}
let cache = new ChunkCache()
beforeEach(() => {
  asked = 0
  jobs = 0
  cache = new ChunkCache()
})

const cell = (row: number, column: number): Selection => ({
  kind: 'basic',
  dims: [
    { start: row, step: 1, count: 1, drop: true },
    { start: column, step: 1, count: 1, drop: true },
  ],
})
const read = (wanted: Selection) => readSelection(source, wanted, executor, { cache })
const bytesOf = async (row: number, column: number) => Buffer.from((await read(cell(row, column))).data)

test('cells of a kept chunk are answered without the executor, and without waiting for anything', async () => {
  await read(cell(0, 1))
  expect(asked).toBe(1)
  await turn()
  const order: string[] = []
  const turned = turn().then(() => order.push('the next turn'))
  const reading = read(cell(1, 3))
  await Promise.all([turned, reading.then(() => order.push('the cell'))])
  expect(order).toEqual(['the cell', 'the next turn'])
  const result = await reading
  expect(asked).toBe(1)
  expect(Buffer.from(result.data)).toEqual(Buffer.from(array.item([1, 3])))
  expect(result.parts).toEqual([{ start: [], shape: [], state: 'stored', key: 'c/0/0', coords: [0, 0] }])
})

test('a file that was replaced is read again, one that is gone is fill', async () => {
  await read(cell(2, 1))
  copyFileSync(array.path([2, 1]), array.path([1, 0]))
  utimesSync(array.path([1, 0]), 1, 1)
  expect(await bytesOf(2, 1)).toEqual(Buffer.from(array.item([4, 5])))
  expect(asked).toBe(2)
  rmSync(array.path([1, 0]))
  expect(await bytesOf(2, 1)).toEqual(Buffer.from(FILL))
  expect(await bytesOf(2, 1)).toEqual(Buffer.from(FILL))
})

test('a program that reads kept cells one after the other lets the event loop turn', async () => {
  await read(cell(0, 1))
  const seen = { turns: 0 }
  setImmediate(() => seen.turns++)
  for (let reads = 0; seen.turns === 0 && reads < 100_000; reads++) await read(cell(0, reads % 4))
  expect(seen.turns).toBe(1)
  expect(asked).toBe(1)
})

test('chunks that one read wants in part are decoded by one job, and kept one by one', async () => {
  const row: Selection = {
    kind: 'basic',
    dims: [
      { start: 5, step: 1, count: 1 },
      { start: 0, step: 1, count: 8 },
    ],
  }
  const { data } = await read(row)
  const expected = Array.from({ length: 8 }, (_, column) => [...array.item([5, column])])
  expect([...data]).toEqual(expected.flat())
  expect([jobs, asked]).toEqual([1, 2])
  expect(cache.bytes).toBe(2 * 32)
  await read(row)
  expect([jobs, asked]).toEqual([1, 2])
})
