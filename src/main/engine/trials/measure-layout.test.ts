import { describe, expect, test } from 'vitest'
import { writeArray } from '../nodes/writing/write-array'
import type { MemoryStore } from '../stores/memory'
import { measureLayout } from './measure-layout'
import { counting, filledArray } from './testing/arrays'

const grid = { shape: [64, 96], chunks: [16, 24], dtype: '<i4', zarrFormat: 3, compressor: null } as const
const budgetBytes = 2 ** 20

async function keysOf(store: MemoryStore): Promise<string[]> {
  const keys: string[] = []
  for await (const batch of store.scan('')) keys.push(...batch.map(({ key }) => key))
  return keys
}

describe('a trial copy', () => {
  test('reads what the arithmetic says, and writes to memory of its own only', async () => {
    const { array, log, memory } = await filledArray(grid, counting(64 * 96))
    const before = await keysOf(memory)
    const trial = await measureLayout(
      array,
      { chunks: [1, null] },
      {
        patterns: [
          { dims: [1, null], weight: 3 },
          { selection: ':, 5', weight: 1 },
        ],
        budgetBytes,
      },
    )
    expect(trial).toMatchObject({
      chunks: [1, 96],
      shards: null,
      region: ':, :',
      rawBytes: 64 * 96 * 4,
      storedBytes: 64 * 96 * 4,
      files: 64,
      ratio: 1,
      notes: [],
    })
    expect(trial.patterns.map(({ touched, bytesRead }) => [touched, bytesRead])).toEqual([
      [1, 96 * 4],
      [64, 64 * 96 * 4],
    ])
    expect(trial.measuredMs).toBeGreaterThan(0)
    const [a, b] = trial.patterns.map(({ ms }) => ms) as [number, number]
    expect(trial.measuredMs).toBeCloseTo((3 * a + b) / 4, 9)
    expect(log.keysWritten).toEqual([])
    expect(await keysOf(memory)).toEqual(before)
  })

  test('with other codecs and shards', async () => {
    const { array } = await filledArray(grid, counting(64 * 96))
    const trial = await measureLayout(
      array,
      { chunks: [8, 8], shards: [32, 48] },
      { codec: 'F+blosc:zstd:3:shuffle', budgetBytes },
    )
    expect(trial.files).toBe(4)
    expect(trial.ratio).toBeGreaterThan(1.5)
    expect(trial.patterns.map(({ name }) => name)).toEqual([
      'full read',
      'row at one dim 0',
      'series along dim 0 at one point',
    ])
  })

  test('of a part where the budget is small; selections are clipped to it', async () => {
    const { array } = await filledArray(grid, counting(64 * 96))
    const trial = await measureLayout(
      array,
      { chunks: [4, 4] },
      {
        patterns: [
          { selection: '60:0:-7, 2', weight: 1 },
          { selection: '[5, 63], :', weight: 1 },
          { selection: '[6, 63], [3, 95]', weight: 1 },
          { selection: '50:, :', weight: 1 },
        ],
        budgetBytes: 32 * 24 * 4,
      },
    )
    // It begins where the first selection does.
    expect(trial).toMatchObject({ region: '4:36, 2:26', whole: false })
    expect(trial.notes[0]).toMatch(/is the part \(32, 24\) of the array/)
    expect(trial.patterns.map(({ touched }) => touched)).toEqual([5, 6, 1, 0])
    const tiny = await measureLayout(array, { chunks: [16, 24] }, { budgetBytes: 100 })
    expect(tiny.notes[1]).toMatch(/smaller than one chunk/)
  })

  test('what a read takes from shards: single chunks and the index, never the whole', async () => {
    const { array } = await filledArray(grid, counting(64 * 96))
    const { patterns, files } = await measureLayout(
      array,
      { chunks: [8, 8], shards: [32, 48] },
      {
        patterns: [
          { selection: '3, 3', weight: 1 },
          { selection: ':, 0', weight: 1 },
        ],
        budgetBytes,
      },
    )
    expect(files).toBe(4)
    // 24 entries of 16 bytes and a checksum of 4.
    const index = 24 * 16 + 4
    expect(patterns.map(({ touched, bytesRead }) => [touched, bytesRead])).toEqual([
      [1, 8 * 8 * 4 + index],
      [8, 8 * 8 * 8 * 4 + 2 * index],
    ])
  })

  test('of a part lies where something is stored, and says what is not', async () => {
    const { array } = await filledArray({ ...grid, shape: [640, 960] })
    const at = [400, 500].map((start) => ({ start, step: 1, count: 4 }))
    await writeArray(array, { kind: 'basic', dims: at }, { data: new Uint8Array(64).fill(1), shape: [4, 4] })
    const trial = await measureLayout(array, { chunks: [8, 8] }, { budgetBytes: 32 * 48 * 4 })
    expect(trial.region).toBe('400:440, 480:510')
    expect(trial.notes[1]).toBe('5 of 6 chunks of the region are not stored and count as fill.')
  })

  test('of arrays that are empty, missing or damaged', async () => {
    const empty = await filledArray({ ...grid, shape: [0, 96] })
    expect(await measureLayout(empty.array, { chunks: [1] }, { budgetBytes })).toMatchObject({
      files: 0,
      ratio: 0,
    })
    const missing = await filledArray(grid)
    expect((await measureLayout(missing.array, { chunks: [32] }, { budgetBytes })).files).toBe(2)
    const bad = await filledArray(grid, counting(64 * 96))
    await bad.memory.set('c/0/0', new Uint8Array([1]))
    const trial = await measureLayout(bad.array, { chunks: [32] }, { budgetBytes })
    expect(trial.notes[0]).toMatch(/^1 chunk of the region cannot be read and counts as fill: /)
  })

  test('layouts and codecs that are impossible are refused', async () => {
    const { array } = await filledArray({ ...grid, zarrFormat: 2 }, counting(64 * 96))
    await expect(measureLayout(array, { chunks: [0] }, { budgetBytes })).rejects.toThrow(/from 1 up/)
    await expect(measureLayout(array, { chunks: [1], shards: [2] }, { budgetBytes })).rejects.toThrow(
      /no shards/,
    )
    await expect(measureLayout(array, { chunks: [1] }, { codec: 'nope', budgetBytes })).rejects.toThrow(
      /nope/,
    )
    await expect(measureLayout(array, { chunks: [1] }, { budgetBytes: 2 ** 40 })).rejects.toThrow(
      /trial copy/,
    )
    const signal = AbortSignal.abort()
    await expect(measureLayout(array, { chunks: [1] }, { budgetBytes, signal })).rejects.toThrow(/cancelled/)
  })
})
