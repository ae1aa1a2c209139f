import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { AbortedError } from '@shared/errors'
import type { StorageCount } from '@shared/model/node'
import { openNode, type ZarrNode } from '../nodes/open'
import { InlineExecutor } from '../pool/inline'
import { DirectoryStore } from '../stores/directory'
import { MemoryStore } from '../stores/memory'
import { openStore } from '../stores/open-store'
import type { ListableStore } from '../stores/store'
import { ZipStore } from '../stores/zip'
import { corpusFolder } from '../testing/corpus'
import { countBytes, countInitialized } from './count-one'
import { countStorage } from './count-storage'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-count-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
const context = { executor: new InlineExecutor() }

interface Case {
  id: string
  store: string
  path: string
  expect: string
  format: 1 | 2 | 3
  nchunks?: number
  initialized?: number
  nbytes?: number
  nbytes_stored?: number
  prefix?: string
  features: string[]
  shape: number[]
  chunks: number[]
  values?: unknown[]
  fill?: unknown
}

async function nodeAt(path: string, format?: 1 | 2 | 3): Promise<ZarrNode> {
  const { store, nodePath } = await openStore(path)
  return openNode(store, nodePath, context, { format })
}

/** A count with those of its figures that can be asked for alone as they are then. */
async function countAlone(node: ZarrNode, count: StorageCount): Promise<StorageCount> {
  if (node.kind !== 'array') return count
  return { ...count, initialized: await countInitialized(node), nbytesStored: await countBytes(node) }
}

/** zarr-python takes a shard for as many chunks as fit; it leaves out inner chunks that hold the fill value alone. */
function innerChunks({ shape, chunks, values, fill }: Case): number | undefined {
  // Other fill values are spelt differently from the values themselves.
  if (!values || typeof fill !== 'number') return undefined
  const found = new Set<string>()
  values.forEach((value, item) => {
    if (JSON.stringify(value) === JSON.stringify(fill)) return
    const coords: number[] = []
    for (let k = shape.length - 1; k >= 0; k--) {
      coords.unshift(Math.floor((item % shape[k]!) / chunks[k]!))
      item = Math.floor(item / shape[k]!)
    }
    found.add(coords.join())
  })
  return found.size
}

/** What the corpus says; undefined where it counts otherwise than a listing can. */
function initializedOf(entry: Case): number | undefined {
  // zarr-python 2 counts the document of an array without dimensions as well.
  if (entry.shape.length === 0 && entry.id.startsWith('z213')) return undefined
  return entry.features.includes('sharding') ? innerChunks(entry) : entry.initialized
}

describe('countStorage agrees with the writers', () => {
  // Counted by zarr-python 3.4.1 and 2.13.6, and for format 1 as zarr 1.0 counts.
  test.each(['zarr341-seed1', 'zarr213-seed1', 'format1-seed1'])('about the arrays of %s', async (name) => {
    const folder = corpusFolder(name)!
    const { cases } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { cases: Case[] }
    const counted = cases.filter((entry) => entry.expect === 'ok' && entry.nchunks !== undefined)
    expect(counted.length).toBeGreaterThan(50)
    for (const entry of counted) {
      const { id, store, path, format, prefix = '' } = entry
      const node = await nodeAt(join(folder, store, prefix, path), format)
      const count = await countStorage(node)
      expect.soft(await countAlone(node, count), id).toEqual(count)
      await node.store.close()
      expect.soft(count.nchunks, id).toBe(entry.nchunks)
      const initialized = format === 1 ? count.files - 2 : count.initialized
      expect.soft(initialized, id).toBe(initializedOf(entry) ?? initialized)
      if (entry.nbytes_stored !== undefined) expect.soft(count.nbytesStored, id).toBe(entry.nbytes_stored)
      if (entry.nbytes !== undefined) expect.soft(count.nbytes, id).toBe(entry.nbytes)
    }
  })
})

