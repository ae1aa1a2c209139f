import fc from 'fast-check'
import { expect, test } from 'vitest'
import { create, MemoryStore, open, slice, type NdArray, type ZarrArray } from '../src/main/library'
import { ArrayModel, size, type Dim } from './model/array-model'

/**
 * Random programs of create, set, resize, append and get against a plain list. More of them:
 * `ZARRSCOPE_PROGRAMS=20000 npx vitest run test/write-model.test.ts`; one again: `ZARRSCOPE_SEED=<seed>`.
 */
const PROGRAMS = Number(process.env['ZARRSCOPE_PROGRAMS'] ?? 500)
const SEED = Number(process.env['ZARRSCOPE_SEED'] ?? 20261122)

type Item = number | bigint | string | boolean

interface Kind {
  dtype: string
  formats: (1 | 2 | 3)[]
  fill: Item
  items: fc.Arbitrary<Item>
}

const integers = (low: number, high: number): fc.Arbitrary<Item> => fc.integer({ min: low, max: high })
const bigints = (low: bigint, high: bigint): fc.Arbitrary<Item> => fc.bigInt({ min: low, max: high })
const halves = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 8)

const KINDS: Kind[] = [
  { dtype: 'bool', formats: [1, 2, 3], fill: false, items: fc.boolean() },
  { dtype: 'int8', formats: [1, 2, 3], fill: -3, items: integers(-128, 127) },
  { dtype: 'uint8', formats: [1, 2, 3], fill: 0, items: integers(0, 255) },
  { dtype: 'int16', formats: [1, 2, 3], fill: 7, items: integers(-32768, 32767) },
  { dtype: '>i2', formats: [1, 2], fill: -7, items: integers(-32768, 32767) },
  { dtype: 'uint16', formats: [1, 2, 3], fill: 0, items: integers(0, 65535) },
  { dtype: 'int32', formats: [1, 2, 3], fill: 0, items: integers(-(2 ** 31), 2 ** 31 - 1) },
  { dtype: '>u4', formats: [1, 2], fill: 4_000_000_000, items: integers(0, 2 ** 32 - 1) },
  { dtype: 'int64', formats: [1, 2, 3], fill: 5n, items: bigints(-(2n ** 63n), 2n ** 63n - 1n) },
  { dtype: 'uint64', formats: [1, 2, 3], fill: 2n ** 64n - 1n, items: bigints(0n, 2n ** 64n - 1n) },
  { dtype: 'float16', formats: [1, 2, 3], fill: 0.5, items: halves },
  { dtype: 'float32', formats: [1, 2, 3], fill: 0, items: fc.float() },
  { dtype: 'float64', formats: [1, 2, 3], fill: Number.NaN, items: fc.double() },
  { dtype: '>f8', formats: [1, 2], fill: -1.5, items: fc.double() },
  { dtype: 'bfloat16', formats: [3], fill: 0, items: integers(-128, 128) },
  { dtype: 'uint4', formats: [3], fill: 3, items: integers(0, 15) },
  { dtype: 'M8[s]', formats: [1, 2, 3], fill: 0n, items: bigints(-(10n ** 10n), 10n ** 10n) },
  { dtype: 'U3', formats: [2, 3], fill: '', items: fc.constantFrom('', 'a', 'ab', 'äöü', '𝄞x') },
  {
    dtype: 'string',
    formats: [2, 3],
    fill: '',
    items: fc.constantFrom('', 'a', 'Ålesund', 'longer than the others'),
  },
]

const COMPRESSORS: Record<1 | 2 | 3, string[]> = {
  1: ['none', 'zlib:1', 'bz2:1', 'blosc:blosclz:5:shuffle', 'blosc:lz4:3:bitshuffle'],
  2: [
    'none',
    'zlib:1',
    'gzip:1',
    'bz2:1',
    'lz4',
    'zstd:1',
    'lzma:1',
    'blosc:zstd:1:shuffle',
    'blosc:lz4:5:bitshuffle',
  ],
  3: ['none', 'gzip:1', 'zstd:3', 'blosc:zstd:3:shuffle', 'blosc:lz4:5:bitshuffle', 'zlib:1', 'crc32c'],
}

type Step =
  | { do: 'set' | 'get'; dims: Dim[]; shape: number[]; items: Item[]; empty: boolean }
  | { do: 'resize'; shape: number[] }
  | { do: 'append'; axis: number; count: number; items: Item[] }
  | { do: 'reopen' }

interface Program {
  kind: Kind
  format: 1 | 2 | 3
  shape: number[]
  chunks: number[]
  shards: number[] | null
  order: 'C' | 'F'
  compressor: string
  writeEmptyChunks: boolean
  steps: Step[]
}

