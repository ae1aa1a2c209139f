import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scaleOf, symlogThreshold, tickText, type ScaleKind } from './scale'

describe('scales', () => {
  test.each<[ScaleKind, number]>([
    ['linear', -250],
    ['log', 0.003],
    ['symlog', -1234.5],
    ['symlog', 0],
    ['symlog', 0.02],
  ])('%s comes back from the place of %d', (kind, value) => {
    const scale = scaleOf(kind, 2000)
    expect(scale.inverse(scale.forward(value))).toBeCloseTo(value, 8)
  })

  test('larger values have larger places, on every scale', () => {
    const number = fc.double({ min: 1e-6, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(number, number, fc.constantFrom<ScaleKind>('linear', 'log', 'symlog'), (a, b, kind) => {
        const scale = scaleOf(kind, 1e9)
        if (a < b) expect(scale.forward(a)).toBeLessThanOrEqual(scale.forward(b))
        if (kind === 'symlog') expect(scale.forward(-a)).toBe(-scale.forward(a))
      }),
      { seed: 20261128 },
    )
  })

  test('a logarithm has no place for 0 and less; symlog has', () => {
    expect(scaleOf('log', 10).forward(0)).toBeNaN()
    expect(scaleOf('log', 10).forward(-1)).toBeNaN()
    expect(scaleOf('symlog', 10).forward(0)).toBe(0)
  })

  test('symlog is linear below the thousandth part of the largest power of ten', () => {
    expect(symlogThreshold(2500)).toBe(1)
    expect(symlogThreshold(0)).toBe(1)
    const { forward } = scaleOf('symlog', 2500)
    expect(forward(0.002) / forward(0.001)).toBeCloseTo(2, 2)
    expect(forward(1e4) - forward(1e3)).toBeCloseTo(1, 2)
  })
})

describe('ticks', () => {
  test.each<[ScaleKind, number, number, number, number[]]>([
    ['linear', 0, 10, 5, [0, 2, 4, 6, 8, 10]],
    ['linear', -0.3, 0.3, 3, [-0.2, 0, 0.2]],
    ['linear', 271.3, 271.8, 5, [271.3, 271.4, 271.5, 271.6, 271.7, 271.8]],
    ['linear', 5, 5, 5, [5]],
    ['log', 0.5, 2000, 6, [1, 10, 100, 1000]],
    ['log', 1e-9, 1e9, 4, [1e-9, 1e-4, 1e1, 1e6]],
    ['symlog', -1000, 1000, 8, [-1000, -100, -10, -1, 0, 1, 10, 100, 1000]],
  ])('%s from %d to %d', (kind, min, max, count, expected) => {
    expect(scaleOf(kind, Math.max(Math.abs(min), max)).ticks(min, max, count)).toEqual(expected)
  })

  test.each([
    [0, '0'],
    [0.30000000000000004, '0.3'],
    [1e7, '1e7'],
    [2.5e-9, '2.5e-9'],
    [-12000, '-12000'],
    [1e300, '1e300'],
  ])('%d reads %s', (value, text) => expect(tickText(value)).toBe(text))
})
