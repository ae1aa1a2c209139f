import { expect, test } from 'vitest'
import { completions } from './completions'

const names = ['time', 'lat', 'lon', null]

test.each([
  ['t', 1, ['time'], 0],
  ['time=3, l', 9, ['lat', 'lon'], 8],
  ['LO', 2, ['lon'], 0],
])('%s completes to %j', (text, caret, expected, from) => {
  expect(completions(text, caret, names)).toEqual({ names: expected, from, to: caret })
})

test.each([['3'], ['time='], ['time=3, '], ['::2'], ['time=1, t']])('%s completes to nothing', (text) => {
  expect(completions(text, text.length, names)).toBeNull()
})
