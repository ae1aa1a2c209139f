import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { BoxProjection } from '../chunks/projection'
import { CallingThread } from './calling-thread'
import { InlineExecutor } from './inline'
import type { ReadJob, ReadTarget } from './operations'
import createFaultyWorker from './testing/faulty-worker?nodeWorker'
import { codec, storeArray, type StoredArray } from './testing/stored-array'
import { WorkerPool } from './worker-pool'

const FILL = Uint8Array.of(7, 7, 7, 7)
const COLUMNS = 200
const spec = (chunkRows: number, ...codecs: ReturnType<typeof codec>[]) => ({
  shape: [3 * chunkRows, COLUMNS],
  grid: { kind: 'regular' as const, shape: [chunkRows, COLUMNS] },
  dtype: { kind: 'int' as const, bits: 32 as const },
  fill: FILL,
  codecs: [codec('bytes', { endian: 'little' }), ...codecs],
})
const blosc = (blocksize: number, cname = 'lz4') =>
  codec('blosc', { cname, clevel: 5, shuffle: 'shuffle', typesize: 4, blocksize })
const large = storeArray(spec(200, blosc(8192)))
const small = storeArray(spec(20, blosc(0)))
const wide = storeArray(spec(2000, blosc(2 ** 21, 'zstd')))
const arrays = [large, small, wide]
afterAll(() => arrays.forEach((array) => array.remove()))

const pools: WorkerPool[] = []
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())))

/**
 * A pool whose threads report themselves in place of the stored bytes, so that a test sees who did a task. The calling
 * thread's clock stands still unless a test turns it: how busy the machine is does not matter.
 */
async function poolOn(isLocalDisk: boolean, array = large, now = () => 0): Promise<WorkerPool> {
  const callingThread = new CallingThread(async () => isLocalDisk, now)
  const pool = new WorkerPool({ workers: 2, createWorker: () => createFaultyWorker({}), callingThread })
  pools.push(pool)
  for (let i = 0; i < 20; i++) await pool.read(rowJob(array, [2]))
  await turn()
  return pool
}

/** With one target for all of its tasks. */
type Job = ReadJob & { target: ReadTarget }

/** Ten items of a row of each of the chunks; `key` tells threads how to behave. */
function rowJob(array: StoredArray, chunks: number[], row = 3, key = ''): Job {
  const [chunkRows] = array.grid.kind === 'regular' ? array.grid.shape : []
  const projection = (place: number): BoxProjection => ({
    kind: 'box',
    coords: [chunks[place]!, 0],
    dims: [
      { kind: 'run', start: row, step: 1, count: 1, outStart: place },
      { kind: 'run', start: 5, step: 1, count: 10, outStart: 0 },
    ],
  })
  return {
    pipeline: { dtype: array.dtype, fill: array.fill, codecs: array.codecs, shape: [chunkRows!, COLUMNS] },
    tasks: chunks.map((chunk, place) => {
      const path = array.path([chunk, 0])
      return {
        key: `${key}${chunk}`,
        source: { kind: 'file', path, root: array.root },
        projection: projection(place),
      }
    }),
    target: { buffer: new SharedArrayBuffer(chunks.length * 40), byteOffset: 0, strides: [10, 1] },
  }
}

const read = ({ target }: Job): Buffer => Buffer.from(new Uint8Array(target.buffer))
const stored = (array: StoredArray, rows: number[]): Buffer =>
  Buffer.concat(rows.flatMap((row) => Array.from({ length: 10 }, (_, i) => array.item([row, 5 + i]))))

/** Threads count from 1 and files here have more than 64 bytes. */
const byThread = (storedBytes: number | undefined): boolean => storedBytes !== undefined && storedBytes < 64

test.each([
  ['a block of a large chunk', large, 200],
  ['a small chunk', small, 20],
])('%s is read on the calling thread', async (_, array, chunkRows) => {
  const pool = await poolOn(true, array)
  const job = rowJob(array, [1])
  const [outcome] = await pool.read(job)
  expect(outcome!.state).toBe('stored')
  expect(byThread(outcome!.storedBytes)).toBe(false)
  expect(read(job)).toEqual(stored(array, [chunkRows + 3]))
})

test('of several chunks it reads its share', async () => {
  const pool = await poolOn(true)
  const chunks = Array.from({ length: 24 }, (_, i) => i % 3)
  const job = rowJob(large, chunks, 3, 'slow')
  const outcomes = await pool.read(job)
  expect(outcomes.map(({ state }) => state)).toEqual(chunks.map(() => 'stored'))
  expect(outcomes.every(({ storedBytes }) => byThread(storedBytes))).toBe(false)
  expect(read(job)).toEqual(
    stored(
      large,
      chunks.map((chunk) => 200 * chunk + 3),
    ),
  )
})

