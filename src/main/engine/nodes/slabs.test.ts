import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Selection } from '@shared/selection/selection'
import { chunkGrid } from '../chunks/grid'
import { slabs } from './slabs'

const slice = fc
  .record({ start: fc.nat(9), step: fc.constantFrom(1, 2, -1, -3), count: fc.integer({ min: 1, max: 9 }) })
  .map(({ start, step, count }) => ({ start: step < 0 ? start + (count - 1) * -step : start, step, count }))
const list = fc
  .array(fc.nat(59), { minLength: 1, maxLength: 6 })
  .map((indices) => ({ indices: Float64Array.from(indices) }))

/** The array indices that a selection names, in the order of its result. */
function order(selection: Selection): string[] {
  if (selection.kind === 'points') {
    return Array.from(selection.indices[0] ?? [], (_, i) =>
      selection.indices.map((list) => list[i]!).join(' '),
    )
  }
  return selection.dims.reduce<string[]>(
    (heads, dim) => {
      const places =
        'indices' in dim
          ? [...dim.indices]
          : Array.from({ length: dim.count }, (_, i) => dim.start + i * dim.step)
      return heads.flatMap((head) => places.map((index) => `${head}${index} `))
    },
    [''],
  )
}

/** Different chunks that these array indices lie in. */
const chunksOf = (piece: readonly string[], size: number): number =>
  new Set(
    piece.map((index) =>
      index
        .split(' ')
        .map((i) => Math.floor(Number(i) / size))
        .join(),
    ),
  ).size

describe('slabs', () => {
  test('cover a selection once, in order, within the limits', () => {
    const input = [
      fc.array(fc.oneof(slice, list), { maxLength: 4 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 7 }),
    ] as const
    fc.assert(
      fc.property(...input, (dims, items, chunks, size) => {
        const shape = dims.map(() => 60)
        const grid = chunkGrid({ kind: 'regular', shape: shape.map(() => size) }, shape)
        const selection: Selection = { kind: 'orthogonal', dims }
        const pieces = [...slabs(grid, selection, { items, chunks })].map(order)
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(items)
          expect(chunksOf(piece, size)).toBeLessThanOrEqual(chunks)
        }
        expect(pieces.flat()).toEqual(order(selection))
      }),
      { seed: 20261122 },
    )
  })

  test('cut at chunk borders', () => {
    const grid = chunkGrid({ kind: 'regular', shape: [10, 4] }, [95, 4])
    const dims = [
      { start: 0, step: 1, count: 95 },
      { start: 0, step: 1, count: 4 },
    ]
    const pieces = [...slabs(grid, { kind: 'basic', dims }, { items: 150 })]
    expect(
      pieces.map((piece) => piece.kind === 'basic' && [piece.dims[0]!.start, piece.dims[0]!.count]),
    ).toEqual([
      [0, 30],
      [30, 30],
      [60, 35],
    ])
  })

  test('of chunks that hold little touch few of them', () => {
    const grid = chunkGrid({ kind: 'regular', shape: [4, 1] }, [8, 1e12])
    const dims = [
      { start: 0, step: 1, count: 8 },
      { start: 0, step: 1, count: 1e12 },
    ]
    const [first, second] = slabs(grid, { kind: 'basic', dims }, { items: 1e9, chunks: 1000 })
    expect(first).toMatchObject({ dims: [{ count: 1 }, { start: 0, count: 1000 }] })
    expect(second).toMatchObject({ dims: [{ count: 1 }, { start: 1000, count: 1000 }] })
  })

  test('cut lists of points', () => {
    const grid = chunkGrid({ kind: 'regular', shape: [10] }, [95])
    const points: Selection = { kind: 'points', indices: [Float64Array.of(5, 1, 9, 9, 2)], shape: [5, 1] }
    const pieces = [...slabs(grid, points, { items: 2 })]
    expect(pieces.map(order)).toEqual([['5', '1'], ['9', '9'], ['2']])
  })

  test('of an empty selection are none', () => {
    const grid = chunkGrid({ kind: 'regular', shape: [10] }, [0])
    expect([
      ...slabs(grid, { kind: 'basic', dims: [{ start: 0, step: 1, count: 0 }] }, { items: 5 }),
    ]).toEqual([])
  })
})
