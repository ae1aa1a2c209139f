import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JobSpec } from '@shared/model/jobs'
import type { ItemValue } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import { npyHeader } from '@engine/interop/npy'
import type { ZarrArray } from '@engine/nodes/array'
import { createArray, createGroup } from '@engine/nodes/creation/create-node'
import type { NewArrayOptions } from '@engine/nodes/creation/new-array-options'
import { itemValues } from '@engine/nodes/item-values'
import { openNode } from '@engine/nodes/open'
import { writeArray } from '@engine/nodes/writing/write-array'
import { InlineExecutor } from '@engine/pool/inline'
import { openStore } from '@engine/stores/open-store'
import { testWindow, type TestWindow } from '../testing/window'

const context = { executor: new InlineExecutor() }
const SAMPLE: NewArrayOptions = { shape: [6, 4], chunks: [2, 4], dtype: 'i4' }

let window: TestWindow
let store: string
beforeEach(async () => {
  window = testWindow()
  const { store: made } = await openStore(join(window.folder, 's.zarr'), { mode: 'a' })
  await createGroup(made, '', {}, context)
  const array = await createArray(made, 'obs/t', SAMPLE, context)
  const data = new Uint8Array(Int32Array.from({ length: 24 }, (_, i) => i).buffer)
  await writeArray(array, whole(array), { data, shape: [6, 4] })
  store = await window.open('s.zarr')
})
afterEach(() => window.end())

const whole = (array: ZarrArray) => ({
  kind: 'basic' as const,
  dims: array.shape.map((count) => ({ start: 0, step: 1, count })),
})

