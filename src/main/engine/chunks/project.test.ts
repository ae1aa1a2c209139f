import type { Selection } from '@shared/selection/selection'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkGrid, chunkOf, chunkShape, chunkStart, type ChunkGrid } from './grid'
import { outputLayout, project } from './project'
import type { ChunkProjection, DimProjection } from './projection'
import { gridCase } from './testing/arbitraries'
import { selectedIndices } from './testing/plain-selection'

/** Every (place in the result, array index) pair that a projection names, in its order. */
function* spelledOut(
  grid: ChunkGrid,
  part: ChunkProjection,
  strides: number[],
): Generator<[number, number[]]> {
  const start = chunkStart(grid, part.coords)
  if (part.kind === 'points') {
    const shape = chunkShape(grid, part.coords)
    for (const [i, offset] of part.chunk.entries()) {
      const index = unravel(offset, shape).map((at, k) => at + start[k]!)
      yield [part.out[i]! * strides[0]!, index]
    }
    return
  }
  let all: [number, number[]][] = [[0, []]]
  part.dims.forEach((dim, k) => {
    all = all.flatMap(([place, index]) =>
      places(dim).map(([inside, out]): [number, number[]] => [
        place + out * strides[k]!,
        [...index, start[k]! + inside],
      ]),
    )
  })
  yield* all
}

const places = (dim: DimProjection): [number, number][] =>
  dim.kind === 'run'
    ? Array.from({ length: dim.count }, (_, i) => [dim.start + i * dim.step, dim.outStart + i])
    : [...dim.chunk].map((inside, i) => [inside, dim.out[i]!])

const unravel = (offset: number, shape: number[]): number[] =>
  shape
    .map((_, k) => shape.slice(k + 1).reduce((a, b) => a * b, 1))
    .map((stride, k) => Math.floor(offset / stride) % shape[k]!)

test('every item of the result comes from its own chunk, once', () => {
  fc.assert(
    fc.property(gridCase(), ({ shape, grid: spec, selection }) => {
      const grid = chunkGrid(spec, shape)
      const layout = outputLayout(selection)
      const expected = selectedIndices(selection)
      const found: (number[] | undefined)[] = Array.from({ length: expected.length })
      const chunks = new Set<string>()
      for (const part of project(grid, selection)) {
        expect(chunks.has(part.coords.join())).toBe(false)
        chunks.add(part.coords.join())
        let named = 0
        for (const [place, index] of spelledOut(grid, part, layout.strides)) {
          expect(found[place]).toBeUndefined()
          expect(chunkOf(grid, index)).toEqual(part.coords)
          found[place] = index
          named++
        }
        expect(named).toBeGreaterThan(0)
      }
      expect(found).toEqual(expected)
      expect(layout.items).toBe(expected.length)
      expect(layout.shape.reduce((a, b) => a * b, 1)).toBe(expected.length)
    }),
    { seed: 3, numRuns: 500 },
  )
})

test('repeated items keep the order of the selection', () => {
  fc.assert(
    fc.property(gridCase(2, 6), ({ shape, grid: spec, selection }) => {
      const grid = chunkGrid(spec, shape)
      const { strides } = outputLayout(selection)
      const last = new Map(selectedIndices(selection).map((index, place) => [index.join(), place]))
      const written = new Map<string, number>()
      for (const part of project(grid, selection)) {
        for (const [place, index] of spelledOut(grid, part, strides)) written.set(index.join(), place)
      }
      expect(written).toEqual(last)
    }),
    { seed: 4, numRuns: 500 },
  )
})

test('dropped dimensions do not appear in the result', () => {
  const selection: Selection = {
    kind: 'basic',
    dims: [
      { start: 2, step: 1, count: 3 },
      { start: 1, step: 1, count: 1, drop: true },
      { start: 0, step: 1, count: 4 },
    ],
  }
  expect(outputLayout(selection)).toEqual({ shape: [3, 4], strides: [4, 0, 1], items: 12 })
})

describe('costs only what it touches', () => {
  const grid = chunkGrid({ kind: 'regular', shape: [1000, 7] }, [1e12, 1e12])
  const column = { start: 3, step: 1, count: 1, drop: true }

  test('a wide step over 10^12 rows names one chunk each', () => {
    const dims = [{ start: 1e12 - 1, step: -1e11, count: 10 }, column]
    const parts = [...project(grid, { kind: 'basic', dims })]
    expect(parts.map((part) => part.coords[0])).toEqual([
      999999999, 899999999, 799999999, 699999999, 599999999, 499999999, 399999999, 299999999, 199999999,
      99999999,
    ])
  })

  test('the first chunks of 10^9 are there at once', () => {
    const dims = [{ start: 0, step: 1, count: 1e12 }, column]
    const [first, second] = project(grid, { kind: 'basic', dims })
    expect(first?.coords).toEqual([0, 0])
    expect(second).toEqual({
      kind: 'box',
      coords: [1, 0],
      dims: [
        { kind: 'run', start: 0, step: 1, count: 1000, outStart: 1000 },
        { kind: 'run', start: 3, step: 1, count: 1, outStart: 0 },
      ],
    })
  })

  test('nothing of 10^12 rows and no column ends at once', () => {
    const dims = [
      { start: 0, step: 1, count: 1e12 },
      { start: 0, step: 1, count: 0 },
    ]
    expect([...project(grid, { kind: 'basic', dims })]).toEqual([])
  })

  test('points far apart stay apart where chunk numbers pass 2^53', () => {
    const wide = chunkGrid({ kind: 'regular', shape: [2, 1, 3] }, [1e12, 1e12, 1e12])
    const a = [1e12 - 1, 2, 5e11 + 1, 1e12 - 1]
    const b = [7, 1e12 - 1, 7, 7]
    const c = [3, 3, 1e12 - 1, 5]
    const parts = [
      ...project(wide, { kind: 'points', indices: [a, b, c].map((x) => Float64Array.from(x)), shape: [4] }),
    ]
    expect(parts.map((part) => part.kind === 'points' && [...part.out])).toEqual([[0, 3], [1], [2]])
    expect(parts[0]!.coords).toEqual([499999999999, 7, 1])
  })
})
