import { describe, expect, test } from 'vitest'
import { dataType } from '@shared/dtype/registry'
import type { ItemValue } from '@shared/dtype/data-type'
import type { Selection } from '@shared/selection/selection'
import type { JsonValue } from '@shared/json/value'
import { InlineExecutor } from '../../pool/inline'
import { MemoryStore } from '../../stores/memory'
import type { ZarrArray } from '../array'
import { createArray, createGroup } from '../creation/create-node'
import type { NewArrayOptions } from '../creation/new-array-options'
import { itemValues } from '../item-values'
import { openNode } from '../open'
import { encodeItems } from '../writing/cast-items'
import { writeArray } from '../writing/write-array'
import { BLOCK_BYTES, blockCount, blockGrid, blocksOf } from './copy-blocks'
import { copyArray } from './copy-array'
import type { CopyProgress } from './copy-control'
import { copyNode } from './copy-node'
import { arrayItems } from './item-source'

const context = { executor: new InlineExecutor() }

const whole = (array: Pick<ZarrArray, 'shape'>): Selection => ({
  kind: 'basic',
  dims: array.shape.map((count) => ({ start: 0, step: 1, count })),
})

async function values(array: ZarrArray): Promise<ItemValue[]> {
  const { data, offsets } = await array.readAll(whole(array))
  return itemValues(dataType(array.dtype), data, offsets)
}

async function made(
  store: MemoryStore,
  path: string,
  options: NewArrayOptions,
  items: ItemValue[],
): Promise<ZarrArray> {
  const array = await createArray(store, path, options, context)
  await writeArray(array, whole(array), { ...encodeItems(items, dataType(array.dtype)), shape: array.shape })
  return array
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => (i * 37) % 101)

const keys = async (store: MemoryStore, prefix = ''): Promise<string[]> => {
  const found: string[] = []
  for await (const batch of store.scan(prefix)) found.push(...batch.map(({ key }) => key))
  return found.sort()
}

