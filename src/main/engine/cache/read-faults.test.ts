import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { AbortedError, LimitError, UnsupportedError } from '@shared/errors'
import type { Selection } from '@shared/selection/selection'
import { bindPipeline } from '../codecs/pipeline'
import type { CodecExecutor } from '../pool/executor'
import { InlineExecutor } from '../pool/inline'
import { codec, storeArray, type StoredArraySpec } from '../pool/testing/stored-array'
import { ChunkCache } from './chunk-cache'
import { readSelection, type ReadSource } from './read-selection'
import { fileSource } from './testing/file-source'

const executor = new InlineExecutor()
const little = codec('bytes', { endian: 'little' })
const int32 = { dtype: { kind: 'int', bits: 32 }, fill: Uint8Array.of(5, 0, 0, 0) } as const
const spec: StoredArraySpec = {
  ...int32,
  shape: [6, 8],
  grid: { kind: 'regular', shape: [2, 4] },
  codecs: [little, codec('gzip', { level: 1 })],
}
const stored: ReturnType<typeof storeArray>[] = []
const newArray = (of: StoredArraySpec = spec) => {
  const array = storeArray(of)
  stored.push(array)
  return array
}
afterAll(() => stored.forEach((array) => array.remove()))

const rows = (start: number, count: number, columns = 8): Selection => ({
  kind: 'basic',
  dims: [
    { start, step: 1, count },
    { start: 0, step: 1, count: columns },
  ],
})

/** The executor, counting the chunks it is asked for; reads wait until `release` is called. */
function watched(): { executor: CodecExecutor; reads: () => number; release: () => void } {
  let reads = 0
  let release = (): void => undefined
  const gate = new Promise<void>((resolve) => (release = resolve))
  const counting = Object.create(executor) as CodecExecutor
  counting.read = async (job, options) => {
    reads += job.tasks.length
    await gate
    return executor.read(job, options)
  }
  return { executor: counting, reads: () => reads, release }
}

describe('a chunk that cannot be read', () => {
  test('is named and leaves the others as they are', async () => {
    const array = newArray()
    const good = await readSelection(fileSource(array), rows(0, 6), executor)
    truncateSync(array.path([1, 0]), 9)
    const cache = new ChunkCache()
    for (const options of [{}, { cache }, { cache }]) {
      const result = await readSelection(fileSource(array), rows(0, 6, 7), executor, options)
      expect(result.failures).toMatchObject([
        { key: 'c/1/0', coords: [1, 0], error: { code: 'CHUNK_CORRUPT' } },
      ])
      expect(result.parts.filter((part) => part.state === 'error')).toMatchObject([
        { start: [2, 0], shape: [2, 4], key: 'c/1/0', coords: [1, 0] },
      ])
      const items = new Int32Array(result.data.slice().buffer)
      const before = new Int32Array(good.data.slice().buffer)
      for (let i = 0; i < 6; i++) {
        for (let j = 0; j < 7; j++) {
          const isBad = (i === 2 || i === 3) && j < 4
          expect(items[i * 7 + j]).toBe(isBad ? 5 : before[i * 8 + j])
        }
      }
    }
  })

  test('because it is larger than allowed is refused before it is decoded', async () => {
    const array = newArray()
    const result = await readSelection(fileSource(array), rows(0, 2), executor, { maxChunkBytes: 31 })
    expect(result.failures.map(({ error }) => error.code)).toEqual(['LIMIT', 'LIMIT'])
  })
})

