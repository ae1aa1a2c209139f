import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { chunkGrid, chunkOf } from '../chunks/grid'
import { selection } from '../chunks/testing/arbitraries'
import { selectedIndices } from '../chunks/testing/plain-selection'
import type { CodecExecutor } from '../pool/executor'
import { InlineExecutor } from '../pool/inline'
import { SMALL_ARRAYS } from '../pool/testing/arrays'
import { storeArray, type StoredArray } from '../pool/testing/stored-array'
import { WorkerPool } from '../pool/worker-pool'
import { ChunkCache } from './chunk-cache'
import { readSelection } from './read-selection'
import { fileSource } from './testing/file-source'

const isMissing = (coords: readonly number[]): boolean => coords.reduce((a, b) => a + b, 0) % 3 === 1

/** Canonical bytes of a selection, item by item. */
function expectedBytes(array: StoredArray, indices: number[][]): Uint8Array {
  const grid = chunkGrid(array.grid, array.shape)
  const items = indices.map((index) => (isMissing(chunkOf(grid, index)) ? array.fill! : array.item(index)))
  return Uint8Array.from(items.flatMap((item) => [...item]))
}

const pool = new WorkerPool({ workers: 2 })
afterAll(() => pool.close())

describe.each(Object.entries(SMALL_ARRAYS))('%s', (_, spec) => {
  const array = storeArray(spec, isMissing)
  afterAll(() => array.remove())

  const executors: [string, CodecExecutor, number][] = [
    ['on the calling thread', new InlineExecutor(), 300],
    ['on worker threads', pool, 100],
  ]
  test.each(executors)('any selection gives what is stored, %s', async (_, executor, numRuns) => {
    const source = fileSource(array)
    const cache = new ChunkCache(2000)
    await fc.assert(
      fc.asyncProperty(selection(array.shape), fc.boolean(), async (wanted, useCache) => {
        const result = await readSelection(source, wanted, executor, useCache ? { cache } : {})
        expect(Buffer.compare(result.data, expectedBytes(array, selectedIndices(wanted)))).toBe(0)
        expect(result.failures).toEqual([])
        const covered = result.parts.reduce((n, part) => n + part.shape.reduce((a, b) => a * b, 1), 0)
        expect(covered).toBe(result.data.length / 4)
      }),
      { seed: 21, numRuns },
    )
  })
})
