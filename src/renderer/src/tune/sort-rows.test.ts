import { describe, expect, test } from 'vitest'
import { nextSort, sortRows, type Sort } from './sort-rows'

interface Row {
  name: string
  ratio: number | null
}
const rows: Row[] = [
  { name: 'b', ratio: 2 },
  { name: 'refused', ratio: null },
  { name: 'c', ratio: 10 },
  { name: 'a', ratio: 2 },
]
const names = (sort: Sort | null): string =>
  sortRows(rows, sort, (row, column) => (column === 'name' ? row.name : row.ratio))
    .map(({ name }) => name)
    .join(' ')

test.each([
  [null, 'b refused c a'],
  [{ column: 'ratio', descending: true }, 'c b a refused'],
  [{ column: 'ratio', descending: false }, 'b a c refused'],
  [{ column: 'name', descending: false }, 'a b c refused'],
  [{ column: 'name', descending: true }, 'refused c b a'],
])('by %o: %s', (sort, order) => expect(names(sort)).toBe(order))

describe('a click on a column', () => {
  test('brings its better end to the top, then the other, then what it was', () => {
    const first = nextSort(null, 'ratio', 'descending')
    expect(first).toEqual({ column: 'ratio', descending: true })
    const second = nextSort(first, 'ratio', 'descending')
    expect(second).toEqual({ column: 'ratio', descending: false })
    expect(nextSort(second, 'ratio', 'descending')).toBeNull()
  })
  test('leaves the former column', () =>
    expect(nextSort({ column: 'ratio', descending: false }, 'files', 'ascending')).toEqual({
      column: 'files',
      descending: false,
    }))
})