describe('enormous arrays cost what is looked at', () => {
  const enormous = (shape: number[], chunk: number[]): { source: ReadSource; keys: string[] } => {
    const keys: string[] = []
    const source: ReadSource = {
      ...int32,
      shape,
      grid: { kind: 'regular', shape: chunk },
      codecs: [little],
      key: (coords) => coords.join('.'),
      store: {
        locate: (key) => {
          keys.push(key)
          return { kind: 'missing' }
        },
        get: async () => undefined,
        stamp: async () => undefined,
      },
    }
    return { source, keys }
  }

  test('the last rows of 10^12 name the last chunks only', async () => {
    const { source, keys } = enormous([1e12, 3], [1000, 2])
    const result = await readSelection(source, rows(1e12 - 2, 2, 3), executor)
    expect(keys).toEqual(['999999999.0', '999999999.1'])
    expect([...new Int32Array(result.data.slice().buffer)]).toEqual([5, 5, 5, 5, 5, 5])
  })

  test('a missing chunk of 10^18 items is never made', async () => {
    const { source } = enormous([1e9, 1e9], [1e9, 1e9])
    const result = await readSelection(source, rows(5e8, 2, 2), executor, { cache: new ChunkCache() })
    expect(result.parts).toMatchObject([{ state: 'missing', start: [0, 0], shape: [2, 2] }])
  })

  test('a result that no memory holds is refused', async () => {
    const { source } = enormous([1e9, 1e9], [1000, 1000])
    await expect(readSelection(source, rows(0, 1e9, 1e9), executor)).rejects.toThrow(LimitError)
  })
})

test('an unknown codec is refused with its name, before anything is read', async () => {
  const array = newArray()
  const source = { ...fileSource(array), codecs: [...array.codecs, codec('mystery')] }
  await expect(readSelection(source, rows(0, 1), executor)).rejects.toThrow(UnsupportedError)
})

test('what was aborted before it began reads nothing', async () => {
  const { executor: counting, reads, release } = watched()
  release()
  const reading = readSelection(fileSource(newArray()), rows(0, 6), counting, { signal: AbortSignal.abort() })
  await expect(reading).rejects.toThrow(AbortedError)
  expect(reads()).toBe(0)
})

test('the result goes where the caller wants it', async () => {
  const array = newArray()
  const buffer = new SharedArrayBuffer(100)
  const result = await readSelection(fileSource(array), rows(1, 2), executor, {
    out: { buffer, byteOffset: 8 },
  })
  expect(result.data.buffer).toBe(buffer)
  expect([...new Uint8Array(buffer, 8, 4)]).toEqual([...array.item([1, 0])])
  expect([...new Uint8Array(buffer, 72)]).toEqual(Array.from({ length: 28 }, () => 0))
  const short = readSelection(fileSource(array), rows(0, 6), executor, { out: { buffer, byteOffset: 0 } })
  await expect(short).rejects.toThrow(LimitError)
})

describe('the cache', () => {
  test('gives two readers of a chunk one decode, and later readers none', async () => {
    const array = newArray()
    const cache = new ChunkCache()
    const { executor: counting, reads, release } = watched()
    const read = (row: number) => readSelection(fileSourceOf, rows(row, 1), counting, { cache })
    const fileSourceOf = fileSource(array)
    const both = Promise.all([read(0), read(1)])
    release()
    const [a, b] = await both
    expect(reads()).toBe(2)
    expect([...a.data.slice(0, 4), ...b.data.slice(0, 4)]).toEqual([
      ...array.item([0, 0]),
      ...array.item([1, 0]),
    ])
    await read(0)
    expect(reads()).toBe(2)
    expect(cache.bytes).toBe(2 * 32)
  })

  test('sees that a file was replaced, deleted or came to be', async () => {
    const array = newArray()
    const cache = new ChunkCache()
    const source = fileSource(array)
    const first = async (): Promise<number[]> => {
      const { data } = await readSelection(source, rows(0, 1, 2), executor, { cache })
      return [...data.slice(0, 4)]
    }
    expect(await first()).toEqual([...array.item([0, 0])])
    const before = readFileSync(array.path([0, 0]))
    const pipeline = bindPipeline({
      dtype: array.dtype,
      fill: array.fill,
      codecs: array.codecs,
      shape: [2, 4],
    })
    writeFileSync(array.path([0, 0]), pipeline.encode(new Uint8Array(32).fill(3)))
    expect(await first()).toEqual([3, 3, 3, 3])
    truncateSync(array.path([0, 0]), 0)
    expect(await first()).toEqual([5, 0, 0, 0])
    writeFileSync(array.path([0, 0]), before)
    expect(await first()).toEqual([...array.item([0, 0])])
  })

  test('a reader that gives up does not disturb another that waits for the same chunk', async () => {
    const array = newArray()
    const cache = new ChunkCache()
    const source = fileSource(array)
    const { executor: counting, release } = watched()
    const abort = new AbortController()
    const leaving = readSelection(source, rows(0, 1, 2), counting, { cache, signal: abort.signal })
    const staying = readSelection(source, rows(1, 1, 2), counting, { cache })
    const left = expect(leaving).rejects.toThrow(AbortedError)
    await new Promise((resolve) => setImmediate(resolve))
    abort.abort()
    release()
    await left
    expect([...(await staying).data.slice(0, 4)]).toEqual([...array.item([1, 0])])
  })
})