/** Every file of the folder of the test, but for unfinished ones. */
const files = (): string[] =>
  readdirSync(window.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.lock'))
    .sort()

async function read(path: string): Promise<{ array: ZarrArray; values: ItemValue[] }> {
  const { store: opened, nodePath } = await openStore(join(window.folder, path))
  const array = (await openNode(opened, nodePath, context)) as ZarrArray
  const { data, offsets } = await array.readAll(whole(array))
  await opened.close()
  return { array, values: itemValues(dataType(array.dtype), data, offsets) }
}

const copy = (spec: Partial<Extract<JobSpec, { kind: 'copy' }>>): JobSpec => ({
  kind: 'copy',
  source: { store, path: 'obs/t' },
  target: { store, path: 'obs/t2' },
  layout: {},
  overwrite: false,
  verify: false,
  resume: false,
  unsafe: false,
  ...spec,
})
const T = { store: '', path: 'obs/t' }
const source = () => ({ ...T, store })

describe('copy', () => {
  test('an array into another layout in the same store, verified; what came out can be opened', async () => {
    const job = await window.job(copy({ layout: { chunks: [3, null], compressor: 'zstd:3' }, verify: true }))
    expect(job).toMatchObject({
      label: 'Copy /obs/t to /obs/t2',
      state: 'done',
      unit: 'bytes',
      done: 192,
      total: 192,
      result: { store, path: 'obs/t2' },
    })
    expect(job.message).toMatch(/^Copied 1 array, .* stored, read back and found equal\.$/)
    const { array, values } = await read('s.zarr/obs/t2')
    expect(array.layout.chunks).toEqual([3, 4])
    expect(values).toEqual((await read('s.zarr/obs/t')).values)
  })

  test.each([
    ['a new folder', 'new.zarr'],
    ['a new archive', 'new.zip'],
  ])('a whole store into %s, in another format', async (_what, name) => {
    const target = { file: window.file(name), path: '' }
    const job = await window.job(copy({ source: { store, path: '' }, target, layout: { zarrFormat: 2 } }))
    expect(job).toMatchObject({ state: 'done', result: { ticket: join(window.folder, name), path: '' } })
    const { array, values } = await read(`${name}/obs/t`)
    expect(array.metadata.zarrFormat).toBe(2)
    expect(values).toEqual((await read('s.zarr/obs/t')).values)
  })

  test('what cannot be is refused before anything is written', async () => {
    const before = files()
    await window.call('edits.apply', { store, edit: { kind: 'createGroup', path: 'staged', zarrFormat: 3 } })
    const refused: [Partial<Extract<JobSpec, { kind: 'copy' }>>, string][] = [
      [{ target: { store, path: 'obs/t' } }, 'onto itself'],
      [{ target: { store, path: 'obs' } }, 'onto itself'],
      [{ layout: { chunks: [0, 1] } }, 'from 1 up'],
      [{ layout: { compressor: 'zap' } }, '"zap" is not a codec'],
      [{ layout: { zarrFormat: 1 } }, ''],
      [{ target: { file: window.file('s.zarr'), path: '' } }, 'onto itself'],
      [{ target: { file: window.file('s.zarr/inside.zarr'), path: '' } }, 'inside another store'],
      [{ target: { file: { ticket: '/etc/x.zarr', path: '' }, path: '' } }, 'not under test'],
      [{ target: { store, path: 'staged/x' } }, 'not saved yet'],
    ]
    for (const [spec, message] of refused) {
      const started = window.call('jobs.start', { job: copy(spec) })
      if (message !== '') await expect(started).rejects.toThrow(message)
      else await started.catch(() => undefined)
    }
    await window.jobsUntil((jobs) => jobs.every(({ endedAt }) => endedAt !== null))
    expect(files()).toEqual(before)
  })

  test('a damaged chunk ends it: nothing is left, or with resume what was copied is', async () => {
    writeFileSync(join(window.folder, 's.zarr/obs/t/c/1/0'), 'damaged')
    const before = files()
    const failed = await window.job(copy({}))
    expect(failed).toMatchObject({ state: 'failed', result: null })
    expect(failed.message).toMatch(/c\/1\/0 cannot be decoded: .* Nothing was left behind\.$/)
    expect(files()).toEqual(before)
    const kept = await window.job(copy({ resume: true }))
    expect(kept.message).toMatch(/incomplete.* copy again, resuming, to go on/s)
    expect(existsSync(join(window.folder, 's.zarr/obs/t2/zarr.json'))).toBe(true)
  })
})

describe('rewrite', () => {
  test('an array, and all arrays of a group above a size', async () => {
    const job = await window.job({ kind: 'rewrite', source: source(), layout: { chunks: [6, 2] } })
    expect(job).toMatchObject({ state: 'done', result: source() })
    expect((await read('s.zarr/obs/t')).array.layout.chunks).toEqual([6, 2])
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

describe('append', () => {
  const npy = (name: string, shape: number[]): void => {
    const count = shape.reduce((n, length) => n * length, 1)
    const items = new Uint8Array(Int32Array.from({ length: count }, (_, i) => 100 + i).buffer)
    writeFileSync(
      join(window.folder, name),
      Buffer.concat([npyHeader({ kind: 'int', bits: 32 }, shape), items]),
    )
  }

  test('an .npy file, a table and another array', async () => {
    npy('more.npy', [1, 4])
    writeFileSync(join(window.folder, 'more.csv'), '1,2,3,4\r\n5,6,7,8\r\n')
    const append = (from: Extract<JobSpec, { kind: 'append' }>['source'], axis = 0): JobSpec => ({
      kind: 'append',
      target: source(),
      axis,
      source: from,
    })
    const job = await window.job(append(window.file('more.npy')))
    expect(job.message).toBe('Appended 1 item along axis 0; the shape is (7, 4) now.')
    await window.job(append(window.file('more.csv')))
    expect((await read('s.zarr/obs/t')).values.slice(24)).toEqual([
      100, 101, 102, 103, 1, 2, 3, 4, 5, 6, 7, 8,
    ])
    await window.job(append(source(), 1))
    expect((await read('s.zarr/obs/t')).array.shape).toEqual([9, 8])
  })

  test('checks the shape first', async () => {
    npy('wide.npy', [1, 5])
    const started = window.call('jobs.start', {
      job: { kind: 'append', target: source(), axis: 0, source: window.file('wide.npy') },
    })
    await expect(started).rejects.toThrow('Items of shape (1, 5) cannot be appended to shape (6, 4)')
    writeFileSync(join(window.folder, 'wide.csv'), '1,2,3,4,5\r\n')
    const before = files()
    const job = await window.job({
      kind: 'append',
      target: source(),
      axis: 0,
      source: window.file('wide.csv'),
    })
    expect(job).toMatchObject({ state: 'failed' })
    expect(job.message).toMatch(/cannot be appended.*Nothing was changed\.$/)
    expect(files()).toEqual(before)
  })
})

describe('import and export', () => {
  test.each(['npy', 'csv', 'raw', 'zip'] as const)('%s', async (format) => {
    const target = window.file(`t.${format}`)
    const exported: JobSpec = { kind: 'export', source: source(), format, target, overwrite: false }
    expect(await window.job(exported)).toMatchObject({ state: 'done' })
    await expect(window.call('jobs.start', { job: exported })).rejects.toThrow('exists already')
    expect(await window.job({ ...exported, overwrite: true })).toMatchObject({ state: 'done' })
    const { values } = await read('s.zarr/obs/t')
    if (format === 'zip') expect((await read('t.zip')).values).toEqual(values)
    else if (format === 'raw') {
      const bytes = readFileSync(join(window.folder, 't.raw'))
      expect([...new Int32Array(new Uint8Array(bytes).buffer)]).toEqual(values)
    } else {
      const job = await window.job({
        kind: 'import',
        source: target,
        target: { store, path: 'back' },
        layout: { chunks: [1, 4] },
      })
      expect(job).toMatchObject({ state: 'done', result: { store, path: 'back' } })
      const back = await read('s.zarr/back')
      expect(back.array.layout.chunks).toEqual([1, 4])
      expect(back.values.map(Number)).toEqual(values)
    }
  })

  test('a selection alone; none that lies outside', async () => {
    const target = window.file('part.csv')
    const job = { kind: 'export', source: source(), format: 'csv', target, overwrite: false } as const
    await window.job({ ...job, selection: '1:3, ::2' })
    expect(readFileSync(join(window.folder, 'part.csv'), 'utf8')).toBe('4,6\r\n8,10\r\n')
    const outside = window.call('jobs.start', { job: { ...job, selection: '9', overwrite: true } })
    await expect(outside).rejects.toThrow()
  })

  test('a file that does not hold what its name says leaves nothing', async () => {
    writeFileSync(join(window.folder, 'x.npy'), 'no array at all')
    writeFileSync(join(window.folder, 'x.h5'), 'no file at all')
    const before = files()
    for (const name of ['x.npy', 'x.h5', 'gone.csv']) {
      const job = await window.job({
        kind: 'import',
        source: window.file(name),
        target: { store, path: 'x' },
        layout: {},
      })
      expect(job).toMatchObject({ state: 'failed' })
      expect(job.message).toContain(name)
    }
    expect(files()).toEqual(before)
  })
})

describe('nodes', () => {
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
    expect((await read('s.zarr/deep/er/t')).array.shape).toEqual(shape)
    await window.job({ kind: 'delete', source: { store, path: 'deep' } })
    expect(existsSync(join(window.folder, 's.zarr/deep'))).toBe(false)
    const old = await openStore(join(window.folder, 'v2.zarr'), { mode: 'a' })
    await createArray(old.store, 'x', { ...SAMPLE, zarrFormat: 2 }, context)
    const second = await window.open('v2.zarr')
    const migrated = await window.job({ kind: 'migrate', source: { store: second, path: '' }, to: 3 })
    expect(migrated.message).toMatch(/^2 nodes got documents of format 3/)
    expect((await read('v2.zarr/x')).array.metadata.zarrFormat).toBe(3)
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
  await expect(window.call('jobs.start', { job: copy({}) })).rejects.toMatchObject({ code: 'READ_ONLY' })
  expect(await window.job({ kind: 'verify', source: source(), data: false })).toMatchObject({ state: 'done' })
})

test('jobs go on when the page is loaded anew, under the names that the new page has', async () => {
  await window.job(copy({}))
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

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'a full disk fails the copy: nothing is left there, and the source is as it was',
  async (test) => {
    const disk = join(window.folder, 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
    } catch {
      test.skip('file systems cannot be mounted here')
    }
    try {
      const { store: made } = await openStore(join(window.folder, 's.zarr'), { mode: 'r+' })
      const large = { shape: [2 ** 20], chunks: [2 ** 17], dtype: 'u4', compressor: null }
      const array = await createArray(made, 'large', large, context)
      const data = new Uint8Array(Uint32Array.from({ length: 2 ** 20 }, (_, i) => i + 1).buffer)
      await writeArray(array, whole(array), { data, shape: [2 ** 20] })
      const target = { file: window.file('disk/copy.zarr'), path: '' }
      const job = await window.job(copy({ source: { store, path: 'large' }, target }))
      expect(job).toMatchObject({ state: 'failed' })
      expect(job.message).toMatch(/the disk is full.*Nothing was left behind\.$/)
      expect(readdirSync(disk)).toEqual([])
      expect((await read('s.zarr/large')).values).toHaveLength(2 ** 20)
    } finally {
      execFileSync('umount', [disk])
    }
  },
)
