import { expect, test } from 'vitest'
import { activeOf, inRange, rangeAt, rangeRect, readSpans, spansOf, stepInside } from './ranges'

const range = { anchor: { row: 4, column: 1 }, head: { row: 2, column: 3 } }

test('a range is the rectangle between its corners', () => {
  expect(rangeRect(range)).toEqual({ row: 2, column: 1, rows: 3, columns: 3 })
  expect(inRange(range, 3, 2)).toBe(true)
  expect(inRange(range, 5, 2)).toBe(false)
})

test('the active cell is the anchor until it is moved', () => {
  expect(activeOf(range)).toEqual({ row: 4, column: 1 })
  expect(activeOf({ ...range, active: { row: 3, column: 2 } })).toEqual({ row: 3, column: 2 })
})

test('selected columns of a row, of several ranges', () => {
  expect(spansOf([range, rangeAt({ row: 3, column: 8 })], 3)).toBe('1:3 8:8')
  expect(readSpans('1:3 8:8')).toEqual([
    [1, 3],
    [8, 8],
  ])
  expect(spansOf([range], 5)).toBe('')
  expect(readSpans('')).toEqual([])
})

test.each([
  [
    'columns',
    1,
    [
      [3, 1],
      [4, 1],
      [2, 2],
      [3, 2],
    ],
  ],
  [
    'rows',
    1,
    [
      [2, 2],
      [2, 3],
      [3, 1],
      [3, 2],
    ],
  ],
  [
    'columns',
    -1,
    [
      [4, 3],
      [3, 3],
      [2, 3],
      [4, 2],
    ],
  ],
  [
    'rows',
    -1,
    [
      [4, 3],
      [4, 2],
      [4, 1],
      [3, 3],
    ],
  ],
] as const)('goes along %s by %i, around the ends', (along, by, wanted) => {
  let active = { row: 2, column: 1 }
  const visited = wanted.map(() => {
    active = stepInside({ ...range, active }, along, by)
    return [active.row, active.column]
  })
  expect(visited).toEqual(wanted)
})

test('comes back to where it began after every cell', () => {
  let at = activeOf(range)
  const seen = new Set<string>()
  for (let i = 0; i < 9; i++) {
    at = stepInside({ ...range, active: at }, 'rows', 1)
    seen.add(`${at.row},${at.column}`)
  }
  expect(seen.size).toBe(9)
  expect(at).toEqual(activeOf(range))
})
