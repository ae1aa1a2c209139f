import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataType } from '@shared/dtype/registry'
import { AbortedError, ExpressionError } from '@shared/errors'
import type { DimSlice } from '@shared/selection/selection'
import { normalizeSelection } from '@shared/selection/normalize'
import type { ZarrArray } from '../nodes/array'
import { createArray } from '../nodes/creation/create-node'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import { context } from '../nodes/testing/sample-nodes'
import { encodeItems } from '../nodes/writing/cast-items'
import { writeArray } from '../nodes/writing/write-array'
import { MemoryStore } from '../stores/memory'
import { findCell } from './find'
import { searchBlocks } from './search-blocks'

async function made(
  options: NewArrayOptions,
  values?: unknown[],
  store = new MemoryStore(),
): Promise<ZarrArray> {
  const array = await createArray(store, 'a', options, context)
  if (!values) return array
  const whole = normalizeSelection('...', array.shape)
  const items = encodeItems(values as never[], dataType(array.dtype))
  await writeArray(array, whole, { ...items, shape: array.shape })
  return array
}

const dimsOf = (array: ZarrArray, text: string): DimSlice[] => {
  const selection = normalizeSelection(text, array.shape)
  if (selection.kind !== 'basic') throw new TypeError('a basic selection is needed')
  return selection.dims
}

/** Every hit from a starting point on, until the first one comes again. */
async function allHits(
  array: ZarrArray,
  where: string,
  direction: 'next' | 'previous',
  dims = dimsOf(array, '...'),
  from: number[] | null = null,
): Promise<{ hits: string[]; wraps: boolean[] }> {
  const hits: string[] = []
  const wraps: boolean[] = []
  for (let at = from; ;) {
    const { index, wrapped } = await findCell(array, { dims, where, from: at, direction })
    if (!index || hits.includes(index.join())) return { hits, wraps }
    hits.push(index.join())
    wraps.push(wrapped)
    at = index
  }
}

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

test('goes through the hits in reading order where a few chunks make one block, and around the end', async () => {
  const array = await made({ shape: [4, 5], chunks: [2, 2], dtype: 'int32' }, count(20))
  expect((await allHits(array, 'x % 6 == 0', 'next')).hits).toEqual(['0,0', '1,1', '2,2', '3,3'])
  expect((await allHits(array, 'x % 6 == 0', 'previous')).hits).toEqual(['3,3', '2,2', '1,1', '0,0'])
  const dims = dimsOf(array, '...')
  expect(await findCell(array, { dims, where: '== 6', from: [2, 2], direction: 'next' })).toEqual({
    index: [1, 1],
    wrapped: true,
    unreadable: 0,
  })
  expect(await findCell(array, { dims, where: '== 6', from: [1, 1], direction: 'next' })).toMatchObject({
    index: [1, 1],
    wrapped: true,
  })
  expect(await findCell(array, { dims, where: '> 99', from: [1, 1], direction: 'next' })).toMatchObject({
    index: null,
    wrapped: false,
  })
})

test('finds every hit exactly once, in both directions, whatever the region, the chunks and the start', async () => {
  const slices = fc.constantFrom('...', '::2', '::-1, 1:', '1:3, ::-2', '2', ':, 3')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 35, maxLength: 35 }),
      fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 })),
      slices,
      fc.nat(34),
      fc.boolean(),
      async (values, chunks, text, start, isFresh) => {
        const array = await made({ shape: [5, 7], chunks, dtype: 'int8' }, values)
        const dims = dimsOf(array, text)
        const [rows, columns] = dims.map((dim) => count(dim.count).map((i) => dim.start + i * dim.step))
        const inside = rows!.flatMap((r) => columns!.map((c) => [r, c]))
        const wanted = inside.filter(([r, c]) => values[r! * 7 + c!] === 2).map((at) => at.join())
        const from = isFresh ? null : inside[start % inside.length]!
        const next = await allHits(array, '2', 'next', dims, from)
        const previous = await allHits(array, '2', 'previous', dims, from)
        expect(next.hits.toSorted()).toEqual(wanted.toSorted())
        expect(previous.hits.toSorted()).toEqual(wanted.toSorted())
        // Once around and no more.
        expect(next.wraps.lastIndexOf(false)).toBeLessThanOrEqual(wanted.length)
      },
    ),
    { numRuns: 60 },
  )
})

