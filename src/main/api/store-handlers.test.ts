import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NotAStoreError, UsageError } from '@shared/errors'
import type { StoreInfo } from '@shared/model/host'
import type { Progress } from '@shared/rpc/contract'
import { testWindow } from './testing/window'

const noted: string[] = []
const { folder, call, end } = testWindow({
  readOnly: true,
  host: {
    resolveTicket: async (ticket) =>
      ticket.startsWith('t:')
        ? join(folder, ticket.slice(2))
        : Promise.reject(new UsageError('unknown ticket')),
    noteOpened: async (path) => void noted.push(`opened ${path}`),
    noteClosed: (path) => void noted.push(`closed ${path}`),
    reveal: async (path) => void noted.push(`revealed ${path}`),
  },
})
afterAll(end)

let store: StoreInfo
beforeAll(async () => void (store = await call('store.sample', {})))
beforeEach(() => void noted.splice(0))

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
    expect(
      await call(
        'node.walk',
        { store: store.id, path: '' },
        {
          onProgress: (report) => progress.push(report),
        },
      ),
    ).toEqual({ nodes: 12 })
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
