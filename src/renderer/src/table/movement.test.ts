import { expect, test } from 'vitest'
import { inRange, move, rangeRect } from './movement'

const extent = { rows: 1e12, columns: 10, page: 30 }

test.each([
  ['ArrowUp', false, { row: 5, column: 5 }, { row: 4, column: 5 }],
  ['ArrowUp', false, { row: 0, column: 5 }, { row: 0, column: 5 }],
  ['ArrowDown', true, { row: 5, column: 5 }, { row: 1e12 - 1, column: 5 }],
  ['ArrowRight', false, { row: 5, column: 9 }, { row: 5, column: 9 }],
  ['PageDown', false, { row: 5, column: 5 }, { row: 35, column: 5 }],
  ['PageUp', false, { row: 5, column: 5 }, { row: 0, column: 5 }],
  ['Home', false, { row: 5, column: 5 }, { row: 5, column: 0 }],
  ['End', true, { row: 5, column: 5 }, { row: 1e12 - 1, column: 9 }],
])('%s (ctrl %s) from %j leads to %j', (key, ctrl, from, to) => {
  expect(move({ key, ctrl }, from, extent)).toEqual(to)
})

test('other keys do not move', () => {
  expect(move({ key: 'a', ctrl: false }, { row: 0, column: 0 }, extent)).toBeUndefined()
})

test('a range is the rectangle between its corners', () => {
  const range = { anchor: { row: 4, column: 1 }, head: { row: 2, column: 3 } }
  expect(rangeRect(range)).toEqual({ row: 2, column: 1, rows: 3, columns: 3 })
  expect(inRange(range, 3, 2)).toBe(true)
  expect(inRange(range, 5, 2)).toBe(false)
  expect(inRange(null, 0, 0)).toBe(false)
})
