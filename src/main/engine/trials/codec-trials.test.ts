import { describe, expect, test } from 'vitest'
import { UsageError } from '@shared/errors'
import type { CodecProgress } from '@shared/model/trials'
import { runCodecTrials } from './codec-trials'
import { sampleTrial } from './sample-trial'
import { counting, filledArray } from './testing/arrays'

const sample = { budgetBytes: 2 ** 22, seed: 1 }
const grid = { shape: [64, 96], chunks: [16, 24], dtype: '<i4', zarrFormat: 2 } as const

const rowsOf = async (candidates: string[], options: object = {}) => {
  const { array } = await filledArray({ ...grid, ...options }, counting(64 * 96))
  return (await runCodecTrials(array, sample, { candidates, candidateMs: 1 })).rows
}

test('rows stream, in the order of the candidates, with what was measured', async () => {
  const { array, log } = await filledArray({ ...grid, compressor: 'zlib:1' }, counting(64 * 96))
  const seen: CodecProgress[] = []
  const candidates = ['none', 'zlib:1', 'F+blosc:lz4:5:bitshuffle', 'delta:<i4+zstd:3']
  const {
    rows,
    sample: report,
    suggestion,
  } = await runCodecTrials(array, sample, {
    candidates,
    candidateMs: 1,
    onProgress: (progress) => seen.push(progress),
  })
  expect(seen.map(({ kind }) => kind)).toEqual(['sample', 'row', 'row', 'row', 'row'])
  expect(report).toMatchObject({ nchunks: 16, missing: 0, corrupt: 0, rawBytes: 64 * 96 * 4, notes: [] })
  expect(rows.map(({ spec }) => spec)).toEqual(candidates)
  expect(rows.map(({ present }) => present)).toEqual([false, true, false, false])
  expect(rows.every(({ lossless }) => lossless)).toBe(true)
  expect(rows[0]).toMatchObject({ ratio: 1, storedBytes: 64 * 96 * 4, name: 'no compression' })
  expect(rows[2]).toMatchObject({
    name: 'order F, blosc lz4 5, bit shuffle',
    setting: { order: 'F', filters: [], compressor: 'blosc:lz4:5:bitshuffle' },
  })
  // What is stored now is what the present setting says it would take.
  expect(rows[1]!.storedBytes).toBe(report.storedBytes)
  for (const { encodeMBps, decodeMBps } of rows) {
    expect(encodeMBps).toBeGreaterThan(0)
    expect(decodeMBps).toBeGreaterThan(0)
  }
  expect(rows.some(({ pareto }) => pareto)).toBe(true)
  expect(candidates).toContain(suggestion?.spec)
  expect(log.keysWritten).toEqual([])
})

test.each([
  [{ zarrFormat: 2, compressor: 'blosc:lz4:5:shuffle' }, 'blosc:lz4:5:shuffle'],
  [{ zarrFormat: 2, compressor: null }, 'none'],
  [{ zarrFormat: 2, compressor: 'zstd:3', filters: ['delta:<i4'], order: 'F' }, 'delta:<i4+zstd:3'],
  [{ zarrFormat: 1, compressor: 'blosc:blosclz:5:shuffle' }, 'blosc:blosclz:5:shuffle'],
  [{ zarrFormat: 3, compressor: 'blosc:zstd:3:bitshuffle', shards: [32, 48] }, 'blosc:zstd:3:bitshuffle'],
  [{ zarrFormat: 3, compressor: 'gzip:5', order: 'F' }, 'gzip:5'],
] as const)('the present setting of %o is %s', async (options, spec) => {
  const [row] = await rowsOf(['present'], options)
  expect(row).toMatchObject({ spec, present: true, lossless: true })
  expect((await rowsOf([spec], options))[0]).toMatchObject({ present: true })
})

test('the matrix begins with the present setting, and has it once', async () => {
  for (const zarrFormat of [1, 2, 3] as const) {
    const { array } = await filledArray(
      { ...grid, zarrFormat, compressor: 'blosc:lz4:5:shuffle' },
      counting(64 * 96),
    )
    const { rows } = await runCodecTrials(array, { ...sample, chunks: 1 }, { candidateMs: 0 })
    expect(rows.map(({ present }) => present)).toEqual([true, ...rows.slice(1).map(() => false)])
    expect(new Set(rows.map(({ spec }) => spec)).size).toBe(rows.length)
    expect(rows.filter(({ refused }) => refused !== undefined)).toEqual([])
    expect(rows.filter(({ lossless }) => lossless !== true)).toEqual([])
    expect(rows.length).toBeGreaterThan(zarrFormat === 1 ? 20 : 30)
  }
})

