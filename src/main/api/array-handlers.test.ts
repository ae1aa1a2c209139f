import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AbortedError, LimitError, SelectionError } from '@shared/errors'
import type { Input, Progress } from '@shared/rpc/contract'
import { array3 } from '@engine/nodes/testing/sample-nodes'
import { testWindow } from './testing/window'

const { folder, call, open, end } = testWindow({ readOnly: true })
afterAll(end)

const counts = { store: '', path: 'stations/counts' }
beforeAll(async () => void (counts.store = (await call('store.sample', {})).id))

const whole = (...lengths: number[]): { start: number; step: number; count: number }[] =>
  lengths.map((count) => ({ start: 0, step: 1, count }))

test('array.read gives cells and where each came from', async () => {
  const block = await call('array.read', {
    ...counts,
    dims: [
      { start: 2, step: 1, count: 2 },
      { start: 11, step: 1, count: 2 },
    ],
  })
  expect(block).toMatchObject({ shape: [2, 2], dtype: { kind: 'int', bits: 64 } })
  expect([...new BigInt64Array(block.data.slice().buffer)]).toEqual(
    [2011n, 2012n, 0n, 3012n].map((n) => (n === 0n ? n : n + 9007199254740993n)),
  )
  expect(block.parts.map(({ coords, state }) => `${coords.join()} ${state}`).sort()).toEqual([
    '0,0 stored',
    '0,1 stored',
    '1,0 missing',
    '1,1 stored',
  ])
})

test('array.read drops dimensions given an integer', async () => {
  const dims = [
    { start: 1, step: 1, count: 1, drop: true },
    { start: 3, step: -1, count: 2 },
  ]
  const block = await call('array.read', { ...counts, dims })
  expect(block.shape).toEqual([2])
})

test('array.read keeps inside the array and below its limit', async () => {
  const read = (...dims: Input<'array.read'>['dims']) => call('array.read', { ...counts, dims })
  await expect(read(...whole(10))).rejects.toThrow(SelectionError)
  await expect(read(...whole(11, 24))).rejects.toThrow(SelectionError)
  await expect(read({ start: 9, step: 1, count: 2 }, whole(1)[0]!)).rejects.toThrow(SelectionError)
  await expect(read({ start: 0, step: 0, count: 2 }, whole(1)[0]!)).rejects.toThrow(SelectionError)
  await expect(read({ start: 0, step: -1, count: 2 }, whole(1)[0]!)).rejects.toThrow(SelectionError)
  const big = { store: counts.store, path: 'climate/temperature', dims: whole(365, 12, 24) }
  expect((await call('array.read', big)).data.length).toBe(365 * 12 * 24 * 4)
})

test('array.read refuses more cells than a window shows', async () => {
  // The limit counts before anything is read, so a made-up array of 10^12 rows is enough.
  mkdirSync(join(folder, 'huge.zarr'))
  writeFileSync(join(folder, 'huge.zarr/zarr.json'), JSON.stringify(array3({ shape: [1e12] })))
  const huge = await open('huge.zarr')
  await expect(call('array.read', { store: huge, path: '', dims: whole(4_000_001) })).rejects.toThrow(
    LimitError,
  )
  const last = await call('array.read', {
    store: huge,
    path: '',
    dims: [{ start: 1e12 - 1, step: 1, count: 1 }],
  })
  expect(last.parts[0]).toMatchObject({ state: 'missing', key: 'c/499999999999' })
})

test('array.statistics is exact and reports how far it is', async () => {
  const progress: Progress<'array.statistics'>[] = []
  const result = await call(
    'array.statistics',
    { ...counts, dims: whole(10, 24) },
    { onProgress: (report) => progress.push(report) },
  )
  let sum = 0n
  for (let s = 0n; s < 10n; s++)
    for (let h = 0n; h < 24n; h++)
      if (!(s >= 3n && s < 6n && h < 12n)) sum += 9007199254740993n + s * 1000n + h
  expect(result).toMatchObject({
    count: 240,
    missing: 36,
    min: '0',
    max: '9007199254750016',
    sum: String(sum),
    nans: 0,
    done: true,
  })
  expect(progress.at(-1)).toEqual({ done: 240, total: 240 })
})

