import { describe, expect, test } from 'vitest'
import type { Advice } from '@shared/model/trials'
import { surveyArray } from '../stats/survey-array'
import { adviseOn } from './advice'
import { noisyBits } from './bit-noise'
import { runChunkTrials } from './chunk-trials'
import { runCodecTrials } from './codec-trials'
import { narrowerType } from './narrower-dtype'
import { seededRandom } from './random'
import { filledArray } from './testing/arrays'

const sample = { budgetBytes: 2 ** 23, seed: 3 }
type Options = Parameters<typeof filledArray>[0]

const advise = async (options: Options, items?: ArrayBufferView): Promise<Advice[]> => {
  const { array, log } = await filledArray(options, items)
  const { advice } = await adviseOn(array, sample)
  expect(log.keysWritten).toEqual([])
  return advice
}
const find = (advice: Advice[], id: Advice['id']): Advice | undefined => advice.find((one) => one.id === id)

const random = seededRandom(5)
const noise = (length: number): Float32Array => Float32Array.from({ length }, () => 270 + random() * 20)
const good = { shape: [512, 512], chunks: [512, 512], zarrFormat: 3, compressor: 'zstd:3' } as const

describe('findings', () => {
  test('an array that is stored well is left alone', async () => {
    const values = Int32Array.from({ length: 512 * 512 }, () => random() * 2 ** 31)
    expect(await advise({ ...good, dtype: 'int32' }, values)).toEqual([])
  })

  test('chunks far below the rule', async () => {
    const advice = await advise(
      { ...good, chunks: [16, 16], dtype: 'int32' },
      new Int32Array(512 * 512).fill(1),
    )
    expect(find(advice, 'small-chunks')).toMatchObject({
      evidence:
        'A chunk holds 1.0 KiB, and there are 1,024 of them: finding each costs more than reading it.',
      action: { kind: 'chunks', shards: null },
    })
  })

  test('chunks of one dimension against the usual access', async () => {
    const advice = await advise({ ...good, shape: [2000, 200, 400], chunks: [2000, 1, 1], dtype: 'int32' })
    const flat = find(advice, 'flat-chunks')!
    expect(flat.title).toBe('Chunks are the wrong way round for a map at one dim 0')
    expect(flat.evidence).toMatch(/touches 80,000 chunks/)
    expect(flat.action).toMatchObject({ kind: 'chunks' })
    expect(find(advice, 'many-files')!.evidence).toMatch(/80,000 files/)
  })

  test('nothing compressed', async () => {
    const advice = await advise(
      { ...good, compressor: null, dtype: 'int32' },
      Int32Array.from({ length: 512 * 512 }, (_, i) => i),
    )
    expect(find(advice, 'uncompressed')).toMatchObject({
      action: {
        kind: 'codec',
        spec: 'blosc:zstd:3:shuffle',
        setting: { compressor: 'blosc:zstd:3:shuffle' },
      },
    })
  })

  test('numbers that are not shuffled before they are compressed', async () => {
    const smooth = Float64Array.from({ length: 512 * 512 }, (_, i) => Math.sin(i / 5000) + random() / 1e9)
    const plain = await advise({ ...good, dtype: 'float64' }, smooth)
    expect(find(plain, 'unshuffled')).toMatchObject({
      evidence: expect.stringMatching(/with zstd 3, and .* with blosc zstd 3/) as string,
      action: { kind: 'codec', spec: 'blosc:zstd:3:shuffle' },
    })
    const shuffled = await advise({ ...good, dtype: 'float64', compressor: 'blosc:zstd:3:shuffle' }, smooth)
    expect(find(shuffled, 'unshuffled')).toBeUndefined()
    const bytes = Uint8Array.from({ length: 512 * 512 }, () => random() * 20)
    expect(find(await advise({ ...good, dtype: 'uint8' }, bytes), 'unshuffled')).toBeUndefined()
  })

  test('integers that grow slowly', async () => {
    let sum = 0
    const rising = Int32Array.from({ length: 512 * 512 }, () => (sum += Math.floor(random() * 5000)))
    const advice = await advise({ ...good, dtype: 'int32' }, rising)
    expect(find(advice, 'differences')).toMatchObject({
      action: { kind: 'codec', spec: 'delta+blosc:zstd:3:shuffle' },
    })
    expect(find(await advise({ ...good, dtype: 'int32', filters: ['delta'] }, rising), 'differences')).toBe(
      undefined,
    )
  })

  test('noise in the low bits, where rounding pays', async () => {
    const advice = await advise({ ...good, dtype: 'float32' }, noise(512 * 512))
    const { action, evidence } = find(advice, 'noisy-bits')!
    expect(action).toMatchObject({
      kind: 'codec',
      spec: expect.stringMatching(/^bitround:\d+\+blosc/) as string,
    })
    expect(evidence).toMatch(/Of 23 bits of the mantissa/)
  })

  test('chunks of nothing but the fill value', async () => {
    const items = new Int32Array(512 * 512)
    items.fill(7, 0, 1000)
    const advice = await advise({ ...good, chunks: [256, 512], dtype: 'int32' }, items)
    expect(find(advice, 'fill-only')).toMatchObject({ action: { kind: 'prune', chunks: 1 } })
    expect(find(advice, 'fill-only')!.evidence).toMatch(/^1 of 2 stored chunks/)
  })

  test('the other order', async () => {
    // Rows are too long for a compressor to see that the next one is the same.
    const row = Int32Array.from({ length: 65_536 }, () => random() * 2 ** 31)
    const advice = await advise(
      {
        ...good,
        shape: [16, 65_536],
        chunks: [16, 65_536],
        dtype: 'int32',
        compressor: 'blosc:lz4:5:shuffle',
      },
      Int32Array.from({ length: 16 * 65_536 }, (_, i) => row[i % 65_536]!),
    )
    expect(find(advice, 'order')).toMatchObject({
      title: 'Order F would compress better',
      action: { kind: 'codec', spec: 'F+blosc:lz4:5:shuffle', setting: { order: 'F' } },
    })
  })

  test('float64 that is really something smaller', async () => {
    const whole = await advise(
      { ...good, dtype: 'float64' },
      Float64Array.from({ length: 512 * 512 }, (_, i) => i % 300),
    )
    expect(find(whole, 'narrower-dtype')).toMatchObject({
      title: 'float64 that is really uint16',
      action: { kind: 'dtype', dtype: 'uint16' },
    })
    const { action } = find(whole, 'narrower-dtype')!
    const { array } = await filledArray(
      { ...good, dtype: 'float64' },
      Float64Array.from({ length: 512 * 512 }, (_, i) => i % 300),
    )
    const { spec = '' } = action.kind === 'dtype' ? action : {}
    const { rows } = await runCodecTrials(array, sample, { candidates: ['present', spec], candidateMs: 1 })
    expect(rows.map(({ lossless }) => lossless)).toEqual([true, true])
    expect(rows[1]!.storedBytes).toBeLessThan(rows[0]!.storedBytes!)
    const single = await advise({ ...good, dtype: 'float64' }, Float64Array.from(noise(512 * 512)))
    expect(find(single, 'narrower-dtype')).toMatchObject({ action: { kind: 'dtype', dtype: 'float32' } })
  })

  test('arrays without anything to look at get no advice on their contents', async () => {
    expect(await advise({ ...good, shape: [0, 512] })).toEqual([])
    expect(await advise(good)).toEqual([])
    expect(await advise({ shape: [], chunks: [], zarrFormat: 2, dtype: '<f8' }, Float64Array.of(3))).toEqual(
      [],
    )
    expect(
      await advise({ shape: [4], chunks: [2], zarrFormat: 2, dtype: '<U3' }, new Uint8Array(48)),
    ).toEqual([expect.objectContaining({ id: 'fill-only' })])
  })
})

