import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChunkGridSpec } from './grid'
import { chunkGrid } from './grid'
import { innerProjections } from './inner-projections'
import { outputLayout, project } from './project'
import type { ChunkProjection } from './projection'
import { projectionLoops } from './projection-loops'
import { walk } from './strided-copy'
import { selection } from './testing/arbitraries'
import { cOrderStrides } from './whole-projection'

/** A chunk of some inner chunks per dimension, and a selection of it. */
const cases = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((dims) => {
    const shape = dims.map(([inner, count]) => inner * count)
    const innerShape = dims.map(([inner]) => inner)
    return fc.record({
      shape: fc.constant(shape),
      innerShape: fc.constant(innerShape),
      wanted: selection(shape),
    })
  })

/** Pairs of an item of a chunk, as its C-order number, and its place in the result, in the order of the copy. */
function pairs(projection: ChunkProjection, shape: readonly number[], strides: number[]): [number, number][] {
  const found: [number, number][] = []
  const layout = { shape, strides: cOrderStrides(shape) }
  const { loops, chunkOffset, outputOffset } = projectionLoops(projection, layout, strides, 1)
  const tables = loops.map((loop) =>
    'count' in loop
      ? {
          from: Float64Array.from({ length: loop.count }, (_, i) => i * loop.from),
          to: Float64Array.from({ length: loop.count }, (_, i) => i * loop.to),
        }
      : loop,
  )
  walk(tables, [], chunkOffset, outputOffset, (from, to) => found.push([from, to]))
  return found
}

test('name the items that the projection names, at the same places, each in its inner chunk', () => {
  fc.assert(
    fc.property(cases, ({ shape, innerShape, wanted }) => {
      const grid: ChunkGridSpec = { kind: 'regular', shape }
      const { strides } = outputLayout(wanted)
      const innerGrid = chunkGrid({ kind: 'regular', shape: innerShape }, shape)
      const innerStrides = cOrderStrides(innerShape)
      const shapeStrides = cOrderStrides(shape)
      for (const projection of project(chunkGrid(grid, shape), wanted)) {
        const inner = [...innerProjections(projection, shape, innerShape)]
        expect(new Set(inner.map(({ number }) => number)).size).toBe(inner.length)
        const found = inner.flatMap(({ number, projection: part }) => {
          const counts = innerGrid.gridShape
          const origin = counts.map((count, k) => {
            const after = counts.slice(k + 1).reduce((a, b) => a * b, 1)
            return (Math.floor(number / after) % count) * innerShape[k]!
          })
          return pairs(part, innerShape, strides).map(([item, place]): [number, number] => {
            const index = innerStrides.map((stride, k) => Math.floor(item / stride) % innerShape[k]!)
            return [index.reduce((n, i, k) => n + (origin[k]! + i) * shapeStrides[k]!, 0), place]
          })
        })
        const byPlace = (a: [number, number], b: [number, number]): number => a[1] - b[1]
        expect(found.sort(byPlace)).toEqual(pairs(projection, shape, strides).sort(byPlace))
      }
    }),
    { seed: 42, numRuns: 500 },
  )
})