test('array.chunk opens one chunk up', async () => {
  const stored = await call('array.chunk', { ...counts, coords: [3, 1] })
  expect(stored).toMatchObject({
    key: 'stations/counts/3.1',
    start: [9, 12],
    shape: [1, 12],
    state: 'stored',
    rawBytes: 3 * 12 * 8,
  })
  expect(stored.statistics).toMatchObject({
    count: 12,
    min: '9007199254750005',
    max: '9007199254750016',
    fillOnly: false,
  })
  expect(stored.storedBytes).toBeGreaterThan(16)
  expect(Math.abs(Date.now() - stored.modified!)).toBeLessThan(600_000)
  expect(await call('array.chunk', { ...counts, coords: [1, 0] })).toMatchObject({
    state: 'missing',
    storedBytes: 0,
  })
  await expect(call('array.chunk', { ...counts, coords: [4, 0] })).rejects.toThrow(SelectionError)
  const inner = await call('array.chunk', {
    store: counts.store,
    path: 'climate/precipitation',
    coords: [22, 1, 1],
  })
  expect(inner).toMatchObject({
    key: 'climate/precipitation/c/2/0/0',
    start: [352, 6, 12],
    shape: [13, 6, 12],
    state: 'stored',
  })
  expect(inner.storedBytes).toBeGreaterThan(0)
})

test('array.chunkMap counts every chunk', async () => {
  const query = { rowAxis: 0, columnAxis: 1, fixed: [null, null], maxRows: 100, maxColumns: 100 }
  const map = await call('array.chunkMap', { ...counts, ...query })
  expect(map).toMatchObject({
    gridShape: [4, 2],
    rows: 4,
    columns: 2,
    sum: { initialized: 7, nchunks: 8 },
    done: true,
  })
  expect([...map.initialized]).toEqual([1, 1, 0, 1, 1, 1, 1, 1])
})

test('array.chunkMap shows a window of the map alone', async () => {
  const window = { row: 1, rows: 2, column: 0, columns: 1 }
  const query = { rowAxis: 0, columnAxis: 1, fixed: [null, null], maxRows: 100, maxColumns: 100, window }
  const map = await call('array.chunkMap', { ...counts, ...query })
  expect(map).toMatchObject({ rows: 2, columns: 1, origin: { row: 1, column: 0 } })
  expect([...map.initialized]).toEqual([0, 1])
})

test('array.survey decodes the stored chunks, array.chunkBytes gives the bytes of one', async () => {
  const survey = await call('array.survey', { ...counts, look: 'new' })
  expect(survey).toMatchObject({ total: 7, checked: 7, corrupt: { chunks: 0 }, problems: [], done: true })
  const coords = [3, 1]
  const stored = await call('array.chunk', { ...counts, coords })
  const part = { ...counts, coords, offset: 0, length: 8 }
  const raw = await call('array.chunkBytes', { ...part, form: 'stored' })
  expect([raw.bytes.length, raw.total]).toEqual([8, stored.storedBytes])
  const decoded = await call('array.chunkBytes', { ...part, form: 'decoded' })
  expect(decoded.total).toBe(stored.rawBytes)
  expect(new BigInt64Array(new Uint8Array(decoded.bytes).buffer)).toEqual(BigInt64Array.of(9007199254750005n))
})

test('an aborted call rejects', async () => {
  await expect(
    call('array.read', { ...counts, dims: whole(10, 24) }, { signal: AbortSignal.abort() }),
  ).rejects.toThrow(AbortedError)
  await expect(
    call('array.statistics', { ...counts, dims: whole(10, 24) }, { signal: AbortSignal.abort() }),
  ).rejects.toThrow(AbortedError)
})
