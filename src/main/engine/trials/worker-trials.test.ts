import { afterAll, expect, test } from 'vitest'
import { createArray } from '../nodes/creation/create-node'
import { writeArray } from '../nodes/writing/write-array'
import { WorkerPool } from '../pool/worker-pool'
import { MemoryStore } from '../stores/memory'
import { runCodecTrials } from './codec-trials'
import { measureLayout } from './measure-layout'
import { seededRandom } from './random'

const pool = new WorkerPool({ workers: 2 })
afterAll(() => pool.close())

const random = seededRandom(2)
const values = Float64Array.from({ length: 256 * 256 }, (_, i) => i / 8 + random())

async function onWorkers(): ReturnType<typeof createArray> {
  const options = { shape: [256, 256], chunks: [64, 64], dtype: '<f8', zarrFormat: 2 } as const
  const array = await createArray(new MemoryStore(), '', options, { executor: pool })
  const dims = [256, 256].map((count) => ({ start: 0, step: 1, count }))
  const block = { data: new Uint8Array(values.buffer), shape: [256, 256] }
  await writeArray(array, { kind: 'basic', dims }, block)
  return array
}

test('threads measure what the calling thread would; configurations with floats cross over whole', async () => {
  const array = await onWorkers()
  const scaled = '{"id":"fixedscaleoffset","offset":0.0,"scale":2.5,"dtype":"<f8","astype":"<i4"}+zlib:1'
  const sample = { budgetBytes: 2 ** 20, seed: 1 }
  const { rows } = await runCodecTrials(array, sample, {
    candidates: ['present', 'lzma', scaled, 'F+zstd:3'],
    candidateMs: 20,
    all: true,
  })
  expect(rows.map(({ refused }) => refused)).toEqual([undefined, undefined, undefined, undefined])
  expect(rows.map(({ lossless }) => lossless)).toEqual([true, true, false, true])
  expect(rows[2]!.maxError).toBeLessThanOrEqual(0.2 + 1e-9)
  expect(rows.every(({ decodeMBps }) => decodeMBps! > 0)).toBe(true)
})

test('an abort ends trials between chunks, and the threads are free again', async () => {
  const array = await onWorkers()
  const controller = new AbortController()
  const trials = runCodecTrials(
    array,
    { budgetBytes: 2 ** 20, seed: 1 },
    { candidateMs: 50, signal: controller.signal, onChunk: () => controller.abort() },
  )
  await expect(trials).rejects.toThrow(/cancelled/)
  const layout = await measureLayout(array, { chunks: [32, 256] }, { budgetBytes: 2 ** 20 })
  expect(layout).toMatchObject({ files: 8, rawBytes: 256 * 256 * 8 })
})
