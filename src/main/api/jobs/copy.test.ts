import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobSpec } from '@shared/model/jobs'
import { createArray } from '@engine/nodes/creation/create-node'
import { writeArray } from '@engine/nodes/writing/write-array'
import { openStore } from '@engine/stores/open-store'
import { context, copyJob, filesOf, jobWindow, readArray, whole } from '../testing/job-store'
import type { TestWindow } from '../testing/window'

let window: TestWindow
let store: string
beforeEach(async () => void ({ window, store } = await jobWindow()))
afterEach(() => window.end())

test('an array into another layout in the same store, verified; what came out can be opened', async () => {
  const job = await window.job(
    copyJob(store, { layout: { chunks: [3, null], compressor: 'zstd:3' }, verify: true }),
  )
  expect(job).toMatchObject({
    label: 'Copy /obs/t to /obs/t2',
    state: 'done',
    unit: 'bytes',
    done: 192,
    total: 192,
    result: { store, path: 'obs/t2' },
  })
  expect(job.message).toMatch(/^Copied 1 array, .* stored, read back and found equal\.$/)
  const { array, values } = await readArray(window, 's.zarr/obs/t2')
  expect(array.layout.chunks).toEqual([3, 4])
  expect(values).toEqual((await readArray(window, 's.zarr/obs/t')).values)
})

test.each([
  ['a new folder', 'new.zarr'],
  ['a new archive', 'new.zip'],
])('a whole store into %s, in another format', async (_what, name) => {
  const target = { file: window.file(name), path: '' }
  const job = await window.job(
    copyJob(store, { source: { store, path: '' }, target, layout: { zarrFormat: 2 } }),
  )
  expect(job).toMatchObject({ state: 'done', result: { ticket: join(window.folder, name), path: '' } })
  const { array, values } = await readArray(window, `${name}/obs/t`)
  expect(array.metadata.zarrFormat).toBe(2)
  expect(values).toEqual((await readArray(window, 's.zarr/obs/t')).values)
})

test('what cannot be is refused before anything is written', async () => {
  const before = filesOf(window)
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
    const started = window.call('jobs.start', { job: copyJob(store, spec) })
    if (message !== '') await expect(started).rejects.toThrow(message)
    else await started.catch(() => undefined)
  }
  await window.jobsUntil((jobs) => jobs.every(({ endedAt }) => endedAt !== null))
  expect(filesOf(window)).toEqual(before)
})

test('a damaged chunk ends it: nothing is left, or with resume what was copied is', async () => {
  writeFileSync(join(window.folder, 's.zarr/obs/t/c/1/0'), 'damaged')
  const before = filesOf(window)
  const failed = await window.job(copyJob(store))
  expect(failed).toMatchObject({ state: 'failed', result: null })
  expect(failed.message).toMatch(/c\/1\/0 cannot be decoded: .* Nothing was left behind\.$/)
  expect(filesOf(window)).toEqual(before)
  const kept = await window.job(copyJob(store, { resume: true }))
  expect(kept.message).toMatch(/incomplete.* copy again, resuming, to go on/s)
  expect(existsSync(join(window.folder, 's.zarr/obs/t2/zarr.json'))).toBe(true)
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
      const job = await window.job(copyJob(store, { source: { store, path: 'large' }, target }))
      expect(job).toMatchObject({ state: 'failed' })
      expect(job.message).toMatch(/the disk is full.*Nothing was left behind\.$/)
      expect(readdirSync(disk)).toEqual([])
      expect((await readArray(window, 's.zarr/large')).values).toHaveLength(2 ** 20)
    } finally {
      execFileSync('umount', [disk])
    }
  },
)
