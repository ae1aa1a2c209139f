import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AbortedError, LimitError, NotAStoreError, SelectionError, UsageError } from '@shared/errors'
import type { StoreInfo } from '@shared/model/host'
import type { Input, Method, Output, Progress } from '@shared/rpc/contract'
import { InlineExecutor } from '@engine/pool/inline'
import { createEngine } from '@engine/session/engine'
import { createHandlers } from './handlers'
import type { HostServices } from './host-services'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'zarrscope-api-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const noted: string[] = []
const host: HostServices = {
  info: () => ({
    kind: 'serve',
    version: '1',
    platform: 'linux',
    node: '20',
    workers: 1,
    readOnly: true,
    open: [],
    dialogs: false,
  }),
  pick: async () => null,
  list: async () => ({ path: folder, parent: null, roots: [folder], entries: [], truncated: false }),
  target: async () => {
    throw new Error('not under test')
  },
  resolveFile: async (ticket) => ticket,
  resolveTicket: async (ticket) =>
    ticket.startsWith('t:')
      ? join(folder, ticket.slice(2))
      : Promise.reject(new UsageError('unknown ticket')),
  recent: async () => [],
  forgetRecent: async () => undefined,
  noteOpened: async (path) => void noted.push(`opened ${path}`),
  noteClosed: (path) => void noted.push(`closed ${path}`),
  events: async () => undefined,
  sampleFolder: async () => folder,
  openExternal: async () => undefined,
  reveal: async (path) => void noted.push(`revealed ${path}`),
}

const { handlers, close } = createHandlers(createEngine({ executor: new InlineExecutor() }), host)
afterAll(() => close())

async function call<M extends Method>(
  method: M,
  input: Input<M>,
  options: { signal?: AbortSignal; progress?: Progress<M>[] } = {},
): Promise<Output<M>> {
  const context = {
    signal: options.signal ?? new AbortController().signal,
    progress: (report: Progress<M>) => void options.progress?.push(report),
  }
  return handlers[method](input, context)
}

let store: StoreInfo
beforeAll(async () => void (store = await call('store.sample', {})))
beforeEach(() => void noted.splice(0))
const whole = (...counts: number[]): { start: number; step: number; count: number }[] =>
  counts.map((count) => ({ start: 0, step: 1, count }))

describe('stores', () => {
  test('the sample is written beside what is there and opened', async () => {
    expect(store).toMatchObject({
      name: 'Zarrscope sample.zarr',
      path: join(folder, 'Zarrscope sample.zarr'),
      kind: 'directory',
      readOnly: true,
      root: { path: '', kind: 'group', zarrFormat: 3 },
      initialPath: '',
    })
    const second = await call('store.sample', {})
    expect(second.name).toBe('Zarrscope sample 2.zarr')
    expect(readdirSync(folder).sort()).toEqual(['Zarrscope sample 2.zarr', 'Zarrscope sample.zarr'])
    expect(noted).toEqual([`opened ${second.path}`])
    await call('store.close', { store: second.id })
    expect(noted.at(-1)).toBe(`closed ${second.path}`)
    await expect(call('node.get', { store: second.id, path: '' })).rejects.toThrow(UsageError)
  })

  test('a ticket may lead to a node', async () => {
    const opened = await call('store.open', { ticket: 't:Zarrscope sample.zarr/climate/lat' })
    expect(opened).toMatchObject({ path: store.path, initialPath: 'climate/lat' })
    await call('store.close', { store: opened.id })
  })

  test('what lies on the disk is revealed, nothing outside of a store that is open', async () => {
    await call('host.reveal', { store: store.id, path: 'climate/lat' })
    expect(noted).toEqual([`revealed ${join(store.path, 'climate/lat')}`])
    await expect(call('host.reveal', { store: store.id, path: 'nope' })).rejects.toThrow('not on the disk')
    await expect(call('host.reveal', { store: folder, path: '' })).rejects.toThrow('not open')
    expect(noted).toHaveLength(1)
  })

  test('what is no store and no ticket is refused', async () => {
    await expect(call('store.open', { ticket: 't:nothing' })).rejects.toThrow(NotAStoreError)
    await expect(call('store.open', { ticket: '/etc' })).rejects.toThrow('unknown ticket')
    await expect(call('store.open', { ticket: 't:Zarrscope sample.zarr/nope' })).rejects.toThrow(/"nope"/)
  })
})

describe('nodes', () => {
  test('node.get tells everything the documents tell', async () => {
    const detail = await call('node.get', { store: store.id, path: 'climate/precipitation' })
    expect(detail).toMatchObject({
      name: 'precipitation',
      kind: 'array',
      formats: [3],
      documents: [{ key: 'climate/precipitation/zarr.json' }],
      array: {
        chunks: [16, 6, 12],
        shards: [128, 12, 24],
        gridShape: [23, 2, 2],
        nchunks: 92,
        readable: true,
        dimensionNames: ['time', 'lat', 'lon'],
        summaryHead: expect.stringContaining('shards=(128, 12, 24)') as string,
      },
    })
    expect(JSON.parse(detail.attributesJson)).toMatchObject({ units: 'mm' })
  })

  test('node.children lists one level, node.walk all in batches', async () => {
    const children = await call('node.children', { store: store.id, path: '' })
    expect(children.map(({ name, childCount }) => [name, childCount])).toEqual([
      ['climate', 5],
      ['images', 1],
      ['stations', 3],
    ])
    const progress: Progress<'node.walk'>[] = []
    expect(await call('node.walk', { store: store.id, path: '' }, { progress })).toEqual({ nodes: 12 })
    expect(progress.flatMap(({ batch }) => batch).map(({ path }) => path)).toContain('stations/visits')
    expect(await call('node.children', { store: store.id, path: 'climate/lat' })).toEqual([])
  })

  test('node.storage and node.summary count', async () => {
    expect(await call('node.storage', { store: store.id, path: 'stations/counts' })).toMatchObject({
      initialized: 7,
      nchunks: 8,
      done: true,
    })
    const { text } = await call('node.summary', { store: store.id, path: 'stations/counts' })
    expect(text).toMatch(/^zarr\.core\.Array[^]*initialized: 7\/8/)
  })
})