test('blocks cover every place once, whatever their size', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
      fc.constantFrom('...', '3:, ::2', '::-1, 5:', '1:2, -3:'),
      fc.integer({ min: 1, max: 40 }),
      (chunks, text, most) => {
        const axis = (length: number, size: number) => ({
          length,
          chunks: Math.ceil(length / size),
          chunkAt: (i: number) => Math.floor(i / size),
          start: (c: number) => c * size,
          size: () => size,
        })
        const axes = [axis(8, chunks[0]), axis(11, chunks[1])]
        const grid = { shape: [8, 11], gridShape: axes.map((a) => a.chunks), axes }
        const selection = normalizeSelection(text, [8, 11])
        if (selection.kind !== 'basic') throw new TypeError()
        const { counts, box, at } = searchBlocks(grid, selection.dims, most)
        const seen: string[] = []
        for (const i of count(counts[0]!))
          for (const j of count(counts[1]!)) {
            const { start, shape } = box([i, j])
            expect(shape[0]! * shape[1]!).toBeLessThanOrEqual(Math.max(chunks[0] * chunks[1], most))
            for (const r of count(shape[0]!))
              for (const c of count(shape[1]!)) {
                expect(at([start[0]! + r, start[1]! + c])).toEqual([i, j])
                seen.push(`${start[0]! + r},${start[1]! + c}`)
              }
          }
        const [rows, columns] = selection.dims.map((dim) => dim.count)
        expect(new Set(seen).size).toBe(rows! * columns!)
        expect(seen).toHaveLength(rows! * columns!)
      },
    ),
  )
})

describe('missing and damaged chunks', () => {
  test('10^12 missing items are passed without being made', async () => {
    const options = { dtype: 'float32', fillValue: 'nan', compressor: null }
    const array = await made({ shape: [1e12], chunks: [1e11], ...options })
    const dims = dimsOf(array, '...')
    const done: number[] = []
    const onProgress = (n: number): number => done.push(n)
    expect(
      (await findCell(array, { dims, where: '> 3', from: null, direction: 'next', onProgress })).index,
    ).toBeNull()
    expect(done.at(-1)).toBe(1e12)
    const last = await findCell(array, { dims, where: 'isnan', from: [5e11], direction: 'previous' })
    expect(last.index).toEqual([5e11 - 1])
  })

  test('a damaged chunk is passed over and counted', async () => {
    const store = new MemoryStore()
    const options = { shape: [6], chunks: [2], dtype: 'int16', compressor: null }
    const array = await made(options, [1, 2, 3, 4, 5, 6], store)
    await store.set('a/c/1', Uint8Array.of(1))
    const dims = dimsOf(array, '...')
    expect(await findCell(array, { dims, where: '> 2', from: null, direction: 'next' })).toEqual({
      index: [4],
      wrapped: false,
      unreadable: 1,
    })
    // Neither its content nor the fill value in its place counts.
    expect(await findCell(array, { dims, where: '0', from: null, direction: 'next' })).toMatchObject({
      index: null,
    })
  })
})

test.each([
  ['<U5', ['a', 'bc', 'd'], 'contains(x, "c")', [1]],
  ['string', ['a', '', 'd'], 'len(x) == 0', [1]],
  ['bool', [false, true, false], 'x', [1]],
  [
    'complex64',
    [
      [0, 0],
      [1, -2],
      [0, 1],
    ],
    'imag(x) < 0',
    [1],
  ],
  ['int64', [0n, 2n ** 53n + 1n, 1n], '== 9007199254740993', [1]],
  ['datetime64[D]', [0n, 11356n, 1n], '"2001-02-03"', [1]],
  ['float16', [0, NaN, 1], 'isnan', [1]],
])('a predicate over %s', async (dtype, values, where, index) => {
  const array = await made({ shape: [3], chunks: [2], dtype }, values)
  const found = await findCell(array, { dims: dimsOf(array, '...'), where, from: null, direction: 'next' })
  expect(found.index).toEqual(index)
})

test('arrays without dimensions and without items', async () => {
  const scalar = await made({ shape: [], chunks: [], dtype: 'int8' }, [7])
  expect((await findCell(scalar, { dims: [], where: '7', from: null, direction: 'next' })).index).toEqual([])
  expect((await findCell(scalar, { dims: [], where: '7', from: [], direction: 'next' })).index).toEqual([])
  const empty = await made({ shape: [0, 3], chunks: [1, 3], dtype: 'int8' })
  const dims = dimsOf(empty, '...')
  expect((await findCell(empty, { dims, where: '7', from: null, direction: 'next' })).index).toBeNull()
})

test('refuses what it does not understand, and stops when asked to', async () => {
  const array = await made(
    { shape: [300_000], chunks: [300_000], dtype: 'int8' },
    count(300_000).map(() => 1),
  )
  const dims = dimsOf(array, '...')
  await expect(findCell(array, { dims, where: 'y > 3', from: null, direction: 'next' })).rejects.toThrow(
    ExpressionError,
  )
  const abort = new AbortController()
  const search = findCell(array, {
    dims,
    where: 'x > i0 + 3',
    from: null,
    direction: 'next',
    signal: abort.signal,
  })
  abort.abort()
  await expect(search).rejects.toThrow(AbortedError)
})
