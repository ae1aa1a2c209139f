import { describe, expect, test } from 'vitest'
import { mapAction } from './map-keys'

const shape = { rows: 10, columns: 20, count: 195 }
const at = { row: 4, column: 6, rows: 1, columns: 1 }

const press = (name: string, from: typeof at | null = at) => {
  const [key, ...modifiers] = name.split('+').reverse()
  return mapAction(
    {
      key: key || '+',
      ctrlKey: modifiers.includes('Ctrl'),
      shiftKey: modifiers.includes('Shift'),
      metaKey: modifiers.includes('Meta'),
      altKey: modifiers.includes('Alt'),
    },
    from,
    shape,
    3,
  )
}

describe('keys on the map', () => {
  test.each([
    ['ArrowRight', 4, 7],
    ['ArrowLeft', 4, 5],
    ['ArrowUp', 3, 6],
    ['ArrowDown', 5, 6],
    ['PageUp', 1, 6],
    ['PageDown', 7, 6],
    ['Home', 4, 0],
    ['End', 4, 19],
    ['Ctrl+Home', 0, 0],
    // The last line of a map in lines may be short.
    ['Ctrl+End', 9, 14],
  ])('%s goes to row %i, column %i', (key, row, column) =>
    expect(press(key)).toEqual({ kind: 'go', to: { row, column } }),
  )

  test('the first key goes to the first chunk, and none leaves the map', () => {
    expect(press('ArrowDown', null)).toEqual({ kind: 'go', to: { row: 0, column: 0 } })
    expect(press('ArrowUp', { ...at, row: 0 })).toEqual({ kind: 'go', to: { row: 0, column: 6 } })
    expect(press('PageDown', { ...at, row: 9 })).toEqual({ kind: 'go', to: { row: 9, column: 6 } })
  })

  test('a cell of several chunks is left as a whole', () => {
    const cell = { row: 4, column: 8, rows: 4, columns: 4 }
    expect(press('ArrowRight', cell)).toEqual({ kind: 'go', to: { row: 4, column: 12 } })
    expect(press('ArrowLeft', cell)).toEqual({ kind: 'go', to: { row: 4, column: 7 } })
  })

  test.each([
    ['Shift+ArrowLeft', { kind: 'pan', rows: 0, columns: -1 }],
    ['+', { kind: 'zoom', factor: 1.5 }],
    ['0', { kind: 'fit' }],
    ['Enter', { kind: 'open' }],
    ['Escape', { kind: 'leave' }],
    ['a', null],
    ['Ctrl+ArrowRight', null],
    ['Alt+ArrowDown', null],
    ['Meta+0', null],
  ])('%s is %j', (key, action) => expect(press(key)).toEqual(action))
})
