import { expect, test } from 'vitest'
import { clampSpan, positionsIn, wholeSpan, zoomSpan } from './window'

test.each([
  [
    { from: -10, to: 5 },
    { from: -0.5, to: 14.5 },
  ],
  [
    { from: 90, to: 120 },
    { from: 69.5, to: 99.5 },
  ],
  [
    { from: 5, to: 2 },
    { from: 2, to: 5 },
  ],
  [
    { from: 40, to: 40.1 },
    { from: 39.05, to: 41.05 },
  ],
  [
    { from: -1000, to: 1000 },
    { from: -0.5, to: 99.5 },
  ],
])('%j stays inside 100 positions', (span, expected) => {
  const found = clampSpan(span, wholeSpan(100), 2)
  expect(found.from).toBeCloseTo(expected.from, 9)
  expect(found.to).toBeCloseTo(expected.to, 9)
})

test('zooming keeps the place it is around', () => {
  expect(zoomSpan({ from: 0, to: 100 }, 0.5, 20)).toEqual({ from: 10, to: 60 })
  expect(zoomSpan({ from: 0, to: 100 }, 2)).toEqual({ from: -50, to: 150 })
})

test.each([
  [{ from: -0.5, to: 9.5 }, 10, { start: 0, count: 10 }],
  [{ from: 2.6, to: 4.2 }, 10, { start: 3, count: 2 }],
  [{ from: 2.4, to: 4.4 }, 10, { start: 2, count: 3 }],
  [{ from: 9.4, to: 30 }, 10, { start: 9, count: 1 }],
  [wholeSpan(1), 1, { start: 0, count: 1 }],
  [wholeSpan(0), 0, { start: 0, count: 0 }],
])('%j of %d positions touches %j', (span, count, expected) => {
  expect(positionsIn(span, count)).toEqual(expected)
})
