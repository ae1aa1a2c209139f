import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JobSpec } from '@shared/model/jobs'
import { npyHeader } from '@engine/interop/npy'
import { filesOf, jobWindow, readArray } from '../testing/job-store'
import type { TestWindow } from '../testing/window'

let window: TestWindow
let store: string
beforeEach(async () => void ({ window, store } = await jobWindow()))
afterEach(() => window.end())

const source = () => ({ store, path: 'obs/t' })

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
    expect((await readArray(window, 's.zarr/obs/t')).values.slice(24)).toEqual([
      100, 101, 102, 103, 1, 2, 3, 4, 5, 6, 7, 8,
    ])
    await window.job(append(source(), 1))
    expect((await readArray(window, 's.zarr/obs/t')).array.shape).toEqual([9, 8])
  })

  test('checks the shape first', async () => {
    npy('wide.npy', [1, 5])
    const started = window.call('jobs.start', {
      job: { kind: 'append', target: source(), axis: 0, source: window.file('wide.npy') },
    })
    await expect(started).rejects.toThrow('Items of shape (1, 5) cannot be appended to shape (6, 4)')
    writeFileSync(join(window.folder, 'wide.csv'), '1,2,3,4,5\r\n')
    const before = filesOf(window)
    const job = await window.job({
      kind: 'append',
      target: source(),
      axis: 0,
      source: window.file('wide.csv'),
    })
    expect(job).toMatchObject({ state: 'failed' })
    expect(job.message).toMatch(/cannot be appended.*Nothing was changed\.$/)
    expect(filesOf(window)).toEqual(before)
  })
})

describe('import and export', () => {
  test.each(['npy', 'csv', 'raw', 'zip'] as const)('%s', async (format) => {
    const target = window.file(`t.${format}`)
    const exported: JobSpec = { kind: 'export', source: source(), format, target, overwrite: false }
    expect(await window.job(exported)).toMatchObject({ state: 'done' })
    await expect(window.call('jobs.start', { job: exported })).rejects.toThrow('exists already')
    expect(await window.job({ ...exported, overwrite: true })).toMatchObject({ state: 'done' })
    const { values } = await readArray(window, 's.zarr/obs/t')
    if (format === 'zip') expect((await readArray(window, 't.zip')).values).toEqual(values)
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
      const back = await readArray(window, 's.zarr/back')
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
    const before = filesOf(window)
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
    expect(filesOf(window)).toEqual(before)
  })
})
