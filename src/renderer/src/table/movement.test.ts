import { describe, expect, test } from 'vitest'
import { ARROWS, dataEdge, move, type Position } from './movement'

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

describe('Ctrl and an arrow, over # data, . none and ? not known', () => {
  // One row of cells; the caret's place before and after.
  test.each([
    ['####..##', 0, 'ArrowRight', 3],
    ['####..##', 3, 'ArrowRight', 6],
    ['####..##', 4, 'ArrowRight', 6],
    ['####..##', 6, 'ArrowRight', 7],
    ['####..##', 7, 'ArrowRight', 7],
    ['####..##', 7, 'ArrowLeft', 6],
    ['####..##', 6, 'ArrowLeft', 3],
    ['#.......', 0, 'ArrowRight', 7],
    ['........', 2, 'ArrowLeft', 0],
    ['###?####', 0, 'ArrowRight', 7],
    ['#..?#...', 0, 'ArrowRight', 7],
    ['########', 4, 'ArrowLeft', 0],
  ])('%s from %i by %s to %i', (cells, from, key, to) => {
    const known = (_row: number, column: number): boolean | undefined =>
      ({ '#': true, '.': false })[cells[column] ?? '?']
    const step = ARROWS[key]!
    expect(dataEdge({ row: 0, column: from }, step, { rows: 1, columns: cells.length }, known)).toEqual({
      row: 0,
      column: to,
    })
  })

  test('a long run ends the search: nobody waits for it', () => {
    let looked = 0
    const to = dataEdge({ row: 5, column: 2 }, ARROWS['ArrowDown']!, { rows: 1e12, columns: 4 }, () => {
      looked++
      return true
    })
    expect(to).toEqual<Position>({ row: 1e12 - 1, column: 2 })
    expect(looked).toBeLessThan(300_000)
  })
})