test('blocks above 1 MiB, background work and disks of other machines are left to the threads', async () => {
  const pool = await poolOn(true)
  const [block] = await (await poolOn(true, wide)).read(rowJob(wide, [1]))
  expect(byThread(block!.storedBytes)).toBe(true)
  const [background] = await pool.read(rowJob(large, [1]), { lane: 'background' })
  expect(byThread(background!.storedBytes)).toBe(true)
  const [remote] = await (await poolOn(false)).read(rowJob(large, [1]))
  expect(byThread(remote!.storedBytes)).toBe(true)
})

test('a disk that answers slowly is left to the threads for a while', async () => {
  let ms = 0
  const pool = await poolOn(true, large, () => ms)
  const isByThread = async (openingMs = 0): Promise<boolean> => {
    await turn()
    const job = rowJob(large, [1])
    const { source } = job.tasks[0]!
    if (source.kind !== 'file') throw new Error('a file was expected')
    const { path } = source
    const slow = {
      kind: 'file' as const,
      root: large.root,
      /** The clock goes forward when the file is opened. */
      get path() {
        ms += openingMs
        return path
      },
    }
    const [outcome] = await pool.read({ ...job, tasks: [{ ...job.tasks[0]!, source: slow }] })
    return byThread(outcome!.storedBytes)
  }
  expect(await isByThread(4)).toBe(false)
  expect(await isByThread(4)).toBe(false)
  expect(await isByThread(0)).toBe(false)
  for (let slow = 0; slow < 3; slow++) expect(await isByThread(4)).toBe(false)
  expect(await isByThread()).toBe(true)
  ms += 10_000
  expect(await isByThread()).toBe(false)
})

test('what is not read in two milliseconds is left to the threads', async () => {
  let ms = 0
  const pool = await poolOn(true, small, () => (ms += 0.3))
  const chunks = Array.from({ length: 24 }, (_, i) => i % 3)
  const outcomes = await pool.read(rowJob(small, chunks, 3, 'slow'))
  const here = outcomes.filter(({ storedBytes }) => !byThread(storedBytes)).length
  expect(here).toBeGreaterThan(0)
  expect(here).toBeLessThanOrEqual(4)
})

test('reads begun together are left to the threads once the event loop has not turned for four milliseconds', async () => {
  let ms = 0
  const pool = await poolOn(true, large, () => ms)
  const readers = async (): Promise<boolean[]> => {
    const outcomes = await Promise.all(
      [0, 1, 2].map(async (chunk) => {
        const reading = pool.read(rowJob(large, [chunk]))
        ms += 2
        return (await reading)[0]!.storedBytes
      }),
    )
    return outcomes.map(byThread)
  }
  expect(await readers()).toEqual([false, false, true])
  await turn()
  expect(await readers()).toEqual([false, false, true])
})

test('missing chunks hold the fill value, damaged ones cost themselves alone', async () => {
  const damaged = storeArray(spec(200, blosc(8192)))
  arrays.push(damaged)
  rmSync(damaged.path([0, 0]))
  writeFileSync(damaged.path([1, 0]), Buffer.alloc(64, 255))
  const job = rowJob(damaged, [0, 1, 2])
  const outcomes = await (await poolOn(true, damaged)).read(job)
  expect(outcomes.map(({ state, error }) => error?.code ?? state)).toEqual([
    'missing',
    'CHUNK_CORRUPT',
    'stored',
  ])
  const fill = Buffer.alloc(40, FILL)
  expect(read(job)).toEqual(Buffer.concat([fill, fill, stored(damaged, [403])]))
})

test('damaged bytes give what one thread makes of them', async () => {
  const damaged = storeArray(spec(200, blosc(8192)))
  arrays.push(damaged)
  const file = damaged.path([1, 0])
  const sound = readFileSync(file)
  const pool = await poolOn(true, damaged)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
      fc.nat(sound.length),
      async (changes, length) => {
        const bytes = Buffer.from(sound.subarray(0, length % 5 === 0 ? length : sound.length))
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        writeFileSync(file, bytes)
        const [here, alone] = [rowJob(damaged, [1], 120), rowJob(damaged, [1], 120)]
        const [found] = await pool.read(here)
        const [expected] = await new InlineExecutor().read(alone)
        expect([found!.state, found!.error?.code]).toEqual([expected!.state, expected!.error?.code])
        expect(read(here)).toEqual(read(alone))
      },
    ),
    { numRuns: 200, seed: 20261128 },
  )
})
