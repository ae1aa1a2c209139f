import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acquireFolder, releaseFolder } from '@engine/stores/folder-lock'
import { thisProcess } from '@engine/files/process-facts'
import {
  open,
  ProcessSynchronizer,
  ThreadSynchronizer,
  UsageError,
  zeros,
  type NdArray,
} from '../src/main/library'
import { buildProgram } from './programs/build-program'
import type { Work } from './programs/shared-writer'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-sync-'))
let script: string
afterAll(() => rmSync(base, { recursive: true, force: true }))
beforeAll(async () => {
  script = await buildProgram('shared-writer', join(base, 'program'))
}, 120_000)

const inThread = (work: Work): Promise<void> =>
  new Promise((done, fail) => {
    const worker = new Worker(script, { workerData: work })
    worker.once('error', fail)
    worker.once('message', () => void worker.terminate().then(() => done()))
  })

const inProcess = (work: Work, errors: 'inherit' | 'ignore' = 'inherit'): Promise<void> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [script, JSON.stringify(work)], {
      stdio: ['ignore', 'inherit', errors],
    })
    child.once('error', fail)
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`exit ${code}`))))
  })

let count = 0
const newArray = async (length = 60): Promise<string> => {
  const path = join(base, `${count++}.zarr`)
  await zeros({ store: path, shape: [length], chunks: [20], dtype: 'i4' })
  return path
}
const itemsOf = async (path: string): Promise<number[]> =>
  Array.from(((await (await open(path, { mode: 'r' })).get()) as NdArray<'int32'>).data)

/** Four writers of two regions that share the chunk in the middle; what they leave is right when nothing was lost. */
const regions = [
  { from: 0, to: 30, value: 100 },
  { from: 30, to: 60, value: 200 },
  { from: 0, to: 30, value: 100 },
  { from: 30, to: 60, value: 200 },
]
const right = [...Array<number>(30).fill(109), ...Array<number>(30).fill(209)]

describe('ThreadSynchronizer', () => {
  test('parallel calls of one thread lose nothing', async () => {
    const z = await zeros({ shape: [60], chunks: [20], dtype: 'i4', synchronizer: new ThreadSynchronizer() })
    const starts = [0, 7, 13, 25, 30, 31, 47]
    await Promise.all(starts.map((start, i) => z.set(`${start}:${starts[i + 1] ?? 60}`, i + 1)))
    const { data } = (await z.get()) as NdArray<'int32'>
    expect([...data]).toEqual(
      Array.from({ length: 60 }, (_, at) => starts.filter((start) => start <= at).length),
    )
  })

  test('who opened the array before it grew keeps what came to its last chunk', async () => {
    const path = await newArray(30)
    const synchronizer = new ThreadSynchronizer()
    const [early, late] = await Promise.all([
      open(path, { mode: 'r+', synchronizer }),
      open(path, { mode: 'r+', synchronizer }),
    ])
    await late.append(Int32Array.of(7, 8, 9))
    await early.set('20:30', 2)
    expect(await itemsOf(path)).toEqual([...Array<number>(20).fill(0), ...Array<number>(10).fill(2), 7, 8, 9])
  })

  test('four worker threads write z[0:30] and z[30:60] over chunks of 20', async () => {
    const path = await newArray()
    const { handle } = new ThreadSynchronizer()
    await Promise.all(regions.map((region) => inThread({ path, handle, region, rounds: 10 })))
    expect(await itemsOf(path)).toEqual(right)
  })

  test('refuses memory that is no handle', () => {
    expect(() => ThreadSynchronizer.from(new SharedArrayBuffer(4))).toThrow(UsageError)
  })
})

describe('ProcessSynchronizer', () => {
  test('locks in the store itself are no keys, and go', async () => {
    const path = await newArray()
    const synchronizer = new ProcessSynchronizer(path)
    const z = await open(path, { mode: 'r+', synchronizer })
    const release = await synchronizer.acquireAll(['a', 'b'])
    expect(readdirSync(path).some((name) => name.endsWith('.zarrscope.lock'))).toBe(true)
    expect((await z.info()).split('\n').slice(2)).toEqual([
      expect.stringMatching(/initialized: 0\/3$/),
      '  store: zarr.storage.DirectoryStore; synchronizer: zarr.sync.ProcessSynchronizer',
    ])
    await release()
    expect(readdirSync(path)).toEqual(['zarr.json'])
  })

  test('processes that write and append at the same time lose nothing', async () => {
    const path = await newArray()
    await Promise.all([
      ...regions.slice(0, 2).map((region) => inProcess({ path, locks: path, region, rounds: 10 })),
      inProcess({ path, locks: path, rounds: 5, append: true }),
      inProcess({ path, locks: path, rounds: 5, append: true }),
    ])
    const items = await itemsOf(path)
    expect(items.slice(0, 60)).toEqual(right)
    expect(items.slice(60).sort()).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4])
  })

  test('without locks something is lost, so that the tests above mean something', async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const path = await newArray()
      const appends = [0, 1, 2].map(() =>
        inProcess({ path, rounds: 10, append: true }, 'ignore').catch(() => undefined),
      )
      await Promise.all(appends)
      if ((await itemsOf(path)).length < 90) return
    }
    expect.unreachable('three processes never met')
  })

  test('six contenders for the lock of a dead process take it one at a time', async () => {
    for (let round = 0; round < 20; round++) {
      const lock = join(base, `stale-${round}`)
      mkdirSync(lock)
      // No process has this number: it is beyond what systems give.
      writeFileSync(join(lock, 'x.json'), JSON.stringify({ ...thisProcess(), uuid: 'x', pid: 2 ** 30 }))
      let [holders, most] = [0, 0]
      await Promise.all(
        Array.from({ length: 6 }, async () => {
          const owner = await acquireFolder(lock)
          most = Math.max(most, ++holders)
          await new Promise((resolve) => setImmediate(resolve))
          holders--
          await releaseFolder(owner)
        }),
      )
      expect(most).toBe(1)
    }
  })
})
