import { expect, test } from 'vitest'
import { partOf, partOfReversed, relayoutSpans } from './relayout'
import { countText, everyText, unreadableText } from './words'

test.each([
  [1, 'every row'],
  [2, 'every 2nd row'],
  [3, 'every 3rd row'],
  [11, 'every 11th row'],
  [21, 'every 21st row'],
  [1112, 'every 1,112th row'],
])('one of %d', (n, text) => expect(everyText(n, 'row')).toBe(text))

test('counts and faults in words', () => {
  expect([countText(1, 'value'), countText(1234, 'index', 'indices')]).toEqual(['1 value', '1,234 indices'])
  expect(unreadableText({ chunks: 2, message: 'c/0 is cut short.' })).toBe(
    '2 chunks cannot be read and are left out; the first: c/0 is cut short.',
  )
})

test('a zoom of plotly as spans, whichever way an axis runs', () => {
  expect(
    relayoutSpans({
      'xaxis.range[0]': 2,
      'xaxis.range[1]': 5,
      'yaxis.range[0]': 9.5,
      'yaxis.range[1]': -0.5,
    }),
  ).toEqual({ x: { from: 2, to: 5 }, y: { from: -0.5, to: 9.5 } })
  expect(relayoutSpans({ 'xaxis.range': [1, 4] })).toEqual({ x: { from: 1, to: 4 }, y: null })
  expect(relayoutSpans({ 'xaxis.autorange': true })).toEqual({ x: null, y: null })
})

test('shares of a span, from its start or from its end', () => {
  const span = { from: 10, to: 20 }
  expect(partOf(span, { from: 0.25, to: 0.5 })).toEqual({ from: 12.5, to: 15 })
  expect(partOfReversed(span, { from: 0.25, to: 0.5 })).toEqual({ from: 15, to: 17.5 })
})
