import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Selection } from '@shared/selection/selection'
import { outputLayout } from '../chunks/project'
import { selection } from '../chunks/testing/arbitraries'
import { selectedIndices } from '../chunks/testing/plain-selection'
import type { CodecExecutor } from '../pool/executor'
import { InlineExecutor } from '../pool/inline'
import { sharded, SMALL_ARRAYS } from '../pool/testing/arrays'
import { codec, storeArray, type StoredArraySpec } from '../pool/testing/stored-array'
import { WorkerPool } from '../pool/worker-pool'
import { readSelection, type ReadSource } from './read-selection'
import { fileSource } from './testing/file-source'
import { writeSelection, type WriteOptions } from './write-selection'

const inline = new InlineExecutor()
const pool = new WorkerPool({ workers: 2 })
afterAll(() => pool.close())

/** An array in memory and how to write it. */
function inMemory(spec: Omit<ReadSource, 'key' | 'store'>): {
  values: Map<string, Uint8Array>
  source: ReadSource
  put: WriteOptions['put']
} {
  const values = new Map<string, Uint8Array>()
  const source: ReadSource = {
    ...spec,
    key: (coords) => coords.join('.'),
    store: { locate: () => undefined, get: async (key) => values.get(key), stamp: async () => undefined },
  }
  const put: WriteOptions['put'] = async (key, bytes) => {
    if (bytes) values.set(key, bytes)
    else values.delete(key)
  }
  return { values, source, put }
}

const everything = (shape: readonly number[]): Selection => ({
  kind: 'basic',
  dims: shape.map((count) => ({ start: 0, step: 1, count })),
})

const executors: [string, CodecExecutor, number][] = [
  ['on the calling thread', inline, 60],
  ['on worker threads', pool, 15],
]
describe.each(Object.entries(SMALL_ARRAYS))('%s', (_, spec) => {
  test.each(executors)(
    'any run of writes reads back as a plain array would, %s',
    async (_, executor, numRuns) => {
      const write = fc.record({ wanted: selection(spec.shape), seed: fc.nat(), isFill: fc.boolean() })
      await fc.assert(
        fc.asyncProperty(
          fc.array(write, { minLength: 1, maxLength: 5 }),
          fc.boolean(),
          async (writes, dropFill) => {
            const { source, put } = inMemory(spec)
            const plain = new Map<string, number[]>()
            for (const { wanted, seed, isFill } of writes) {
              const layout = outputLayout(wanted)
              const data = Uint8Array.from({ length: layout.items * 4 }, (_, i) =>
                isFill ? spec.fill![i % 4]! : (seed + i * 7) & 255,
              )
              const summary = await writeSelection(
                source,
                wanted,
                { data, strides: layout.strides },
                executor,
                { put, dropFill },
              )
              expect(summary.failures).toEqual([])
              selectedIndices(wanted).forEach((index, i) =>
                plain.set(index.join(), [...data.subarray(i * 4, i * 4 + 4)]),
              )
            }
            const { data } = await readSelection(source, everything(spec.shape), executor)
            const expected = selectedIndices(everything(spec.shape)).flatMap(
              (i) => plain.get(i.join()) ?? [...spec.fill!],
            )
            expect([...data]).toEqual(expected)
          },
        ),
        { seed: 31, numRuns },
      )
    },
  )
})

const spec: StoredArraySpec = {
  dtype: { kind: 'int', bits: 32 },
  fill: Uint8Array.of(5, 0, 0, 0),
  shape: [6, 8],
  grid: { kind: 'regular', shape: [2, 4] },
  codecs: [codec('bytes', { endian: 'little' }), codec('gzip', { level: 1 })],
}
const rows = (start: number, count: number, columns = 8): Selection => ({
  kind: 'basic',
  dims: [
    { start, step: 1, count },
    { start: 0, step: 1, count: columns },
  ],
})
const never: WriteOptions['put'] = () => Promise.reject(new Error('files are replaced by the codec threads'))

/** The files of a folder as a directory store locates them. */
function fileIn(folder: string): NonNullable<WriteOptions['file']> {
  const root = realpathSync(folder)
  return (key) => ({ kind: 'file', path: `${root}/${key}`, root })
}