describe('what a finding sets up shows it', () => {
  const square = (count: number): Pick<Options, 'shape'> => ({ shape: [count, count] })
  const cases: [Advice['id'], Options, (() => ArrayBufferView)?][] = [
    ['small-chunks', { ...good, chunks: [16, 16], dtype: 'int32' }, () => new Int32Array(512 * 512).fill(1)],
    ['flat-chunks', { ...good, shape: [2000, 200, 400], chunks: [2000, 1, 1], dtype: 'int32' }],
    ['many-files', { ...good, ...square(40_000), chunks: [100, 100], dtype: 'int32' }],
    ['noisy-bits', { ...good, dtype: 'float32' }, () => noise(512 * 512)],
    [
      'order',
      {
        ...good,
        shape: [16, 65_536],
        chunks: [16, 65_536],
        dtype: 'int32',
        compressor: 'blosc:lz4:5:shuffle',
      },
      () => {
        const row = Int32Array.from({ length: 65_536 }, () => random() * 2 ** 31)
        return Int32Array.from({ length: 16 * 65_536 }, (_, i) => row[i % 65_536]!)
      },
    ],
    ['narrower-dtype', { ...good, dtype: 'float64' }, () => Float64Array.from(noise(512 * 512))],
  ]

  test.each(cases)('%s', async (id, options, items) => {
    const { array } = await filledArray(options, items?.())
    const { action } = find((await adviseOn(array, sample)).advice, id)!
    if (action.kind === 'chunks') {
      const { chunks, shards } = action
      const { rows } = await runChunkTrials(array, { shapes: [{ chunks, shards }] })
      const [now, then] = [rows.find((row) => row.present)!, rows.find((row) => !row.present)!]
      expect(then.refused).toBeUndefined()
      expect(then.files).toBeLessThan(now.files)
    } else {
      const spec = action.kind === 'codec' || action.kind === 'dtype' ? action.spec! : ''
      const { rows } = await runCodecTrials(array, sample, { candidates: ['present', spec], candidateMs: 1 })
      expect(rows[1]!.refused).toBeUndefined()
      expect(rows[1]!.storedBytes).toBeLessThan(rows[0]!.storedBytes!)
      expect(rows[1]!.lossless).toBe(id !== 'noisy-bits')
    }
  })

  test('chunks of nothing but fill are there to be dropped', async () => {
    const items = new Int32Array(512 * 512).fill(7, 0, 1000)
    const { array } = await filledArray({ ...good, chunks: [256, 512], dtype: 'int32' }, items)
    const { action } = find((await adviseOn(array, sample)).advice, 'fill-only')!
    const { fillOnly } = await surveyArray(array, 'new')
    expect(action).toEqual({ kind: 'prune', chunks: fillOnly.chunks })
  })
})

