import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSelection } from '@shared/selection/parse'
import type { AccessPattern } from '@shared/model/trials'
import { chunkGrid } from '../chunks/grid'
import { windowCost } from './axis-cost'
import { runChunkTrials } from './chunk-trials'
import { patternCost } from './patterns'
import { filledArray } from './testing/arrays'

const SEED = 20_240_607
const params = { seed: SEED, numRuns: 60 }

/** Shape, chunks and a multiple of them for shards. */
const layouts = fc
  .array(
    fc.record({
      length: fc.integer({ min: 1, max: 9 }),
      chunk: fc.integer({ min: 1, max: 10 }),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((dims) => ({
    shape: dims.map(({ length }) => length),
    chunks: dims.map(({ chunk }) => chunk),
    shards: dims.map(({ chunk, times }) => chunk * times),
  }))

/** Every place of a window in the array, as a selection. */
function* places(shape: readonly number[], window: readonly number[]): Generator<string> {
  const starts = shape.map((length, k) => Array.from({ length: length - window[k]! + 1 }, (_, i) => i))
  const texts = starts.map((list, k) => list.map((start) => `${start}:${start + window[k]!}`))
  yield* texts.reduce<string[]>(
    (all, list) => all.flatMap((a) => list.map((b) => (a === '' ? b : `${a}, ${b}`))),
    [''],
  )
}

test('windows: touched, raw bytes and files are what real reads through a logging store touch, at every place', async () => {
  await fc.assert(
    fc.asyncProperty(
      layouts,
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }),
      async (layout, sharded, widths) => {
        const { shape, chunks, shards } = layout
        const items = shape.reduce((n, length) => n * length, 1)
        const options = {
          shape,
          chunks,
          dtype: 'int16',
          compressor: null,
          zarrFormat: 3,
          shards: sharded ? shards : null,
        } as const
        const values = new Int16Array(items).fill(1)
        const { array, log } = await filledArray(options, values)
        // The same chunks as files of their own.
        const plain = await filledArray({ ...options, shards: null }, values)
        const window = shape.map((length, k) => Math.min(length, widths[k]!))
        let [files, inner, reads] = [0, 0, 0]
        for (const place of places(shape, window)) {
          log.clear()
          plain.log.clear()
          await array.readAll(parseSelection(place, shape))
          await plain.array.readAll(parseSelection(place, shape))
          files += log.keysRead.length
          inner += plain.log.keysRead.length
          reads++
        }
        const patterns: AccessPattern[] = [{ dims: window, weight: 1 }]
        const { rows } = await runChunkTrials(array, { patterns, ratio: 1 })
        const cost = rows[0]!.patterns[0]!
        expect(cost.filesTouched).toBeCloseTo(files / reads, 9)
        expect(cost.touched).toBeCloseTo(inner / reads, 9)
        const bytes = chunks.reduce((n, size) => n * size, 2)
        expect(cost.rawBytes).toBeCloseTo(cost.touched * bytes, 6)
        expect(cost.wantedBytes).toBe(window.reduce((n, width) => n * width, 2))
        expect(cost.amplification).toBeCloseTo(cost.rawBytes / cost.wantedBytes, 9)
        // Nothing is compressed: the estimate is what was read.
        if (!sharded) expect(cost.bytesRead).toBeCloseTo((files / reads) * bytes, 6)
      },
    ),
    params,
  )
})

/** One dimension of a selection. */
const dimension = (length: number): fc.Arbitrary<string> => {
  const index = fc.integer({ min: 0, max: length - 1 })
  const step = fc.integer({ min: 1, max: 5 }).chain((n) => fc.constantFrom(n, -n))
  return fc.oneof(
    index.map(String),
    fc.constant(':'),
    fc.tuple(index, index, step).map(([a, b, s]) => `${a}:${b}:${s}`),
    fc.array(index, { minLength: 1, maxLength: 4 }).map((list) => `[${list.join(', ')}]`),
  )
}

test('selections: exact for the very slice, orthogonal and pointwise ones included', async () => {
  const cases = layouts.chain(({ shape, chunks }) =>
    fc.record({
      shape: fc.constant(shape),
      chunks: fc.constant(chunks),
      dims: fc.tuple(...shape.map(dimension)),
    }),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ({ shape, chunks, dims }) => {
      const items = shape.reduce((n, length) => n * length, 1)
      const { array, log } = await filledArray(
        { shape, chunks, dtype: '<i2', compressor: null, zarrFormat: 2 },
        new Int16Array(items).fill(1),
      )
      const selection = dims.join(', ')
      let parsed
      try {
        parsed = parseSelection(selection, shape)
      } catch {
        // Lists of different lengths that stand in every dimension are no selection.
        return
      }
      const { data } = await array.readAll(parsed)
      const { rows } = await runChunkTrials(array, { patterns: [{ selection, weight: 2 }], ratio: 1 })
      expect(rows[0]).toMatchObject({
        present: true,
        touched: log.keysRead.length,
        rawBytes: log.keysRead.length * chunks.reduce((n, size) => n * size, 2),
        patterns: [{ wantedBytes: data.length, weight: 2 }],
      })
    }),
    params,
  )
})

test('uneven chunks cost what equal ones would, counted chunk by chunk', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 12 }),
      (edges, width) => {
        const length = edges.reduce((sum, edge) => sum + edge, 0)
        const axis = chunkGrid({ kind: 'rectilinear', edges: [edges] }, [length]).axes[0]!
        const wanted = Math.min(width, length)
        let [touched, items, places] = [0, 0, 0]
        for (let start = 0; start + wanted <= length; start++) {
          places++
          const met = new Set(Array.from({ length: wanted }, (_, i) => axis.chunkAt(start + i)))
          touched += met.size
          for (const chunk of met) items += edges[chunk]!
        }
        const cost = windowCost(length, axis, width)
        expect(cost.touched).toBeCloseTo(touched / places, 9)
        expect(cost.items).toBeCloseTo(items / places, 9)
      },
    ),
    params,
  )
})

test('lengths no loop could count stay exact', () => {
  const length = 2 ** 52
  expect(windowCost(length, 2 ** 20, length)).toMatchObject({ touched: 2 ** 32 })
  // A window of two items meets a second chunk at one place of 2^20.
  expect(windowCost(length, 2 ** 20, 2).touched).toBeCloseTo(1 + 2 ** -20, 12)
  const chunks = [1000, 1]
  expect(patternCost({ name: '', weight: 1, window: [1, 7] }, [1e12, 7], chunks)).toEqual({
    touched: 7,
    items: 7000,
    wanted: 7,
  })
})
