import { availableParallelism } from 'node:os'
import { afterEach, expect, test, vi } from 'vitest'
import { WorkerPool } from '@engine/pool/worker-pool'
import { blosc, UsageError, zeros } from '../library'
import { libraryEngine } from './engine'

const before = blosc.setNthreads(Math.min(4, availableParallelism()))
afterEach(() => {
  blosc.setNthreads(before)
  blosc.useThreads = null
  vi.restoreAllMocks()
})

test('setNthreads gives the former number and changes that of the threads', () => {
  expect(before).toBe(Math.min(4, availableParallelism()))
  expect(blosc.setNthreads(2)).toBe(before)
  expect(blosc.setNthreads(3)).toBe(2)
  expect(libraryEngine().executor.workers).toBe(3)
  for (const wrong of [0, 1.5, 65, Number.NaN]) expect(() => blosc.setNthreads(wrong)).toThrow(UsageError)
  expect(() => (blosc.useThreads = 'yes' as unknown as boolean)).toThrow(UsageError)
})

/** Threads that each of `calls` writes side by side may use: undefined is all of them. */
async function limits(calls: number): Promise<(number | undefined)[]> {
  const write = vi.spyOn(WorkerPool.prototype, 'write')
  const z = await zeros({ shape: [40, 10], chunks: [10, 10], dtype: 'i4' })
  await Promise.all(Array.from({ length: calls }, (_, i) => z.set([i], i + 1)))
  return write.mock.calls.map(([, options]) => options?.maxWorkers)
}

test.each([
  { useThreads: null, calls: 1, expected: [undefined] },
  { useThreads: null, calls: 2, expected: [1, 1] },
  { useThreads: true, calls: 2, expected: [undefined, undefined] },
  { useThreads: false, calls: 1, expected: [1] },
])('useThreads $useThreads gives $calls calls $expected threads', async ({ useThreads, calls, expected }) => {
  blosc.useThreads = useThreads
  expect(await limits(calls)).toEqual(expected)
})

test('a call that is held to one thread runs on one', async () => {
  blosc.setNthreads(4)
  const z = await zeros({ shape: [64, 64], chunks: [4, 4], dtype: 'f8', compressor: 'zlib:9' })
  const pool = libraryEngine().executor as unknown as { slots: Set<{ job: unknown }> }
  const busiest = async (): Promise<number> => {
    let most = 0
    const call = { isOver: false }
    const done = z.set('...', Math.random()).finally(() => (call.isOver = true))
    while (!call.isOver) {
      most = Math.max(most, [...pool.slots].filter(({ job }) => job !== undefined).length)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await done
    return most
  }
  blosc.useThreads = true
  expect(await busiest()).toBeGreaterThan(1)
  blosc.useThreads = false
  expect(await busiest()).toBe(1)
})
