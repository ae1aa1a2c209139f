import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { AbortedError, UsageError } from '@shared/errors'
import type { FileBatch } from '../files/scan-directory'
import createFaultyWorker from './testing/faulty-worker?nodeWorker'
import type { Lane } from './executor'
import { InlineExecutor } from './inline'
import type { ReadJob, ReadTarget } from './operations'
import { SMALL_ARRAYS } from './testing/arrays'
import { codec, storeArray } from './testing/stored-array'
import { WorkerPool, type WorkerPoolOptions } from './worker-pool'

const FILL = Uint8Array.of(9, 9, 9, 9)
const ROW = 8
const array = storeArray({
  shape: [100, ROW],
  grid: { kind: 'regular', shape: [1, ROW] },
  dtype: { kind: 'int', bits: 32 },
  fill: FILL,
  codecs: [codec('bytes', { endian: 'little' }), codec('zstd', { level: 1, checksum: true })],
})
const pools: WorkerPool[] = []
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))
afterAll(() => array.remove())

function pool(options: WorkerPoolOptions): WorkerPool {
  const made = new WorkerPool(options)
  pools.push(made)
  return made
}

const faulty = (workers: number, chunkTimeoutMs = 400): WorkerPool =>
  pool({ workers, chunkTimeoutMs, createWorker: () => createFaultyWorker({}) })

/** With one target for all of its tasks. */
type Job = ReadJob & { target: ReadTarget }

/** Reads one row per key; keys of digits name stored rows, others what the faulty worker does. */
function job(keys: string[]): Job {
  return {
    pipeline: { dtype: array.dtype, fill: array.fill, codecs: array.codecs, shape: [1, ROW] },
    tasks: keys.map((key, i) => ({
      key,
      source: { kind: 'file', path: array.path([Number(/\d+/.exec(key)?.[0] ?? 0), 0]) },
      projection: {
        kind: 'box',
        coords: [i, 0],
        dims: [
          { kind: 'run', start: 0, step: 1, count: 1, outStart: i },
          { kind: 'run', start: 0, step: 1, count: ROW, outStart: 0 },
        ],
      },
    })),
    target: { buffer: new SharedArrayBuffer(keys.length * ROW * 4), byteOffset: 0, strides: [ROW, 1] },
  }
}

