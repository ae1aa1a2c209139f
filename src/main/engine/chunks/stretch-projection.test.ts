import fc from 'fast-check'
import { expect, test } from 'vitest'
import { projectedItems } from './projection-loops'
import { isPlainBox, stretchProjections, type PlainBox } from './stretch-projection'
import { cOrderStrides } from './whole-projection'

/** A packed chunk in any order of its dimensions, a box inside it, and a stretch of its items. */
const cases = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }).chain((shape) => {
  const items = shape.reduce((a, b) => a * b, 1)
  return fc.record({
    shape: fc.constant(shape),
    order: fc.shuffledSubarray(
      shape.map((_, k) => k),
      { minLength: shape.length },
    ),
    ends: fc.tuple(...shape.map((n) => fc.tuple(fc.nat(n - 1), fc.nat(n - 1)))),
    stretch: fc.tuple(fc.nat(items), fc.nat(items)),
  })
})

/** Strides of a packed chunk whose dimensions lie in this order, widest first. */
function packedStrides(shape: readonly number[], order: readonly number[]): number[] {
  const packed = cOrderStrides(order.map((k) => shape[k]!))
  const strides = shape.map(() => 0)
  order.forEach((k, i) => (strides[k] = packed[i]!))
  return strides
}

/** Place in the chunk and place in the result of every item of a box. */
function named({ dims }: PlainBox, strides: readonly number[]): [number, string][] {
  let found: [number, number[]][] = [[0, []]]
  dims.forEach(({ start, count, outStart }, k) => {
    found = found.flatMap(([at, out]) =>
      Array.from({ length: count }, (_, i): [number, number[]] => [
        at + (start + i) * strides[k]!,
        [...out, outStart + i],
      ]),
    )
  })
  return found.map(([at, out]) => [at, out.join()])
}

test('the parts of a stretch name every item of the box that lies in it, once', () => {
  fc.assert(
    fc.property(cases, ({ shape, order, ends, stretch }) => {
      const strides = packedStrides(shape, order)
      const box: PlainBox = {
        kind: 'box',
        coords: shape.map(() => 0),
        dims: ends.map(([a, b], k) => ({
          kind: 'run',
          start: Math.min(a, b),
          step: 1,
          count: Math.abs(a - b) + 1,
          outStart: 100 * k,
        })),
      }
      const [first, end] = [Math.min(...stretch), Math.max(...stretch)]
      const parts = stretchProjections(box, { shape, strides }, first, end)
      const expected = named(box, strides).filter(([at]) => at >= first && at < end)
      expect(parts.flatMap((part) => named(part, strides)).sort()).toEqual(expected.sort())
      expect(parts.length).toBeLessThanOrEqual(2 * shape.length)
    }),
    { seed: 20240917, numRuns: 2000 },
  )
})

test('whole rows of a stretch are one part', () => {
  const box = {
    kind: 'box' as const,
    coords: [0, 0],
    dims: [0, 1].map(() => ({ kind: 'run' as const, start: 0, step: 1, count: 100, outStart: 0 })),
  }
  const parts = stretchProjections(box, { shape: [100, 100], strides: [100, 1] }, 250, 7_320)
  expect(parts.map(projectedItems)).toEqual([50, 7_000, 20])
})

test('steps and lists are no plain boxes', () => {
  const run = { kind: 'run' as const, start: 0, step: 2, count: 1, outStart: 0 }
  expect(isPlainBox({ kind: 'box', coords: [0], dims: [run] })).toBe(false)
  const list = { kind: 'list' as const, chunk: Uint32Array.of(1), out: Float64Array.of(0) }
  expect(isPlainBox({ kind: 'box', coords: [0], dims: [list] })).toBe(false)
})