test('noise is only what tosses like a coin', () => {
  const chunk = (values: ArrayBufferView): { data: Uint8Array } => ({ data: new Uint8Array(values.buffer) })
  expect(noisyBits('float32', [chunk(noise(20_000))]).noisy).toBeGreaterThanOrEqual(16)
  const smooth = Float32Array.from({ length: 20_000 }, (_, i) => Math.fround(i / 16))
  expect(noisyBits('float32', [chunk(smooth)]).noisy).toBe(0)
  expect(noisyBits('float32', [chunk(noise(100))]).noisy).toBe(0)
  expect(noisyBits('bfloat16', [chunk(noise(20_000))])).toEqual({ noisy: 0, mantissa: 0 })
})

test.each([
  [[0, 1, 255], 'uint8'],
  [[-1, 1, 127], 'int8'],
  [[0, 256], 'uint16'],
  [[0, 2 ** 31], 'uint32'],
  [[0.5, 1], 'float32'],
  [[0, -0, 1], 'float32'],
  [[NaN, 1.5, 2.5], 'float32'],
  [[0, 2 ** 40], 'float32'],
  [[0.1, 1], undefined],
  [[3, 3], undefined],
  [[], undefined],
])('%j fit into %s', (values, dtype) => {
  const chunks = [{ data: new Uint8Array(Float64Array.from(values).buffer) }]
  expect(narrowerType({ kind: 'float', format: 'float64' }, chunks)?.dtype).toBe(dtype)
})
