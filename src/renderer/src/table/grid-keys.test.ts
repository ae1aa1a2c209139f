import { expect, test } from 'vitest'
import { keyTarget } from './grid-keys'
import { type Range, rangeAt } from './ranges'

const extent = { rows: 100, columns: 10, page: 20 }
const at = (row: number, column: number) => ({ row, column })
const press = (keys: string, range: Range) => {
  const parts = keys.split('+')
  const event = {
    key: parts.at(-1) === 'Space' ? ' ' : parts.at(-1)!,
    ctrlKey: parts.includes('Ctrl'),
    metaKey: false,
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
  }
  return keyTarget(event, range, extent, (from) => ({ ...from, column: 7 }))
}
const single = rangeAt(at(5, 5))
const box: Range = { anchor: at(2, 2), head: at(4, 3) }

test.each<[string, Range, Range]>([
  ['ArrowDown', single, rangeAt(at(6, 5))],
  ['ArrowDown', box, rangeAt(at(3, 2))],
  ['Shift+ArrowDown', box, { anchor: at(2, 2), head: at(5, 3) }],
  ['Ctrl+ArrowRight', single, rangeAt(at(5, 7))],
  ['Ctrl+Shift+ArrowRight', box, { anchor: at(2, 2), head: at(4, 7) }],
  ['Shift+PageDown', single, { anchor: at(5, 5), head: at(25, 5) }],
  ['Ctrl+Home', single, rangeAt(at(0, 0))],
  ['Enter', single, rangeAt(at(6, 5))],
  ['Shift+Enter', single, rangeAt(at(4, 5))],
  ['Enter', box, { ...box, active: at(3, 2) }],
  ['Shift+Tab', box, { ...box, active: at(4, 3) }],
  ['Escape', { ...box, active: at(3, 3) }, rangeAt(at(3, 3))],
  ['Ctrl+Space', box, { anchor: at(0, 2), head: at(99, 3), active: at(2, 2) }],
  ['Shift+Space', box, { anchor: at(2, 0), head: at(4, 9), active: at(2, 2) }],
])('%s makes %j %j', (keys, range, wanted) => {
  expect(press(keys, range)?.range).toEqual(wanted)
})

test.each([
  ['Tab', single],
  ['Escape', single],
  ['a', box],
  ['Alt+ArrowDown', box],
  ['Space', single],
])('%s is no movement', (keys, range) => {
  expect(press(keys, range)).toBeUndefined()
})
