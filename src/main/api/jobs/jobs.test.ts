import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createArray } from '@engine/nodes/creation/create-node'
import { openStore } from '@engine/stores/open-store'
import { context, copyJob, jobWindow, readArray, SAMPLE } from '../testing/job-store'
import { testWindow, type TestWindow } from '../testing/window'

let window: TestWindow
let store: string
beforeEach(async () => void ({ window, store } = await jobWindow()))
afterEach(() => window.end())

const source = () => ({ store, path: 'obs/t' })

describe('rewrite', () => {
  test('an array, and all arrays of a group above a size', async () => {
    const job = await window.job({ kind: 'rewrite', source: source(), layout: { chunks: [6, 2] } })
    expect(job).toMatchObject({ state: 'done', result: source() })
    expect((await readArray(window, 's.zarr/obs/t')).array.layout.chunks).toEqual([6, 2])
    const group = await window.job({
      kind: 'rewrite',
      source: { store, path: '' },
      layout: { compressor: null },
      only: { minBytes: 96 },
    })
    expect(group.message).toMatch(/^Rewrote 1 array/)
    const none = window.call('jobs.start', {
      job: {
        kind: 'rewrite',
        source: { store, path: '' },
        layout: { compressor: null },
        only: { minBytes: 97 },
      },
    })
    await expect(none).rejects.toThrow('No array below / is to be rewritten')
  })

  test('is refused where cells are staged', async () => {
    const dims = [
      { start: 1, step: 1, count: 1 },
      { start: 0, step: 1, count: 1 },
    ]
    await window.call('edits.apply', { store, edit: { kind: 'clear', path: 'obs/t', dims } })
    const started = window.call('jobs.start', {
      job: { kind: 'rewrite', source: source(), layout: { compressor: null } },
    })
    await expect(started).rejects.toThrow('has staged edits; save or discard them first')
  })
})

describe('nodes', () => {
  test('a node does not move beside one whose name differs in case only', async () => {
    const job = (to: string): Promise<unknown> => window.job({ kind: 'move', source: source(), to })
    await expect(job('OBS/t')).rejects.toThrow('Windows and macOS take the two names for one')
    expect(await job('obs/T')).toMatchObject({ state: 'done', result: { path: 'obs/T' } })
  })

  test('move, migrate, verify and delete', async () => {
    expect(await window.job({ kind: 'move', source: source(), to: 'deep/er/t' })).toMatchObject({
      state: 'done',
      result: { store, path: 'deep/er/t' },
    })
    writeFileSync(join(window.folder, 's.zarr/deep/er/t/c/1/0'), 'damaged')
    const verified = await window.job({ kind: 'verify', source: { store, path: '' }, data: true })
    expect(verified.message).toBe('1 problem in 5 nodes; 3 chunks decoded.')
    expect(verified.problems).toMatchObject([{ node: 'deep/er/t', key: 'deep/er/t/c/1/0', kind: 'chunk' }])
    const shape = [2, 4]
    const resized = await window.job({ kind: 'resize', source: { store, path: 'deep/er/t' }, shape })
    expect(resized).toMatchObject({ state: 'done', result: { store, path: 'deep/er/t' } })
    expect(resized.message).toMatch(/^The shape is \(2, 4\) now\. 2 chunks, .*, went\.$/)
    expect((await readArray(window, 's.zarr/deep/er/t')).array.shape).toEqual(shape)
    await window.job({ kind: 'delete', source: { store, path: 'deep' } })
    expect(existsSync(join(window.folder, 's.zarr/deep'))).toBe(false)
    const old = await openStore(join(window.folder, 'v2.zarr'), { mode: 'a' })
    await createArray(old.store, 'x', { ...SAMPLE, zarrFormat: 2 }, context)
    const second = await window.open('v2.zarr')
    const migrated = await window.job({ kind: 'migrate', source: { store: second, path: '' }, to: 3 })
    expect(migrated.message).toMatch(/^2 nodes got documents of format 3/)
    expect((await readArray(window, 'v2.zarr/x')).array.metadata.zarrFormat).toBe(3)
  })

  test('windows are told what changed', async () => {
    const told: unknown[] = []
    const abort = new AbortController()
    const watching = window.call(
      'store.changes',
      { store },
      { signal: abort.signal, onProgress: (change) => told.push(change) },
    )
    await window.job({ kind: 'delete', source: source() })
    expect(told).toContainEqual(expect.objectContaining({ paths: ['obs/t'], tree: true }))
    abort.abort()
    await watching
  })
})

test('with --read-only nothing is written, and what is on disk can be verified', async () => {
  await window.end()
  window = testWindow({ readOnly: true })
  const { store: made } = await openStore(join(window.folder, 's.zarr'), { mode: 'a' })
  await createArray(made, 'obs/t', SAMPLE, context)
  store = await window.open('s.zarr')
  await expect(window.call('jobs.start', { job: copyJob(store) })).rejects.toMatchObject({
    code: 'READ_ONLY',
  })
  expect(await window.job({ kind: 'verify', source: source(), data: false })).toMatchObject({ state: 'done' })
})

test('jobs go on when the page is loaded anew, under the names that the new page has', async () => {
  await window.job(copyJob(store))
  const next = await window.reload()
  expect(await next.jobs()).toMatchObject([
    { state: 'done', result: { ticket: join(window.folder, 's.zarr'), path: 'obs/t2' } },
  ])
  const reopened = await next.open('s.zarr')
  const [job] = await next.jobs()
  expect(job).toMatchObject({
    result: { store: reopened, path: 'obs/t2' },
    spec: { source: { store: reopened } },
  })
  await next.call('jobs.forget', { id: job!.id })
  expect(await next.jobs()).toEqual([])
})