describe('copyArray', () => {
  const base: NewArrayOptions = { shape: [7, 11], chunks: [3, 4], dtype: 'int32', fillValue: 5 }

  test.each<[string, NewArrayOptions, Parameters<typeof copyArray>[2]]>([
    ['as it is', base, {}],
    ['other chunks', base, { chunks: [7, 2] }],
    ['into shards', base, { chunks: [2, 2], shards: [4, 6] }],
    ['out of shards', { ...base, chunks: [2, 2], shards: [6, 4] }, { shards: null }],
    ['shards into format 2', { ...base, chunks: [2, 2], shards: [6, 4] }, { zarrFormat: 2 }],
    ['format 2 to 3', { ...base, zarrFormat: 2, order: 'F', filters: ['delta:<i4'] }, { zarrFormat: 3 }],
    ['format 3 to 2', { ...base, order: 'F', compressor: 'gzip:3' }, { zarrFormat: 2 }],
    ['format 3 to 1', { ...base, compressor: 'blosc' }, { zarrFormat: 1 }],
    ['format 1 to 3', { ...base, zarrFormat: 1 }, { zarrFormat: 3 }],
    ['another order', base, { order: 'F' }],
    ['another compressor', base, { compressor: 'bz2:9', filters: ['shuffle:4'] }],
    ['big-endian', { ...base, dtype: '>i4', zarrFormat: 2 }, { zarrFormat: 3 }],
    ['a wider type', base, { dtype: 'float64' }],
  ])('copies %s and verifies', async (_name, source, options) => {
    const from = await made(new MemoryStore(), '', source, numbers(77))
    const store = new MemoryStore()
    const { array } = await copyArray(from, { store, path: '', context }, { ...options, verify: true })
    expect(await values(array)).toEqual(await values(from))
    const again = await openNode(store, '', context)
    expect(again.metadata).toMatchObject({
      shape: [7, 11],
      zarrFormat: options?.zarrFormat ?? source.zarrFormat ?? 3,
      order: options?.order ?? source.order ?? 'C',
    })
    if (source.dtype === '>i4') expect(array.metadata.byteOrder).toBe('big')
  })

  test.each<[JsonValue, ItemValue[]]>([
    ['string', ['a', '', 'ünïcode', 'x'.repeat(300), 'b', 'c']],
    ['<U4', ['a', 'bc', '', 'ü', 'abcd', 'z']],
    ['|S3', ['a', 'bc', '', 'x', 'abc', 'z'].map((text) => new TextEncoder().encode(text))],
    ['M8[ns]', [1n, 2n, -(2n ** 63n), 4n, 5n, 6n]],
    ['bool', [true, false, true, true, false, false]],
    [
      [
        ['a', '<i4'],
        ['b', '<f8'],
      ],
      [1, 2, 3, 4, 5, 6].map((n) => ({ a: n, b: n / 2 })),
    ],
    ['complex128', [1, 2, 3, 4, 5, 6].map((n): [number, number] => [n, -n])],
  ])('keeps items of %j through formats 2 and 3', async (dtype, items) => {
    const from = await made(new MemoryStore(), '', { shape: [6], chunks: [4], dtype, zarrFormat: 2 }, items)
    const v3 = await copyArray(
      from,
      { store: new MemoryStore(), path: 'a/b', context },
      { zarrFormat: 3, chunks: [2], verify: true },
    )
    const v2 = await copyArray(
      v3.array,
      { store: new MemoryStore(), path: '', context },
      { zarrFormat: 2, verify: true },
    )
    expect(await values(v3.array)).toEqual(items)
    expect(await values(v2.array)).toEqual(items)
    expect(v2.array.metadata.dtypeName).toBe(from.metadata.dtypeName)
  })

  test('keeps missing chunks missing, attributes and dimension names', async () => {
    const attributes = new Map<string, JsonValue>([['units', 'K']])
    const from = await createArray(
      new MemoryStore(),
      '',
      { shape: [8, 8], chunks: [2, 2], dtype: 'f4', dimensionNames: ['y', 'x'], attributes, zarrFormat: 2 },
      context,
    )
    const dims = [2, 2].map((start) => ({ start, step: 1, count: 2 }))
    await writeArray(
      from,
      { kind: 'basic', dims },
      { data: new Uint8Array(Float32Array.of(1).buffer), shape: [] },
    )
    const store = new MemoryStore()
    const { array } = await copyArray(from, { store, path: '', context }, { zarrFormat: 3 })
    expect(await keys(store)).toEqual(['c/1/1', 'zarr.json'])
    expect(array.metadata.dimensionNames).toEqual(['y', 'x'])
    expect(array.metadata.attributes).toEqual(attributes)
  })

  test('visits only blocks that hold something in a sparse array of a million million chunks', async () => {
    const source = new MemoryStore()
    const huge: NewArrayOptions = { shape: [1e9, 1e9], chunks: [1000, 1000], dtype: 'u1' }
    const from = await createArray(source, '', huge, context)
    const dims = [123_456_789, 987_654_321].map((start) => ({ start, step: 1, count: 1 }))
    await writeArray(from, { kind: 'basic', dims }, { data: Uint8Array.of(9), shape: [] })
    const store = new MemoryStore()
    const { progress } = await copyArray(
      from,
      { store, path: '', context },
      { chunks: [500, 500], verify: true },
    )
    expect(progress.total).toBeGreaterThanOrEqual(250_000)
    expect(progress.total).toBeLessThanOrEqual(BLOCK_BYTES)
    expect(progress).toMatchObject({ done: progress.total, phase: 'copying' })
    expect(await keys(store)).toEqual(['c/246913/1975308', 'zarr.json'])
  })

  test('refuses values that the new type cannot hold, unless told otherwise, and says what is left', async () => {
    const from = await made(new MemoryStore(), '', { shape: [4], chunks: [2], dtype: 'i4' }, [1, 2, 3, 300])
    const store = new MemoryStore()
    const target = { store, path: '', context }
    await expect(copyArray(from, target, { dtype: 'u1' })).rejects.toThrow(
      /300 does not fit into uint8.*the copy at the target is incomplete: resume it or delete it\.$/,
    )
    const { array } = await copyArray(from, target, { dtype: 'u1', casting: 'unsafe', overwrite: true })
    expect(await values(array)).toEqual([1, 2, 3, 44])
  })

  test('refuses to replace unless asked, and writes nothing then', async () => {
    const from = await made(new MemoryStore(), '', base, numbers(77))
    const store = new MemoryStore()
    await copyArray(from, { store, path: '', context })
    const before = await keys(store)
    await expect(copyArray(from, { store, path: '', context })).rejects.toMatchObject({ code: 'NODE_EXISTS' })
    await expect(
      copyArray(from, { store, path: '', context }, { chunks: [0, 1], overwrite: true }),
    ).rejects.toMatchObject({ code: 'USAGE' })
    expect(await keys(store)).toEqual(before)
  })

  test('resumes: chunks that are there are not written again, those that are missing are', async () => {
    const from = await made(new MemoryStore(), '', { ...base, fillValue: -1 }, numbers(77))
    const store = new MemoryStore()
    const target = { store, path: '', context }
    await copyArray(from, target)
    await store.delete('c/1/1')
    const { array } = await copyArray(from, target, { resume: true })
    expect(await values(array)).toEqual(await values(from))
    const again = await copyArray(from, target, { resume: true })
    expect(again.progress.bytes).toBe(0)
    await expect(copyArray(from, target, { resume: true, chunks: [1, 1] })).rejects.toMatchObject({
      code: 'USAGE',
    })
  })

  test('verification finds a chunk that reads back otherwise', async () => {
    const from = await made(new MemoryStore(), '', { ...base, compressor: null }, numbers(77))
    class Forgetful extends MemoryStore {
      override async set(key: string, value: Uint8Array): Promise<void> {
        await super.set(key, key === 'c/1/1' ? value.map((byte) => byte ^ 1) : value)
      }
    }
    await expect(
      copyArray(from, { store: new Forgetful(), path: '', context }, { verify: true }),
    ).rejects.toMatchObject({ code: 'CHUNK_CORRUPT' })
  })

  test('a damaged chunk of the source stops the copy', async () => {
    const source = new MemoryStore()
    const from = await made(source, '', { ...base, compressor: 'gzip' }, numbers(77))
    await source.set('c/0/0', Uint8Array.of(1, 2, 3))
    await expect(copyArray(from, { store: new MemoryStore(), path: '', context })).rejects.toMatchObject({
      code: 'CHUNK_CORRUPT',
    })
  })

  test('can be cancelled', async () => {
    const from = await made(new MemoryStore(), '', base, numbers(77))
    const abort = new AbortController()
    abort.abort()
    await expect(
      copyArray(from, { store: new MemoryStore(), path: '', context }, {}, { signal: abort.signal }),
    ).rejects.toMatchObject({ code: 'ABORTED' })
  })
})