test('lossy filters tell the error they cause', async () => {
  const values = Float32Array.from({ length: 64 * 96 }, (_, i) => 250 + Math.sin(i / 7) * 20)
  const { array } = await filledArray({ ...grid, dtype: '<f4' }, values)
  const { rows } = await runCodecTrials(array, sample, {
    candidates: ['quantize:1:<f4+zstd:3', 'bitround:5+zstd:3', 'zstd:3'],
    candidateMs: 1,
  })
  expect(rows.map(({ lossless }) => lossless)).toEqual([false, false, true])
  // One decimal: 2^4 steps a unit. Five bits of 2^7 … 2^8: steps of four.
  expect(rows[0]!.maxError).toBeGreaterThan(0.025)
  expect(rows[0]!.maxError).toBeLessThanOrEqual(1 / 32)
  expect(rows[1]!.maxError).toBeGreaterThan(1)
  expect(rows[1]!.maxError).toBeLessThanOrEqual(4)
  expect(rows[2]).not.toHaveProperty('maxError')
  expect(rows[0]!.ratio!).toBeGreaterThan(rows[2]!.ratio!)
  const { rows: all } = await runCodecTrials(array, { ...sample, chunks: 1 }, { candidateMs: 0 })
  const scaled = all.find(({ spec }) => spec.includes('fixedscaleoffset'))
  expect(scaled).toMatchObject({ lossless: false })
  expect(scaled!.maxError).toBeLessThan(40 / 65_534)
})

test('a scale is taken from the sample, with a warning; integers that fit lose nothing', async () => {
  const candidates = ['fixedscaleoffset:u1+zstd:3', 'fixedscaleoffset+zstd:3', 'zstd:3']
  const floats = Float64Array.from({ length: 64 * 96 }, (_, i) => i / 64 - 20)
  const rows = await (async () => {
    const { array } = await filledArray({ ...grid, dtype: '<f8' }, floats)
    return (await runCodecTrials(array, sample, { candidates, candidateMs: 1 })).rows
  })()
  expect(rows.map(({ spec }) => spec)).toEqual(candidates)
  expect(rows[0]!.setting.filters).toEqual([
    `{"id":"fixedscaleoffset","offset":-20,"scale":${254 / (6143 / 64)},"astype":"|u1"}`,
  ])
  // Half a step of the range on 254, and on 65534 steps.
  expect(rows[0]!.maxError).toBeCloseTo(6143 / 64 / 254 / 2, 3)
  expect(rows[1]!.maxError).toBeLessThan(6143 / 64 / 65_534)
  expect(rows[0]!.warning).toMatch(/^Scaled to the numbers of the sample, -20 to 75.98/)
  expect(rows[2]).not.toHaveProperty('warning')
  const [moved] = await rowsOf(['fixedscaleoffset+zstd:3'])
  expect(moved).toMatchObject({ lossless: true })
  const wide = BigInt64Array.from({ length: 64 * 96 }, (_, i) => 2n ** 62n + BigInt(i))
  const { array } = await filledArray({ ...grid, dtype: '<i8' }, wide)
  const [large] = (await runCodecTrials(array, sample, { candidates: [candidates[1]!] })).rows
  expect(large!.setting.filters[0]).toContain('"offset":4611686018427387904,"scale":1,')
  // Dividing by the scale gives doubles, which is told.
  expect(large).toMatchObject({ lossless: false })
})

test('samples of the same bytes have the same fingerprint, however they were asked for', async () => {
  const { array, memory } = await filledArray(grid, counting(64 * 96))
  const print = async (request: object = {}) =>
    (await sampleTrial(array, { ...sample, ...request })).sample.fingerprint
  const first = await print()
  expect(await print({ budgetBytes: 2 ** 28 })).toBe(first)
  expect(await print({ chunks: 3 })).not.toBe(first)
  expect(await print({ budgetBytes: 200 })).not.toBe(first)
  await memory.set('0.0', (await memory.get('1.0'))!)
  expect(await print()).not.toBe(first)
  expect(await sampleTrial(array, sample)).toMatchObject({ initialized: 16, sample: { nchunks: 16 } })
})

test('what cannot store the array is refused with the reason, and the rest goes on', async () => {
  const { array } = await filledArray(
    { shape: [4], chunks: [2], dtype: '<U3', zarrFormat: 2 },
    new Uint8Array(48),
  )
  const found = await runCodecTrials(array, sample, {
    candidates: ['bitround:3+zstd:3', 'delta:<i4+zstd:3', '{"id":"zfpy"}', 'zstd:3'],
    candidateMs: 1,
  })
  expect(found.rows[0]).toMatchObject({
    refused: 'The codec numcodecs.bitround cannot round items of type text.',
    ratio: null,
  })
  expect(found.rows[2]).toMatchObject({ refused: expect.stringMatching(/zfp/) as string })
  expect(found.rows[3]).toMatchObject({ lossless: true })
  const shards = await rowsOf(['delta:<i4+zstd:3'], { zarrFormat: 1 })
  expect(shards[0]).toMatchObject({ refused: expect.stringMatching(/Format 1/) as string })
})