const zarray = (shape: number[], chunks: number[]): string =>
  JSON.stringify({
    zarr_format: 2,
    shape,
    chunks,
    dtype: '<i4',
    compressor: null,
    filters: null,
    fill_value: 0,
    order: 'C',
  })

/** A group with two arrays, one of them deeper, and files that are no chunks. */
const GROUP: Record<string, string> = {
  '.zgroup': '{"zarr_format": 2}',
  'notes.txt': 'twelve bytes',
  'a/.zarray': zarray([4, 4], [2, 2]),
  'a/0.0': 'x'.repeat(16),
  'a/1.1': 'x'.repeat(10),
  'a/2.0': 'outside the grid',
  'a/0.0.lock': '',
  'a/00.1': 'stray',
  'a/sub/0.1': 'stray',
  'g/.zgroup': '{"zarr_format": 2}',
  'g/b/.zarray': zarray([3], [2]),
  'g/b/0': 'x'.repeat(8),
  'broken/.zarray': '{"zarr_format": 2, ',
}
const GROUP_BYTES = Object.values(GROUP).reduce((sum, text) => sum + text.length, 0)

const EXPECTED: Partial<StorageCount> = {
  nbytes: 16 * 4 + 3 * 4,
  nbytesStored: GROUP_BYTES,
  initialized: 3,
  nchunks: 6,
  files: Object.keys(GROUP).length,
  chunkBytes: { min: 8, max: 16, mean: 34 / 3 },
  done: true,
}

