import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import fc from 'fast-check'
import type { ChunkGridSpec } from '../grid'

/** An array's shape, a grid over it and a selection of it, small enough to be spelled out. */
export interface GridCase {
  shape: number[]
  grid: ChunkGridSpec
  selection: Selection
}

export const gridCase = (maxDims = 3, maxLength = 9): fc.Arbitrary<GridCase> =>
  fc
    .array(fc.nat({ max: maxLength }), { maxLength: maxDims })
    .chain((shape) =>
      fc.record({ shape: fc.constant(shape), grid: grid(shape), selection: selection(shape) }),
    )

export const grid = (shape: readonly number[]): fc.Arbitrary<ChunkGridSpec> =>
  fc.oneof(
    fc
      .tuple(...shape.map(() => fc.integer({ min: 1, max: 6 })))
      .map((chunks): ChunkGridSpec => ({ kind: 'regular', shape: chunks })),
    fc.tuple(...shape.map(edges)).map((lists): ChunkGridSpec => ({ kind: 'rectilinear', edges: lists })),
  )

const edges = (length: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 })
    .map((sizes) => [...sizes, Math.max(1, length - sizes.reduce((a, b) => a + b))])

export const selection = (shape: readonly number[]): fc.Arbitrary<Selection> => {
  const basic = fc.tuple(...shape.map(slice)).map((dims): Selection => ({ kind: 'basic', dims }))
  const orthogonal = fc
    .tuple(...shape.map((length) => fc.oneof(slice(length), indices(length))))
    .map((dims): Selection => ({ kind: 'orthogonal', dims }))
  return shape.includes(0) ? fc.oneof(basic, orthogonal) : fc.oneof(basic, orthogonal, points(shape))
}

function slice(length: number): fc.Arbitrary<DimSlice> {
  if (length === 0) return fc.constant({ start: 0, step: 1, count: 0 })
  const index = fc.nat({ max: length - 1 })
  const dropped = index.map((start): DimSlice => ({ start, step: 1, count: 1, drop: true }))
  const run = fc
    .tuple(index, fc.integer({ min: -4, max: 4 }), fc.nat({ max: length }))
    .map(([start, raw, wanted]): DimSlice => {
      const step = raw === 0 ? 1 : raw
      const room = Math.floor((step > 0 ? length - 1 - start : start) / Math.abs(step)) + 1
      return { start, step, count: Math.min(wanted, room) }
    })
  return fc.oneof({ weight: 1, arbitrary: dropped }, { weight: 4, arbitrary: run })
}

function indices(length: number): fc.Arbitrary<DimIndices> {
  const index = fc.nat({ max: Math.max(0, length - 1) })
  return fc
    .array(index, { maxLength: length === 0 ? 0 : 7 })
    .map((list): DimIndices => ({ indices: Float64Array.from(list) }))
}

function points(shape: readonly number[]): fc.Arbitrary<Selection> {
  return fc
    .array(fc.tuple(...shape.map((length) => fc.nat({ max: length - 1 }))), { maxLength: 12 })
    .chain((list) => {
      const lists = shape.map((_, k) => Float64Array.from(list, (point) => point[k]!))
      const even = list.length % 2 === 0 && list.length > 0
      return fc
        .constantFrom<number[][]>([list.length], ...(even ? [[2, list.length / 2]] : []))
        .map((result): Selection => ({ kind: 'points', indices: lists, shape: result }))
    })
}
