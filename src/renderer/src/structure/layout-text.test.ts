import { expect, test } from 'vitest'
import { joinPath, lengthsText, parseFilters, parseLengths, parseNames, parseShape } from './layout-text'

test.each([
  ['100, none', [100, null]],
  ['(10, 1_000,)', [10, 1000]],
  ['', []],
])('%s are lengths', (text, value) => expect(parseLengths(text, { none: true })).toEqual({ value }))

test('what is no length is named', () => {
  expect(parseShape('10, ten')).toEqual({ wrong: '“ten” is not a whole number.' })
  expect(parseShape('10, none')).toEqual({ wrong: '“none” is not a whole number.' })
  expect(parseLengths('-5', { none: true })).toHaveProperty('wrong')
  expect(parseShape('99999999999999999999')).toHaveProperty('wrong')
})

test('filters, names and paths', () => {
  expect(parseFilters('delta shuffle:4\n{"id": "x y"}')).toEqual(['delta', 'shuffle:4', '{"id": "x y"}'])
  expect(parseNames('y, , x')).toEqual(['y', null, 'x'])
  expect(parseNames(' ')).toBeNull()
  expect(lengthsText([5, null])).toBe('5, none')
  expect([joinPath('', '/a/'), joinPath('g', 'a/b'), joinPath('g', '')]).toEqual(['a', 'g/a/b', ''])
})