test('texts that are no candidates are refused before anything is read', async () => {
  const { array, log } = await filledArray(grid, counting(64 * 96))
  for (const text of ['nonsense', 'zstd:99', 'zstd:3+', 'F', '+zstd:3', '{"id":'])
    await expect(runCodecTrials(array, sample, { candidates: [text] })).rejects.toThrow(/./)
  await expect(runCodecTrials(array, sample, { candidates: ['nonsense'] })).rejects.toThrow(UsageError)
  await expect(runCodecTrials(array, sample, { candidates: [] })).rejects.toThrow(/at least one candidate/)
  expect(log.log).toEqual([])
})

describe('samples that are not what one hopes for', () => {
  const run = async (options: object, items?: ArrayBufferView, request: object = {}) => {
    const { array } = await filledArray({ ...grid, ...options }, items)
    return runCodecTrials(array, { ...sample, ...request }, { candidates: ['zstd:3'], candidateMs: 1 })
  }

  test('an empty array, and one of which no chunk is stored', async () => {
    const empty = await run({ shape: [0, 96] })
    expect(empty.sample.notes).toEqual(['The array is empty: it has no chunks to try anything on.'])
    expect(empty.rows[0]).toMatchObject({ ratio: null, lossless: null, pareto: false })
    expect(empty.suggestion).toBeNull()
    const missing = await run({})
    expect(missing.sample).toMatchObject({
      missing: 16,
      notes: ['No chunk of this array is stored: there is nothing to try anything on.'],
    })
  })

  test('one chunk, no dimensions, a chunk larger than the array', async () => {
    const one = await run({ shape: [16, 24] }, counting(16 * 24))
    expect(one.sample.notes).toEqual(['The array has one chunk, which is the whole sample.'])
    expect(one.rows[0]).toMatchObject({ lossless: true })
    const scalar = await run({ shape: [], chunks: [] }, counting(1))
    expect(scalar.rows[0]).toMatchObject({ lossless: true, sampleBytes: expect.any(Number) as number })
    const wide = await run({ shape: [3, 5], compressor: 'zstd:3' }, counting(15))
    expect(wide.sample).toMatchObject({ rawBytes: 16 * 24 * 4, chunkShape: [16, 24] })
    expect(wide.rows[0]!.sampleBytes).toBe(wide.sample.storedBytes)
  })

  test('a budget smaller than a chunk takes a part and says so', async () => {
    const small = await run({}, counting(64 * 96), { budgetBytes: 200 })
    expect(small.sample).toMatchObject({ rawBytes: 192, chunkShape: [8, 6] })
    expect(small.sample.notes[0]).toMatch(/more than the budget of 200 B: trials use its first 192 B/)
    expect(small.rows[0]!.lossless).toBe(true)
  })

  test('corrupt chunks are left out in words; all of them corrupt leaves nothing', async () => {
    const { array, memory } = await filledArray(grid, counting(64 * 96))
    await memory.set('0.0', new Uint8Array([1, 2, 3]))
    const some = await runCodecTrials(array, sample, { candidates: ['zstd:3'], candidateMs: 1 })
    expect(some.sample).toMatchObject({ corrupt: 1 })
    expect(some.sample.notes[0]).toMatch(
      /^1 chunk of the sample cannot be read and was left out, such as \(0, 0\): /,
    )
    expect(some.rows[0]!.lossless).toBe(true)
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++) await memory.set(`${i}.${j}`, new Uint8Array([1, 2, 3]))
    const none = await runCodecTrials(array, sample, { candidates: ['zstd:3'] })
    expect(none.rows[0]).toMatchObject({ ratio: null })
    expect(none.sample.corrupt).toBe(16)
  })

  test('the few chunks of a sparse array are found', async () => {
    const { array, memory } = await filledArray({ ...grid, shape: [64_000, 96_000], compressor: null })
    await memory.set('17.3999', new Uint8Array(16 * 24 * 4).fill(1))
    await memory.set('3999.0', new Uint8Array(16 * 24 * 4).fill(2))
    const found = await runCodecTrials(array, sample, { candidates: ['zstd:3'], candidateMs: 1 })
    expect(found.sample.coords.sort()).toEqual([
      [17, 3999],
      [3999, 0],
    ])
  })
})

test('the same seed draws the same chunks; they lie all over the grid', async () => {
  const { array } = await filledArray({ ...grid, shape: [6400, 9600], fillValue: 0 }, undefined)
  const { spreadCoordinates } = await import('./spread')
  expect(array.layout.gridShape).toEqual([400, 400])
  const a = spreadCoordinates([400, 400], 10, 7)
  expect(spreadCoordinates([400, 400], 10, 7)).toEqual(a)
  expect(spreadCoordinates([400, 400], 10, 8)).not.toEqual(a)
  for (const k of [0, 1]) expect(new Set(a.map((coords) => Math.floor(coords[k]! / 40))).size).toBe(10)
  expect(new Set(spreadCoordinates([3, 3], 100, 1).map(String)).size).toBe(9)
})
