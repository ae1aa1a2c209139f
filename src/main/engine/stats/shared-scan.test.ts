import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { AbortedError } from '@shared/errors'
import type { ZarrArray } from '../nodes/array'
import { openNode } from '../nodes/open'
import { InlineExecutor } from '../pool/inline'
import { DirectoryStore } from '../stores/directory'
import { MemoryStore } from '../stores/memory'
import type { ArrayScan } from './array-scan'
import { chunkMap } from './chunk-map'
import { nodeStorage } from './node-storage'
import { expireCounts } from './scan-age'
import { followScan } from './shared-scan'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-scan-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const document = (side: number): string =>
  JSON.stringify({
    zarr_format: 2,
    shape: [side, side],
    chunks: [1, 1],
    dtype: '|u1',
    compressor: null,
    filters: null,
    fill_value: 0,
    order: 'C',
    dimension_separator: '/',
  })

/** An array of one-byte chunks in a folder a row, whose folders were last written long ago. */
async function arrayInFolders(): Promise<{ array: ZarrArray; folder: string; scans: () => number }> {
  const folder = mkdtempSync(join(base, 'array-'))
  writeFileSync(join(folder, '.zarray'), document(3))
  for (const row of [0, 1]) {
    mkdirSync(join(folder, String(row)))
    for (const column of [0, 1, 2]) writeFileSync(join(folder, `${row}/${column}`), 'x')
  }
  for (const name of ['0', '1', '.']) age(join(folder, name))
  const executor = new InlineExecutor()
  const scan = vi.spyOn(executor, 'scanChunks')
  const array = (await openNode(new DirectoryStore(folder), '', { executor })) as ZarrArray
  return { array, folder, scans: () => scan.mock.calls.length }
}

const age = (path: string): void => utimesSync(path, 1_600_000_000, 1_600_000_000)

const initialized = async (array: ZarrArray): Promise<number> => (await nodeStorage(array)).initialized

describe('one scan of an array', () => {
  test('serves every view of its chunks as long as nothing changes', async () => {
    const { array, scans } = await arrayInFolders()
    const size = { maxRows: 9, maxColumns: 9 }
    const [map, count] = await Promise.all([
      chunkMap(array, { axes: { row: 0, column: 1 }, fixed: [null, null] }, size),
      nodeStorage(array),
    ])
    const turned = await chunkMap(array, { axes: { row: 1, column: 0 }, fixed: [null, null] }, size)
    expect([...map.initialized]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0])
    expect([...turned.initialized]).toEqual([1, 1, 0, 1, 1, 0, 1, 1, 0])
    expect(count).toMatchObject({ initialized: 6, files: 7, nbytesStored: 6 + document(3).length })
    expect(scans()).toBe(1)
  })

  test('is made anew when a chunk comes or goes, in a new folder as well', async () => {
    const { array, folder, scans } = await arrayInFolders()
    expect(await initialized(array)).toBe(6)
    rmSync(join(folder, '1/2'))
    expect(await initialized(array)).toBe(5)
    mkdirSync(join(folder, '2'))
    writeFileSync(join(folder, '2/0'), 'x')
    expect(await initialized(array)).toBe(6)
    expect(scans()).toBe(3)
  })

  test('is not told again where a folder was written while it was read', async () => {
    const { array, folder, scans } = await arrayInFolders()
    writeFileSync(join(folder, '0/1'), 'xx')
    rmSync(join(folder, '0/0'))
    await initialized(array)
    await initialized(array)
    expect(statSync(join(folder, '0')).mtimeMs).toBeGreaterThan(1_600_000_000_000)
    expect(scans()).toBe(2)
  })

  test('is made anew once somebody says that the store may have changed', async () => {
    const { array, folder, scans } = await arrayInFolders()
    const before = await nodeStorage(array)
    writeFileSync(join(folder, '0/1'), 'more')
    expect((await nodeStorage(array)).nbytesStored).toBe(before.nbytesStored)
    expireCounts(array.store)
    expect((await nodeStorage(array)).nbytesStored).toBe(before.nbytesStored + 3)
    expect(scans()).toBe(2)
  })

  test('goes on for others when one who follows leaves, and ends with the last', async () => {
    const store = new MemoryStore([
      ['.zarray', Buffer.from(document(500))],
      ...Array.from(
        { length: 20_000 },
        (_, i) => [`${i % 500}/${Math.floor(i / 500)}`, new Uint8Array(1)] as const,
      ),
    ])
    const array = (await openNode(store, '', { executor: new InlineExecutor() })) as ZarrArray
    const first = new AbortController()
    const second = new AbortController()
    let taken = 0
    let scan: ArrayScan | undefined
    const leaving = followScan(array, () => ({ signal: first.signal, take: () => first.abort() }))
    const staying = followScan(array, (found) => {
      scan = found
      return { signal: second.signal, take: (from, to) => void (taken += to - from) }
    })
    await expect(leaving).rejects.toThrow(AbortedError)
    await staying
    expect(taken).toBe(20_000)
    expect(scan!.isDone).toBe(true)

    expireCounts(store)
    const alone = new AbortController()
    const given = followScan(array, (found) => {
      scan = found
      return { signal: alone.signal, take: () => alone.abort() }
    })
    await expect(given).rejects.toThrow(AbortedError)
    await scan!.ended
    expect(scan!.isComplete).toBe(false)
    expect(await initialized(array)).toBe(20_000)
  })
})

test('the count of a group is kept until a folder below it changes', async () => {
  const folder = mkdtempSync(join(base, 'group-'))
  writeFileSync(join(folder, '.zgroup'), '{"zarr_format": 2}')
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder, name, '0'), { recursive: true })
    writeFileSync(join(folder, name, '.zarray'), document(2))
    writeFileSync(join(folder, name, '0/0'), 'x')
  }
  for (const name of ['a/0', 'b/0', 'a', 'b', '.']) age(join(folder, name))
  const executor = new InlineExecutor()
  const scans = vi.spyOn(executor, 'scan')
  const group = await openNode(new DirectoryStore(folder), '', { executor })
  const first = await nodeStorage(group)
  expect(await nodeStorage(group)).toBe(first)
  expect(scans).toHaveBeenCalledTimes(1)
  writeFileSync(join(folder, 'b/0/1'), 'x')
  expect(await nodeStorage(group)).toMatchObject({ initialized: 3 })
  expect(scans).toHaveBeenCalledTimes(2)
})

test('counts of a group that are asked for at once are one, until somebody says that it changed; the last to leave ends it', async () => {
  const store = new MemoryStore([
    ['.zgroup', Buffer.from('{"zarr_format": 2}')],
    ['a/.zarray', Buffer.from(document(200))],
    ...Array.from(
      { length: 9000 },
      (_, i) => [`a/${i % 200}/${Math.floor(i / 200)}`, new Uint8Array(1)] as const,
    ),
  ])
  const group = await openNode(store, '', { executor: new InlineExecutor() })
  const leaving = new AbortController()
  const left = nodeStorage(group, { signal: leaving.signal })
  const [one, other] = [nodeStorage(group), nodeStorage(group)]
  leaving.abort()
  await expect(left).rejects.toThrow(AbortedError)
  expect(await one).toMatchObject({ initialized: 9000 })
  expect(await other).toBe(await one)

  expireCounts(store)
  const alone = new AbortController()
  const given = nodeStorage(group, { signal: alone.signal })
  alone.abort()
  await expect(given).rejects.toThrow(AbortedError)
  expect(await nodeStorage(group)).toMatchObject({ initialized: 9000 })
})