const programs: fc.Arbitrary<Program> = fc
  .constantFrom(...KINDS)
  .chain((kind) =>
    fc.tuple(fc.constant(kind), fc.constantFrom(...kind.formats), fc.integer({ min: 0, max: 3 })),
  )
  .chain(([kind, format, rank]) => {
    const perDim = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
      fc.array(of, { minLength: rank, maxLength: rank })
    const length = fc.integer({ min: 0, max: 9 })
    return fc
      .record({
        kind: fc.constant(kind),
        format: fc.constant(format),
        shape: perDim(fc.integer({ min: rank === 0 ? 0 : 1, max: 9 })),
        chunks: perDim(fc.integer({ min: 1, max: 5 })),
        factors: fc.option(perDim(fc.integer({ min: 1, max: 3 }))),
        order: fc.constantFrom('C', 'F'),
        compressor: fc.constantFrom(...COMPRESSORS[format]),
        writeEmptyChunks: fc.boolean(),
        // What a step needs is drawn against the shape that it meets, see `bound`.
        seeds: fc.array(
          fc.record({
            do: fc.constantFrom('set', 'set', 'set', 'get', 'resize', 'append', 'reopen'),
            numbers: fc.array(fc.nat({ max: 1000 }), { minLength: 4 * rank + 4, maxLength: 4 * rank + 4 }),
            items: fc.array(kind.items, { minLength: 1, maxLength: 12 }),
            lengths: perDim(length),
          }),
          { minLength: 1, maxLength: 7 },
        ),
      })
      .map(({ factors, seeds, ...rest }): Program => {
        const shards =
          format === 3 && factors && kind.dtype !== 'string'
            ? rest.chunks.map((n, k) => n * factors[k]!)
            : null
        const steps: Step[] = []
        let shape = rest.shape
        for (const seed of seeds) {
          const step = bound(seed, shape)
          steps.push(step)
          if (step.do === 'resize') shape = step.shape
          if (step.do === 'append') shape = shape.map((n, k) => (k === step.axis ? n + step.count : n))
        }
        return { ...rest, order: rest.order, shards, steps }
      })
  })

interface Seed {
  do: Step['do']
  numbers: number[]
  items: Item[]
  lengths: number[]
}

function bound({ do: what, numbers, items, lengths }: Seed, shape: readonly number[]): Step {
  let next = 0
  const number = (below: number): number => numbers[next++ % numbers.length]! % below
  const some = (count: number): Item[] => Array.from({ length: count }, (_, i) => items[i % items.length]!)
  if (what === 'reopen' || (shape.length === 0 && (what === 'resize' || what === 'append')))
    return { do: 'reopen' }
  if (what === 'resize') return { do: 'resize', shape: lengths }
  if (what === 'append') {
    const [axis, count] = [number(shape.length), 1 + number(4)]
    return { do: 'append', axis, count, items: some(size(shape.map((n, k) => (k === axis ? count : n)))) }
  }
  const dims = shape.map((n): Dim => {
    if (n > 0 && number(4) === 0) return number(n)
    const [a, b, step] = [number(n + 1), number(n + 1), 1 + number(3)]
    const [low, high] = a < b ? [a, b] : [b, a]
    if (high > low && number(4) === 0) return { start: high - 1, stop: low - 1, step: -step }
    return number(2) === 0 ? { start: 0, stop: n, step: 1 } : { start: low, stop: high, step }
  })
  const value = ArrayModel.shapeOf(dims).map((n) => (number(4) === 0 ? 1 : n))
  while (value.length > 0 && number(5) === 0) value.shift()
  return { do: what, dims, shape: value, items: some(size(value)), empty: false }
}

const toSelection = (dims: readonly Dim[]) =>
  dims.map((dim) =>
    typeof dim === 'number' ? dim : slice(dim.start, dim.stop < 0 ? null : dim.stop, dim.step),
  )

/** Items of a result as a list, whatever JavaScript type they came in. */
function listOf(result: unknown, kind: Kind): unknown[] {
  const isArray = typeof result === 'object' && result !== null && 'data' in result
  const items: unknown[] = isArray ? Array.from((result as NdArray).data as ArrayLike<unknown>) : [result]
  return kind.dtype === 'bool' ? items.map((item) => item === true || item === 1) : items
}

async function run(program: Program): Promise<void> {
  const { kind, format, shape, chunks, shards, order, compressor, writeEmptyChunks, steps } = program
  const store = new MemoryStore()
  const options = { shape, chunks, shards, order, compressor, fillValue: kind.fill, zarrFormat: format }
  let z: ZarrArray = await create({ ...options, dtype: kind.dtype, store, writeEmptyChunks })
  const model = new ArrayModel<unknown>(shape, kind.fill)
  const whole = (): Dim[] => model.shape.map((n) => ({ start: 0, stop: n, step: 1 }))
  const compare = async (dims: readonly Dim[]): Promise<void> => {
    const result = await z.get(toSelection(dims))
    const shown =
      typeof result === 'object' && result !== null && 'shape' in result ? (result as NdArray).shape : []
    expect(shown).toEqual(ArrayModel.shapeOf(dims))
    expect(listOf(result, kind)).toEqual(model.get(dims))
  }
  for (const step of steps) {
    if (step.do === 'set') {
      await z.set(toSelection(step.dims), { data: step.items, shape: step.shape })
      model.set(step.dims, step.items, step.shape)
    } else if (step.do === 'get') await compare(step.dims)
    else if (step.do === 'resize') {
      await z.resize(step.shape)
      model.resize(step.shape)
    } else if (step.do === 'append') {
      const value = { data: step.items, shape: model.shape.map((n, k) => (k === step.axis ? step.count : n)) }
      await z.append(value, step.axis)
      model.append(step.items, step.count, step.axis)
    } else z = await open(store, { mode: 'r+', writeEmptyChunks })
    expect(z.shape).toEqual(model.shape)
    await compare(whole())
  }
}

test(`${PROGRAMS} random programs leave what a plain list holds`, { timeout: 3_600_000 }, async () => {
  await fc.assert(fc.asyncProperty(programs, run), { numRuns: PROGRAMS, seed: SEED })
})