describe('files', () => {
  test('are replaced whole by the threads, nothing else is left behind, chunks of fill go', async () => {
    const array = storeArray(spec)
    const file = fileIn(array.root)
    const data = new Uint8Array(64).fill(9)
    const options = { put: never, file, flush: true, dropFill: true }
    const before = readFileSync(array.path([2, 1]))
    const first = await writeSelection(
      fileSource(array),
      rows(1, 2),
      { data, strides: [8, 1] },
      pool,
      options,
    )
    expect(first).toMatchObject({ written: 4, removed: 0, failures: [] })
    const fill = { data: Uint8Array.of(5, 0, 0, 0), strides: [0, 0] }
    const second = await writeSelection(fileSource(array), rows(2, 2, 4), fill, pool, options)
    expect(second).toMatchObject({ written: 0, removed: 1 })
    expect(existsSync(array.path([1, 0]))).toBe(false)
    expect(readFileSync(array.path([2, 1])).equals(before)).toBe(true)
    const names = readdirSync(array.root, { recursive: true }).map(String).sort()
    expect(names).toEqual(['c', 'c/0', 'c/0/0', 'c/0/1', 'c/1', 'c/1/1', 'c/2', 'c/2/0', 'c/2/1'])
    const { data: now } = await readSelection(fileSource(array), rows(0, 4), inline)
    const items = [...new Int32Array(now.slice().buffer)]
    expect(items.slice(8, 16)).toEqual(Array.from({ length: 8 }, () => 0x09090909))
    expect(items.slice(16, 20)).toEqual([5, 5, 5, 5])
    array.remove()
  })

  test('a damaged chunk is never overwritten in part; whole it is', async () => {
    const array = storeArray(spec)
    truncateSync(array.path([0, 0]), 9)
    const damaged = readFileSync(array.path([0, 0]))
    const options = { put: never, file: fileIn(array.root) }
    const value = { data: new Uint8Array(4).fill(1), strides: [0, 0] }
    const part = await writeSelection(fileSource(array), rows(0, 1), value, inline, options)
    expect(part).toMatchObject({ written: 1, failures: [{ key: 'c/0/0', error: { code: 'CHUNK_CORRUPT' } }] })
    expect(readFileSync(array.path([0, 0])).equals(damaged)).toBe(true)
    const whole = await writeSelection(fileSource(array), rows(0, 2), value, inline, options)
    expect(whole).toMatchObject({ written: 2, failures: [] })
    array.remove()
  })

  test('nothing is written through a link that leaves the store', async () => {
    const array = storeArray(spec)
    const elsewhere = storeArray(spec)
    rmSync(`${array.root}/c/0`, { recursive: true })
    symlinkSync(`${elsewhere.root}/c/0`, `${array.root}/c/0`)
    const before = readFileSync(elsewhere.path([0, 0]))
    const value = { data: new Uint8Array(4), strides: [0, 0] }
    const options = { put: never, file: fileIn(array.root) }
    const summary = await writeSelection(fileSource(array), rows(0, 2), value, inline, options)
    expect(summary.failures).toHaveLength(2)
    expect(summary.failures[0]!.error.message).toContain('leaves the store')
    expect(readFileSync(elsewhere.path([0, 0])).equals(before)).toBe(true)
    array.remove()
    elsewhere.remove()
  })

  test('a store that has vanished is not made anew', async () => {
    const array = storeArray(spec)
    const options = { put: never, file: fileIn(array.root) }
    array.remove()
    const value = { data: new Uint8Array(4), strides: [0, 0] }
    const summary = await writeSelection(fileSource(array), rows(0, 2), value, inline, options)
    expect(summary.failures.map(({ error }) => error.code)).toEqual(['IO', 'IO'])
    expect(existsSync(array.root)).toBe(false)
  })

  test('a folder that cannot be written gives a sentence, and no file of ours', async () => {
    const array = storeArray(spec)
    const options = { put: never, file: () => ({ kind: 'file' as const, path: '/proc/no-such-place/x' }) }
    const value = { data: new Uint8Array(4), strides: [0, 0] }
    const summary = await writeSelection(fileSource(array), rows(0, 2), value, inline, options)
    expect(summary.failures.map(({ error }) => error.code)).toEqual(['IO', 'IO'])
    array.remove()
  })
})

test.each([
  ['chunks', [codec('vlen-utf8')]],
  ['shards', [sharded([1], codec('vlen-utf8'))]],
  ['shards in shards', [sharded([2], sharded([1], codec('vlen-utf8'), codec('zstd', { level: 1 })))]],
])('items that vary in length are replaced one by one, %s', async (_, codecs) => {
  const { source, put, values } = inMemory({
    dtype: { kind: 'vlen-text' },
    fill: new TextEncoder().encode('-'),
    shape: [5],
    grid: { kind: 'regular', shape: [2] },
    codecs,
  })
  const write = async (start: number, texts: string[]): Promise<void> => {
    const items = texts.map((text) => new TextEncoder().encode(text))
    const offsets = new Uint32Array(items.length + 1)
    items.forEach((item, i) => (offsets[i + 1] = offsets[i]! + item.length))
    const value = { data: Uint8Array.from(items.flatMap((item) => [...item])), offsets, strides: [1] }
    const wanted: Selection = { kind: 'basic', dims: [{ start, step: 1, count: texts.length }] }
    await writeSelection(source, wanted, value, pool, { put, dropFill: true })
  }
  const read = async (): Promise<string[]> => {
    const { data, offsets } = await readSelection(source, everything([5]), pool)
    return Array.from({ length: 5 }, (_, i) =>
      new TextDecoder().decode(data.slice(offsets![i], offsets![i + 1])),
    )
  }
  await write(1, ['één', 'b'])
  expect(await read()).toEqual(['-', 'één', 'b', '-', '-'])
  await write(1, ['', 'a much longer text', 'd', 'e'])
  expect(await read()).toEqual(['-', '', 'a much longer text', 'd', 'e'])
  await write(2, ['-', '-'])
  expect([...values.keys()].sort()).toEqual(['0', '2'])
})
