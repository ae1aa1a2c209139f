import { expect, test } from 'vitest'
import { formatLayoutText, parseLayoutText } from './layout-text'
import { splitCandidates } from './split-text'

test.each([
  ['10, 100', [10, 100], null],
  ['(10,)', [10], null],
  ['1, None, none', [1, null, null], null],
  ['[ -1 , 5 ]', [null, 5], null],
  ['10, 100 / 100, None', [10, 100], [100, null]],
  ['10/none', [10], null],
  ['', [], null],
])('%j', (text, chunks, shards) => {
  const found = parseLayoutText(text)
  expect(found).toEqual({ chunks, shards })
  expect(parseLayoutText(formatLayoutText(found))).toEqual(found)
})

test.each([
  ['a', /"a" is no whole number from 1 up and not None/],
  ['10,,5', /a length is missing/],
  ['0', /"0" is no whole number/],
  ['1.5, 3', /"1.5" is no/],
  ['-2', /"-2" is no/],
  ['99999999999999999', /no whole number/],
  ['1/2/3', /one slash/],
])('%j is refused', (text, why) => expect(() => parseLayoutText(text)).toThrow(why))

test('candidates are split at commas outside of JSON', () => {
  expect(splitCandidates('zstd:3, {"id":"lzma","filters":[1,2],"a":"},{"} ,, F+lz4')).toEqual([
    'zstd:3',
    '{"id":"lzma","filters":[1,2],"a":"},{"}',
    'F+lz4',
  ])
})