describe('items that vary in length', () => {
  const texts = ['', 'a', 'bc', 'déjà', 'x'.repeat(300), 'z']
  const source = (): ReadSource => {
    const layout = { dtype: { kind: 'vlen-text' }, fill: new TextEncoder().encode('fill') } as const
    const codecs = [codec('vlen-utf8'), codec('zstd', { level: 1, checksum: false })]
    const pipeline = bindPipeline({ ...layout, codecs, shape: [4] })
    const chunk = (from: number): Uint8Array => {
      const items = Array.from({ length: 4 }, (_, i) => new TextEncoder().encode(texts[from + i] ?? ''))
      const offsets = new Uint32Array(5)
      items.forEach((item, i) => (offsets[i + 1] = offsets[i]! + item.length))
      return pipeline.encode(Uint8Array.from(items.flatMap((item) => [...item])), offsets)
    }
    const values = new Map([
      ['0', chunk(0)],
      ['2', chunk(2)],
    ])
    return {
      ...layout,
      shape: [11],
      grid: { kind: 'regular', shape: [4] },
      codecs,
      key: (coords) => coords.join('.'),
      store: { locate: () => undefined, get: async (key) => values.get(key), stamp: async () => 'same' },
    }
  }
  const strings = ({ data, offsets }: { data: Uint8Array; offsets?: Uint32Array }): string[] =>
    Array.from({ length: offsets!.length - 1 }, (_, i) =>
      new TextDecoder().decode(data.slice(offsets![i], offsets![i + 1])),
    )
  const wanted: [string, Selection, number[]][] = [
    [
      'a run backwards',
      { kind: 'basic', dims: [{ start: 10, step: -1, count: 11 }] },
      [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ],
    ['a list', { kind: 'orthogonal', dims: [{ indices: Float64Array.of(9, 4, 4, 0, 3) }] }, [9, 4, 4, 0, 3]],
    ['points', { kind: 'points', indices: [Float64Array.of(3, 9, 3, 6)], shape: [2, 2] }, [3, 9, 3, 6]],
  ]
  test.each(wanted)('%s', async (_, selection, indices) => {
    const at = (i: number): string => (i < 4 ? texts[i]! : i < 8 ? 'fill' : texts[i - 6]!)
    const cache = new ChunkCache()
    for (const options of [{}, { cache }, { cache }]) {
      const result = await readSelection(source(), selection, executor, options)
      expect(strings(result)).toEqual(indices.map(at))
      expect(result.failures).toEqual([])
    }
  })
})

test('parts of a selection tell the boxes of each chunk', async () => {
  const array = newArray()
  const selection: Selection = {
    kind: 'orthogonal',
    dims: [{ indices: Float64Array.of(5, 0, 1, 4) }, { start: 7, step: 1, count: 1, drop: true }],
  }
  const { parts, shape } = await readSelection(fileSource(array), selection, executor)
  expect(shape).toEqual([4])
  expect(parts.map(({ start, shape, key }) => [start, shape, key])).toEqual([
    [[0], [1], 'c/2/1'],
    [[3], [1], 'c/2/1'],
    [[1], [2], 'c/0/1'],
  ])
  const points: Selection = {
    kind: 'points',
    indices: [Float64Array.of(0, 1, 0, 5), Float64Array.of(0, 1, 2, 5)],
    shape: [2, 2],
  }
  const found = await readSelection(fileSource(array), points, executor)
  expect(found.parts.map(({ start, shape, key }) => [start, shape, key])).toEqual([
    [[0, 0], [1, 2], 'c/0/0'],
    [[1, 0], [1, 1], 'c/0/0'],
    [[1, 1], [1, 1], 'c/2/1'],
  ])
})