describe('countStorage', () => {
  const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

  async function inFolder(): Promise<ListableStore> {
    const path = join(base, 'group')
    for (const [key, text] of Object.entries({ ...GROUP, 'a/.x.zarrscope.partial': 'unfinished' })) {
      mkdirSync(dirname(join(path, key)), { recursive: true })
      writeFileSync(join(path, key), text)
    }
    return new DirectoryStore(path)
  }
  async function inMemory(): Promise<ListableStore> {
    return new MemoryStore(Object.entries(GROUP).map(([key, text]) => [key, bytesOf(text)]))
  }
  async function inZip(): Promise<ListableStore> {
    const store = new ZipStore(join(base, 'group.zip'), { mode: 'w' })
    for (const [key, text] of Object.entries(GROUP)) await store.set(key, bytesOf(text))
    await store.flush()
    return store
  }

  test.each([
    ['folder', inFolder],
    ['memory', inMemory],
    ['zip', inZip],
  ])('sums the arrays of a group in a %s and takes no stray for a chunk', async (_kind, make) => {
    const store = await make()
    expect(await countStorage(await openNode(store, '', context))).toMatchObject(EXPECTED)
    expect(await countStorage(await openNode(store, 'g', context))).toMatchObject({
      initialized: 1,
      nchunks: 2,
      files: 3,
    })
    expect(await countStorage(await openNode(store, 'a', context))).toMatchObject({
      initialized: 2,
      nchunks: 4,
      files: 7,
    })
    const array = await openNode(store, 'a', context)
    const together = await countStorage(array)
    expect(await countAlone(array, together)).toEqual(together)
    await store.close()
  })

  test.each([
    ['all', () => true],
    ['one in a hundred', (i: number) => i % 100 === 7],
    ['none', () => false],
  ])('counts a large grid by name as by listing: %s of its chunks stored', async (_what, isStored) => {
    const path = mkdtempSync(join(base, 'large-'))
    writeFileSync(join(path, '.zarray'), zarray([130, 130], [1, 1]))
    writeFileSync(join(path, 'stray'), 'stray')
    let stored = 0
    let bytes = 0
    for (let i = 0; i < 130 * 130; i++) {
      if (!isStored(i)) continue
      const value = 'x'.repeat((stored++ % 5) + 1)
      bytes += value.length
      writeFileSync(join(path, `${Math.floor(i / 130)}.${i % 130}`), value)
    }
    const seen: StorageCount[] = []
    const node = await openNode(new DirectoryStore(path), '', context)
    expect(await countStorage(node, { onProgress: (so) => seen.push(so) })).toMatchObject({
      nbytes: 130 * 130 * 4,
      nbytesStored: bytes + zarray([130, 130], [1, 1]).length + 'stray'.length,
      initialized: stored,
      nchunks: 130 * 130,
      files: stored + 2,
      chunkBytes: stored === 0 ? null : { min: 1, max: 5, mean: bytes / stored },
      done: true,
    })
    const together = await countStorage(node)
    expect(await countAlone(node, together)).toEqual(together)
    expect(seen.every(({ done, initialized }) => !done && initialized <= stored)).toBe(true)
  })

  test('tells the sizes of chunks, those that stand out, and what each part of a group takes', async () => {
    const group = await openNode(await inMemory(), '', context)
    const { sizes, largest, leastCompressible, arrays, children } = await countStorage(group)
    expect(sizes).toMatchObject({
      edges: [8, 9, 10, 11, 12, 13, 14, 15, 16],
      counts: [1, 0, 1, 0, 0, 0, 0, 1],
    })
    const [whole, part, other] = [
      { path: 'a', coords: [0, 0], bytes: 16, rawBytes: 16 },
      { path: 'a', coords: [1, 1], bytes: 10, rawBytes: 16 },
      { path: 'g/b', coords: [0], bytes: 8, rawBytes: 8 },
    ]
    expect(largest).toEqual([whole, part, other])
    // Of equal ratios the one that was found first stays in front.
    expect(leastCompressible.map(({ bytes, rawBytes }) => bytes / rawBytes!)).toEqual([1, 1, 10 / 16])
    const below = (prefix: string): number =>
      Object.entries(GROUP).reduce((sum, [key, text]) => sum + (key.startsWith(prefix) ? text.length : 0), 0)
    expect(arrays).toEqual({
      list: [
        { path: 'a', nbytes: 64, nbytesStored: below('a/'), initialized: 2, nchunks: 4 },
        { path: 'g/b', nbytes: 12, nbytesStored: below('g/b/'), initialized: 1, nchunks: 2 },
      ],
      total: 2,
    })
    expect(new Map(children)).toEqual(
      new Map([
        ['a', below('a/')],
        ['g', below('g/')],
        ['broken', below('broken/')],
      ]),
    )
  })

  test('holds nothing per chunk of the grid', async () => {
    const store = new MemoryStore([
      ['.zarray', bytesOf(zarray([2 ** 50, 2 ** 50], [1, 1]))],
      [`${2 ** 50 - 1}.${2 ** 50 - 1}`, bytesOf('last')],
      [`${2 ** 50}.0`, bytesOf('outside')],
    ])
    const count = await countStorage(await openNode(store, '', context))
    expect(count).toMatchObject({ initialized: 1, nchunks: 2 ** 100, nbytes: 2 ** 102, files: 3 })
  })

  test('an array that only consolidated metadata knows has no chunks', async () => {
    const path = mkdtempSync(join(base, 'consolidated-'))
    const metadata = {
      '.zgroup': { zarr_format: 2 },
      'a/.zarray': JSON.parse(zarray([200, 200], [1, 1])) as unknown,
    }
    writeFileSync(join(path, '.zgroup'), '{"zarr_format": 2}')
    writeFileSync(join(path, '.zmetadata'), JSON.stringify({ zarr_consolidated_format: 1, metadata }))
    const node = await openNode(new DirectoryStore(path), 'a', context)
    expect(await countStorage(node)).toMatchObject({
      initialized: 0,
      nchunks: 40_000,
      files: 0,
      chunkBytes: null,
    })
  })

  test('stops when it is cancelled', async () => {
    const node = await openNode(await inMemory(), '', context)
    await expect(countStorage(node, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError)
  })
})