describe('arrays', () => {
  const counts = { path: 'stations/counts' }

  test('array.read gives cells and where each came from', async () => {
    const block = await call('array.read', {
      store: store.id,
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
    const block = await call('array.read', { store: store.id, ...counts, dims })
    expect(block.shape).toEqual([2])
  })

  test('array.read keeps inside the array and below its limit', async () => {
    const read = (...dims: Input<'array.read'>['dims']) =>
      call('array.read', { store: store.id, ...counts, dims })
    await expect(read(...whole(10))).rejects.toThrow(SelectionError)
    await expect(read(...whole(11, 24))).rejects.toThrow(SelectionError)
    await expect(read({ start: 9, step: 1, count: 2 }, whole(1)[0]!)).rejects.toThrow(SelectionError)
    await expect(read({ start: 0, step: 0, count: 2 }, whole(1)[0]!)).rejects.toThrow(SelectionError)
    await expect(read({ start: 0, step: -1, count: 2 }, whole(1)[0]!)).rejects.toThrow(SelectionError)
    const big = { store: store.id, path: 'climate/temperature', dims: whole(365, 12, 24) }
    expect((await call('array.read', big)).data.length).toBe(365 * 12 * 24 * 4)
  })

  test('array.read refuses more cells than a window shows', async () => {
    // The limit counts before anything is read, so a made-up array of 10^12 rows is enough.
    const { mkdirSync, writeFileSync } = await import('node:fs')
    const { array3 } = await import('@engine/nodes/testing/sample-nodes')
    mkdirSync(join(folder, 'huge.zarr'))
    writeFileSync(join(folder, 'huge.zarr/zarr.json'), JSON.stringify(array3({ shape: [1e12] })))
    const huge = await call('store.open', { ticket: 't:huge.zarr' })
    await expect(call('array.read', { store: huge.id, path: '', dims: whole(4_000_001) })).rejects.toThrow(
      LimitError,
    )
    const last = await call('array.read', {
      store: huge.id,
      path: '',
      dims: [{ start: 1e12 - 1, step: 1, count: 1 }],
    })
    expect(last.parts[0]).toMatchObject({ state: 'missing', key: 'c/499999999999' })
  })

  test('array.statistics is exact and reports how far it is', async () => {
    const progress: Progress<'array.statistics'>[] = []
    const result = await call(
      'array.statistics',
      { store: store.id, ...counts, dims: whole(10, 24) },
      { progress },
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
    const stored = await call('array.chunk', { store: store.id, ...counts, coords: [3, 1] })
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
    expect(await call('array.chunk', { store: store.id, ...counts, coords: [1, 0] })).toMatchObject({
      state: 'missing',
      storedBytes: 0,
    })
    await expect(call('array.chunk', { store: store.id, ...counts, coords: [4, 0] })).rejects.toThrow(
      SelectionError,
    )
    const inner = await call('array.chunk', {
      store: store.id,
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
    const map = await call('array.chunkMap', { store: store.id, ...counts, ...query })
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
    const map = await call('array.chunkMap', { store: store.id, ...counts, ...query })
    expect(map).toMatchObject({ rows: 2, columns: 1, origin: { row: 1, column: 0 } })
    expect([...map.initialized]).toEqual([0, 1])
  })

  test('array.survey decodes the stored chunks, array.chunkBytes gives the bytes of one', async () => {
    const survey = await call('array.survey', { store: store.id, ...counts, look: 'new' })
    expect(survey).toMatchObject({ total: 7, checked: 7, corrupt: { chunks: 0 }, problems: [], done: true })
    const coords = [3, 1]
    const stored = await call('array.chunk', { store: store.id, ...counts, coords })
    const part = { store: store.id, ...counts, coords, offset: 0, length: 8 }
    const raw = await call('array.chunkBytes', { ...part, form: 'stored' })
    expect([raw.bytes.length, raw.total]).toEqual([8, stored.storedBytes])
    const decoded = await call('array.chunkBytes', { ...part, form: 'decoded' })
    expect(decoded.total).toBe(stored.rawBytes)
    expect(new BigInt64Array(new Uint8Array(decoded.bytes).buffer)).toEqual(
      BigInt64Array.of(9007199254750005n),
    )
  })

  test('an aborted call rejects', async () => {
    await expect(
      call(
        'array.read',
        { store: store.id, ...counts, dims: whole(10, 24) },
        { signal: AbortSignal.abort() },
      ),
    ).rejects.toThrow(AbortedError)
    await expect(
      call(
        'array.statistics',
        { store: store.id, ...counts, dims: whole(10, 24) },
        { signal: AbortSignal.abort() },
      ),
    ).rejects.toThrow(AbortedError)
  })
})