const rows = (count: number, prefix = ''): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`)
const rowBytes = (row: number): number[] =>
  Array.from({ length: ROW }, (_, j) => [...array.item([row, j])]).flat()
const bytesAt = ({ target }: Job, place: number): number[] => [
  ...new Uint8Array(target.buffer, place * ROW * 4, ROW * 4),
]

test.each([1, 2, 8])('%i workers read what one thread reads', async (workers) => {
  const wanted = job(rows(100))
  const outcomes = await pool({ workers }).read(wanted)
  expect(outcomes.map((outcome) => outcome.state)).toEqual(rows(100).map(() => 'stored'))
  const alone = job(rows(100))
  expect(await new InlineExecutor().read(alone)).toEqual(outcomes)
  expect(Buffer.compare(new Uint8Array(wanted.target.buffer), new Uint8Array(alone.target.buffer))).toBe(0)
  for (let i = 0; i < 100; i++) expect(bytesAt(wanted, i)).toEqual(rowBytes(i))
})

test('the number of workers changes while jobs run, and reads stay correct', async () => {
  const changing = faulty(2)
  const jobs = Array.from({ length: 6 }, () => job(rows(40)))
  const reads = jobs.map((wanted) => changing.read(wanted))
  for (const count of [1, 8, 2]) {
    await changing.setWorkers(count)
    expect(changing.workers).toBe(count)
  }
  await Promise.all(reads)
  for (const wanted of jobs) for (let i = 0; i < 40; i++) expect(bytesAt(wanted, i)).toEqual(rowBytes(i))
  await expect(changing.setWorkers(0)).rejects.toThrow(UsageError)
})

describe('a faulty chunk costs itself alone', () => {
  test.each([
    ['hangs', 'hang', 'The chunk hang7 cannot be decoded: it took longer than 0.4 s.'],
    ['dies', 'die', 'The chunk die7 cannot be decoded: its thread ended with code 3.'],
  ])('a worker that %s is replaced and the rest goes on', async (_, word, message) => {
    for (const workers of [1, 2]) {
      const keys = rows(30)
      keys[7] = `${word}7`
      const wanted = job(keys)
      new Uint8Array(wanted.target.buffer).fill(77)
      const unsafe = faulty(workers)
      const outcomes = await unsafe.read(wanted)
      expect(outcomes[7]).toMatchObject({ state: 'error', error: { code: 'CHUNK_CORRUPT', message } })
      expect(bytesAt(wanted, 7)).toEqual(Array.from({ length: ROW }, () => [...FILL]).flat())
      expect(outcomes.filter(({ state }) => state === 'stored')).toHaveLength(29)
      for (const i of [0, 6, 8, 29]) expect(bytesAt(wanted, i)).toEqual(rowBytes(i))
      const next = job(rows(3))
      expect(await unsafe.read(next)).toMatchObject([
        { state: 'stored' },
        { state: 'stored' },
        { state: 'stored' },
      ])
    }
  })

  test('several at once', async () => {
    const keys = rows(40)
    for (const i of [3, 11, 12, 30]) keys[i] = `${i % 2 ? 'hang' : 'die'}${i}`
    const outcomes = await faulty(2, 200).read(job(keys))
    const bad = outcomes.flatMap((outcome, i) => (outcome.state === 'error' ? [i] : []))
    expect(bad).toEqual([3, 11, 12, 30])
  })

  test('a pipe in place of a chunk does not hold anybody up', async () => {
    const pipe = join(array.root, 'pipe')
    execFileSync('mkfifo', [pipe])
    const wanted = job(rows(3))
    wanted.tasks[1]!.source = { kind: 'file', path: pipe }
    const outcomes = await pool({ workers: 1 }).read(wanted)
    expect(outcomes.map(({ state }) => state)).toEqual(['stored', 'error', 'stored'])
    expect(outcomes[1]!.error?.message).toContain('pipe')
  })

  test('a chunk cut short, a folder in its place, a missing one', async () => {
    const whole = job(['0'])
    const [{ storedBytes } = {}] = await new InlineExecutor().read(whole)
    const cut = join(array.root, 'cut')
    const folder = join(array.root, 'folder')
    writeFileSync(cut, 'x'.repeat(storedBytes! - 1))
    mkdirSync(folder)
    const wanted = job(['cut', 'folder', 'nothing'])
    ;[cut, folder, join(array.root, 'nothing')].forEach((path, i) => {
      wanted.tasks[i]!.source = { kind: 'file', path }
    })
    const outcomes = await pool({ workers: 2 }).read(wanted)
    expect(outcomes.map((outcome) => [outcome.state, outcome.error?.code])).toEqual([
      ['error', 'CHUNK_CORRUPT'],
      ['error', 'IO'],
      ['missing', undefined],
    ])
    expect(bytesAt(wanted, 0)).toEqual(bytesAt(wanted, 2))
  })

  test('a thread that cannot start fails its job with a sentence', async () => {
    const broken = pool({
      workers: 2,
      createWorker: () => new Worker("throw new Error('no memory')", { eval: true }),
    })
    await expect(broken.read(job(rows(2)))).rejects.toThrow('A codec thread could not do its work')
  })
})

test('chunks in memory are read like files', async () => {
  const file = job(['0', '1'])
  const threads = pool({ workers: 2 })
  await threads.read(file)
  const held = job(['0', '1', '0'])
  for (const [i, row] of [0, 1, 0].entries()) {
    const bytes = readFileSync(array.path([row, 0]))
    held.tasks[i]!.source = { kind: 'bytes', bytes }
  }
  expect(await threads.read(held)).toMatchObject([
    { state: 'stored' },
    { state: 'stored' },
    { state: 'stored' },
  ])
  expect([0, 1].map((i) => bytesAt(held, i))).toEqual([0, 1].map((i) => bytesAt(file, i)))
  expect(bytesAt(held, 2)).toEqual(bytesAt(held, 0))
})

test('a job that cannot be sent fails with a sentence and leaves the pool in order', async () => {
  const sound = pool({ workers: 2 })
  const wrong = job(['0'])
  Object.assign(wrong.tasks[0]!, { note: () => 0 })
  await expect(sound.read(wrong)).rejects.toThrow('A job cannot be sent to a codec thread')
  expect(await sound.read(job(['0']))).toMatchObject([{ state: 'stored' }])
})

describe('abort', () => {
  test('stops tasks that have not begun', async () => {
    const abort = new AbortController()
    const wanted = job(rows(60, 'slow'))
    const reading = faulty(2, 5000).read(wanted, { signal: abort.signal })
    abort.abort()
    await expect(reading).rejects.toThrow(AbortedError)
    expect(bytesAt(wanted, 59)).toEqual(Array.from({ length: ROW * 4 }, () => 0))
  })

  test('may be told to any number of jobs by one signal, without a warning', async () => {
    const warnings: string[] = []
    const warned = (warning: Error): number => warnings.push(warning.message)
    process.on('warning', warned)
    const { signal } = new AbortController()
    const made = pool({ workers: 1 })
    await Promise.all(rows(20).map((row) => made.read(job([row]), { signal })))
    process.off('warning', warned)
    expect(warnings).toEqual([])
  })

  test('before the call, nothing starts', async () => {
    let started = 0
    const none = pool({
      workers: 1,
      createWorker: () => {
        started++
        return createFaultyWorker({})
      },
    })
    await expect(none.read(job(rows(1)), { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError)
    expect(started).toBe(0)
  })

  test('closing the pool ends what waits', async () => {
    const closing = faulty(1)
    const reads = [closing.read(job(rows(50, 'slow'))), closing.read(job(rows(5)))]
    const ended = Promise.all(reads.map((read) => expect(read).rejects.toThrow(AbortedError)))
    await closing.close()
    await ended
    await expect(closing.read(job(['0']))).rejects.toThrow(AbortedError)
  })
})

test('visible work goes before background work that has begun', async () => {
  const busy = faulty(1, 5000)
  const order: string[] = []
  const run = async (name: string, keys: string[], lane: Lane): Promise<void> => {
    await busy.read(job(keys), { lane })
    order.push(name)
  }
  const background = run('background', rows(40, 'slow'), 'background')
  await busy.read(job(['0']))
  await Promise.all([background, run('visible 1', ['1'], 'visible'), run('visible 2', ['2'], 'visible')])
  expect(order).toEqual(['visible 1', 'visible 2', 'background'])
})

test('memory of a job of large chunks is bounded: one worker at a time', async () => {
  const wanted = { ...job(rows(6, 'slow')), chunkBytes: 2 ** 30 }
  const outcomes = await faulty(4, 5000).read(wanted)
  expect(new Set(outcomes.map((outcome) => outcome.storedBytes)).size).toBe(1)
})

describe('sharded twice', () => {
  test('every operation gives the same on a thread and inline', async () => {
    const spec = SMALL_ARRAYS['sharded twice']!
    const stored = storeArray(spec)
    const { dtype, fill, codecs } = spec
    const pipeline = { dtype, fill, codecs, shape: [12, 6] }
    const decode = { pipeline, key: 'c/0/0', source: { kind: 'file' as const, path: stored.path([0, 0]) } }
    const threads = pool({ workers: 2 })
    const inline = new InlineExecutor()
    const decoded = await threads.decode(decode)
    expect(decoded).toEqual(await inline.decode(decode))
    const encoded = await threads.encode({ pipeline, data: decoded.data! })
    expect(encoded).toEqual(await inline.encode({ pipeline, data: decoded.data! }))
    const again = await inline.decode({ ...decode, source: { kind: 'bytes', bytes: encoded } })
    expect(again.data).toEqual(decoded.data)
    stored.remove()
  })
})

test('names and folders are looked up on threads', async () => {
  const threads = pool({ workers: 2 })
  const names = ['c/0/0', 'c/99/0', 'c/100/0']
  const { sizes } = await threads.stat({ root: array.root, names })
  expect(sizes[2]).toBe(-1)
  const grid = { prefix: 'c/', separator: '/', shape: [101, 1], from: 0, to: 101 }
  const { sizes: all } = await threads.stat({ root: array.root, names: grid })
  expect([all[0], all[99], all[100]]).toEqual([...sizes])
  const batches: FileBatch[] = []
  const end = await threads.scan({ root: join(array.root, 'c') }, (batch) => batches.push(batch))
  expect(end.problems).toEqual([])
  const found = new Map(batches.flatMap((batch) => batch.names.map((name, i) => [name, batch.sizes[i]])))
  expect(found.size).toBe(100)
  expect(found.get('99/0')).toBe(sizes[1])
})