describe('copyNode', () => {
  test('copies a hierarchy with attributes into another format', async () => {
    const source = new MemoryStore()
    const attributes = new Map<string, JsonValue>([['title', 'x']])
    await createGroup(source, '', { zarrFormat: 2, attributes }, context)
    await made(source, 'a/b', { shape: [3], dtype: 'i2', zarrFormat: 2 }, [1, 2, 3])
    await made(source, 'c', { shape: [2], dtype: 'string', zarrFormat: 2 }, ['p', 'q'])
    const store = new MemoryStore()
    const seen: CopyProgress[] = []
    const report = await copyNode(
      await openNode(source, '', context),
      { store, path: '', context },
      { zarrFormat: 3, verify: true },
      { onProgress: (one) => seen.push({ ...one }) },
    )
    expect(report).toMatchObject({ groups: 2, arrays: 2 })
    expect((await openNode(store, '', context)).metadata).toMatchObject({ zarrFormat: 3, attributes })
    expect(await values((await openNode(store, 'a/b', context)) as ZarrArray)).toEqual([1, 2, 3])
    expect(await values((await openNode(store, 'c', context)) as ZarrArray)).toEqual(['p', 'q'])
    expect(seen.at(-1)).toMatchObject({ done: 6 + 2 * 256, total: 6 + 2 * 256 })
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((x, y) => x - y))
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['copying', 'verifying']))
  })

  test('writes nothing where one of its arrays cannot be copied', async () => {
    const source = new MemoryStore()
    await made(source, 'a', { shape: [3], dtype: 'i2' }, [1, 2, 3])
    await made(source, 'b', { shape: [3], dtype: 'bfloat16' }, [1, 2, 3])
    const store = new MemoryStore()
    await expect(
      copyNode(await openNode(source, '', context), { store, path: '', context }, { zarrFormat: 2 }),
    ).rejects.toThrow(/^b: Format 2 cannot store bfloat16/)
    expect(await keys(store)).toEqual([])
  })
})

describe('blockGrid', () => {
  test.each([
    ['rows to columns', [10_000, 10_000], [10_000, 1], [1, 10_000], 8],
    ['small chunks', [1_000_000], [100], [128], 4],
    ['no dimensions', [], [], [], 8],
    ['a chunk beyond the array', [5], [100], [7], 8],
    ['planes to pencils', [400, 400, 400], [400, 20, 20], [1, 400, 400], 4],
    ['a chunk beyond the budget', [100_000, 10_000], [50_000, 10_000], [10, 10], 8],
  ])(
    '%s: blocks hold whole target chunks and keep to the budget',
    (_name, shape, target, source, itemBytes) => {
      const grid = blockGrid(shape, target, source, itemBytes)
      grid.block.forEach((length, k) => expect(length % target[k]!).toBe(0))
      const bytes = grid.block.reduce((n, length) => n * length, itemBytes)
      const one = target.reduce((n, length) => n * length, itemBytes)
      expect(bytes).toBeLessThanOrEqual(Math.max(BLOCK_BYTES, one))
      expect(blockCount(grid)).toBe(grid.counts.reduce((n, c) => n * c, 1))
    },
  )

  test('an array without items has no blocks', async () => {
    const from = await createArray(new MemoryStore(), '', { shape: [0, 3] }, context)
    const grid = blockGrid([0, 3], [1, 3], null, 8)
    expect(grid.counts).toEqual([0, 1])
    for (const sparse of [true, false]) {
      const { total, blocks } = await blocksOf(arrayItems(from), grid, sparse)
      expect([total, [...blocks]]).toEqual([0, []])
    }
  })
})
