import fc from 'fast-check'
import type { CodecInput } from '../../src/main/library'
import { ArrayModel, size, type Dim } from './array-model'
import { COMPRESSORS, KINDS, type Item } from './kinds'

export type StoreKind = 'memory' | 'map' | 'directory' | 'zip'

export type Step =
  | { do: 'set' | 'get'; dims: Dim[]; shape: number[]; items: Item[] }
  | { do: 'resize'; shape: number[] }
  | { do: 'append'; axis: number; count: number; items: Item[] }
  | { do: 'reopen' }

/** An array, and what happens to it. */
export interface Program {
  /** Number of the data type among KINDS, which is all that a failure need print of it. */
  kind: number
  format: 1 | 2 | 3
  store: StoreKind
  shape: number[]
  chunks: number[]
  shards: number[] | null
  order: 'C' | 'F'
  compressor: CodecInput
  filters: string[]
  writeEmptyChunks: boolean
  steps: Step[]
}

export const programs: fc.Arbitrary<Program> = fc
  .nat({ max: KINDS.length - 1 })
  .chain((number) =>
    fc.tuple(fc.constant(number), fc.constantFrom(...KINDS[number]!.formats), fc.integer({ min: 0, max: 3 })),
  )
  .chain(([number, format, rank]) => {
    const kind = KINDS[number]!
    const perDim = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
      fc.array(of, { minLength: rank, maxLength: rank })
    const length = fc.integer({ min: 0, max: 9 })
    const filters = format === 1 ? [] : (kind.filters ?? [])
    return fc
      .record({
        kind: fc.constant(number),
        format: fc.constant(format),
        store: fc.constantFrom<StoreKind>('memory', 'map', 'directory', 'zip'),
        shape: perDim(fc.integer({ min: rank === 0 ? 0 : 1, max: 9 })),
        chunks: perDim(fc.integer({ min: 1, max: 5 })),
        factors: fc.option(perDim(fc.integer({ min: 1, max: 3 }))),
        order: fc.constantFrom('C', 'F'),
        compressor: fc.constantFrom(...COMPRESSORS[format]),
        filters: fc.subarray(filters),
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
          format === 3 && factors && !kind.isVariable ? rest.chunks.map((n, k) => n * factors[k]!) : null
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
  return { do: what, dims, shape: value, items: some(size(value)) }
}
