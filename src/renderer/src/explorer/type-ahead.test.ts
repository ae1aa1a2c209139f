import { expect, test } from 'vitest'
import { findByPrefix, typed } from './type-ahead'

const names = ['alpha', 'beta', 'Bravo', 'brine', 'zeta']
const find = (from: number, text: string): number =>
  findByPrefix(names.length, from, text, (i) => names[i] ?? '')

test.each([
  [0, 'b', 1],
  [1, 'b', 2],
  [3, 'b', 1],
  [1, 'br', 2],
  [2, 'br', 2],
  [2, 'bri', 3],
  [0, 'a', 0],
  [0, 'q', -1],
])('from row %d, "%s" goes to row %d', (from, text, row) => expect(find(from, text)).toBe(row))

test('letters add up until a pause; a repeated letter stays one letter', () => {
  const b = typed({ text: '', at: 0 }, 'b', 1000)
  expect(b.text).toBe('b')
  expect(typed(b, 'r', 1200).text).toBe('br')
  expect(typed(b, 'r', 3000).text).toBe('r')
  expect(typed(b, 'b', 1200).text).toBe('b')
})
