import { expect, test } from 'vitest'
import type { ChunkTrials } from '@shared/model/trials'
import { runChunkTrials } from './chunk-trials'
import { filledArray } from './testing/arrays'

const climate = {
  shape: [365, 180, 360],
  chunks: [365, 1, 360],
  dtype: '<f4',
  zarrFormat: 3,
  dimensionNames: ['time', 'lat', 'lon'],
} as const
const run = async (
  options: object,
  request: Parameters<typeof runChunkTrials>[1] = {},
): Promise<ChunkTrials> => {
  const { array, log } = await filledArray({ ...climate, ...options })
  const result = await runChunkTrials(array, { ratio: 2, ...request })
  expect(log.log).toEqual([])
  return result
}

test('the presets, named after the dimensions', async () => {
  const { rows } = await run({})
  expect(rows[0]!.patterns.map(({ name, touched }) => [name, touched])).toEqual([
    ['full read', 180],
    ['map at one time', 180],
    ['series along time at one point', 1],
  ])
  // All of the array for one day.
  expect(rows[0]!.patterns[1]!.amplification).toBe(365)
  expect(rows[0]).toMatchObject({ present: true, estimated: true, files: 180, chunkBytes: 365 * 360 * 4 })
  expect(rows[0]!.bytesRead * 2).toBeCloseTo(rows[0]!.rawBytes, 3)
})

test('the suggestion serves the patterns better than what is there, and says why', async () => {
  const { rows, suggestion } = await run({})
  const chosen = rows.find((row) => row.suggestedWhy !== undefined)!
  expect(chosen.chunks).toEqual(suggestion!.chunks)
  expect(suggestion!.reason).toMatch(/rule|MiB/)
  expect(suggestion!.reason).toMatch(/map at one time touches/)
  expect(chosen.patterns[1]!.rawBytes).toBeLessThan(rows[0]!.patterns[1]!.rawBytes / 3)
  expect(chosen.chunkBytes).toBeGreaterThan(2 ** 17)
  const maps = await run({}, { patterns: [{ dims: [1, null, null], weight: 1 }] })
  expect(maps.suggestion!.chunks).toEqual([1, 180, 360])
  const good = await run({ chunks: [1, 180, 360] }, { patterns: [{ dims: [1, null, null], weight: 1 }] })
  expect(good.suggestion).toMatchObject({ chunks: [1, 180, 360] })
  expect(good.suggestion!.reason).toMatch(/^The present layout is good/)
})

test('many files of a large array bring shards, in format 3 only', async () => {
  const large = { shape: [100_000, 1800, 3600], chunks: [1, 100, 100] }
  const v3 = await run(large)
  expect(v3.suggestion!.shards).not.toBeNull()
  v3.suggestion!.shards!.forEach((length, k) => expect(length % v3.suggestion!.chunks[k]!).toBe(0))
  expect(v3.suggestion!.reason).toMatch(/Shards/)
  const v2 = await run({ ...large, zarrFormat: 2 })
  expect(v2.suggestion!.shards).toBeNull()
  expect(v2.suggestion!.reason).toMatch(/need format 3/)
})

test('typed shapes: null is the whole dimension; what is impossible is refused in words', async () => {
  const shapes = [
    { chunks: [1, null, null] },
    { chunks: [10], shards: [20] },
    { chunks: [10, 10, 10], shards: [15, 10, 10] },
    { chunks: [7, 10, 10], shards: [null, 180, 360] },
    { chunks: [1, 2, 3, 4] },
    { chunks: [1.5, 1, 1] },
  ]
  const { rows } = await run({}, { shapes })
  expect(rows.slice(1).map(({ chunks, shards, refused }) => refused ?? [chunks, shards])).toEqual(
    expect.arrayContaining([
      [[1, 180, 360], null],
      [
        [10, 180, 360],
        [20, 180, 360],
      ],
      'The shard length 15 of dimension 0 is no multiple of the chunk length 10.',
      [
        [7, 10, 10],
        [371, 180, 360],
      ],
      '4 chunk lengths do not fit an array of 3 dimensions.',
      'The chunk length of dimension 0 must be a whole number from 1 up, not 1.5.',
    ]),
  )
  const old = await run({ zarrFormat: 2 }, { shapes: [{ chunks: [1], shards: [2] }] })
  expect(old.rows[1]!.refused).toBe('Format 2 has no shards; convert the array to format 3.')
})

test('generated shapes stand behind those that were typed, each once', async () => {
  const typed = { chunks: [1, null, null] }
  const alone = await run({}, { shapes: [typed] })
  const both = await run({}, { shapes: [typed], generated: true })
  expect(alone.rows.length).toBeLessThanOrEqual(3)
  expect(both.rows.length).toBeGreaterThan(5)
  expect(both.rows.slice(0, 2).map(({ chunks }) => chunks)).toEqual([
    [365, 1, 360],
    [1, 180, 360],
  ])
  expect(
    new Set(both.rows.map(({ chunks, shards }) => `${chunks.join()}/${shards?.join() ?? ''}`)).size,
  ).toBe(both.rows.length)
})

test('patterns that do not fit are refused', async () => {
  await expect(run({}, { patterns: [{ dims: [1, 1, 1, 1], weight: 1 }] })).rejects.toThrow(/3 dimensions/)
  await expect(run({}, { patterns: [{ dims: [1, 1, 1], weight: 0 }] })).rejects.toThrow(/above 0/)
  await expect(run({}, { patterns: [{ selection: '400', weight: 1 }] })).rejects.toThrow(/400/)
  await expect(run({}, { patterns: [{ selection: 'x=', weight: 1 }] })).rejects.toThrow(/./)
  const empty = await run({}, { patterns: [{ selection: '0:0', weight: 1 }] })
  expect(empty.rows[0]).toMatchObject({ touched: 0, bytesRead: 0, amplification: 0 })
})

test('arrays that are empty, without dimensions, or without stored chunks', async () => {
  const empty = await run({ shape: [0, 180, 360] })
  expect(empty.rows[0]).toMatchObject({ touched: 0, files: 0 })
  expect(empty.suggestion).toBeNull()
  expect(empty.notes).toEqual(['The array is empty: every pattern reads nothing.'])
  const { array } = await filledArray({ shape: [], chunks: [], zarrFormat: 2, dtype: '<f8' })
  const scalar = await runChunkTrials(array)
  expect(scalar.rows).toMatchObject([{ chunks: [], touched: 1, files: 1, chunkBytes: 8 }])
  expect(scalar).toMatchObject({ ratioFrom: 'none', ratio: 1, suggestion: null })
  expect(scalar.notes[0]).toMatch(/No stored chunk could be read/)
  const texts = await filledArray({ shape: [9], chunks: [3], zarrFormat: 3, dtype: 'string' })
  expect((await runChunkTrials(texts.array, { ratio: 1 })).notes).toEqual([
    'Items vary in length; sizes are reckoned with 16 bytes an item.',
  ])
})

test('without a ratio the stored chunks tell it', async () => {
  const { array, log } = await filledArray(
    { shape: [64, 64], chunks: [32, 32], dtype: '<i4', zarrFormat: 2, compressor: null },
    new Int32Array(64 * 64).fill(3),
  )
  const result = await runChunkTrials(array)
  expect(result).toMatchObject({ ratio: 1, ratioFrom: 'sample' })
  expect(log.keysWritten).toEqual([])
})
