import { parseJson } from '@shared/json/parse'
import { expect, test } from 'vitest'
import { attributeRows, linkIn, preview, searchAttributes, typeOf, valueText } from './rows'

const document = parseJson(`{
  "units": "K", "big": 12345678901234567890, "one": 1.0, "nan": NaN, "flag": true, "nothing": null,
  "list": [1, [2, 3]], "nested": {"a/b": {"deep": "Temperature"}}, "__proto__": 5
}`).value

test('rows keep document order; closed containers hide their members', () => {
  const keys = attributeRows(document, () => false).map((r) => r.key)
  expect(keys).toEqual(['units', 'big', 'one', 'nan', 'flag', 'nothing', 'list', 'nested', '__proto__'])
})

test('opened containers show their members with pointers as paths', () => {
  const rows = attributeRows(document, (p) => p !== '/list')
  expect(rows.map((r) => r.path)).toContain('/nested/a~1b/deep')
  expect(rows.find((r) => r.key === 'deep')?.depth).toBe(2)
  expect(rows.some((r) => r.path.startsWith('/list/'))).toBe(false)
})

test.each([
  ['units', 'string', 'K'],
  ['big', 'integer', '12345678901234567890'],
  ['one', 'float', '1.0'],
  ['nan', 'float', 'NaN'],
  ['flag', 'bool', 'true'],
  ['nothing', 'null', 'null'],
  ['list', 'list', '[1, [2, 3]]'],
])('%s is a %s printed as %s', (key, type, text) => {
  const row = attributeRows(document, () => false).find((r) => r.key === key)
  expect(row && [typeOf(row.value), valueText(row.value)]).toEqual([type, text])
})

test('a search finds keys and values in any case and opens the way to them', () => {
  const { matches, shown } = searchAttributes(document, 'temperature')
  expect([...matches]).toEqual(['/nested/a~1b/deep'])
  expect(shown).toEqual(new Set(['/nested/a~1b/deep', '/nested/a~1b', '/nested']))
  expect([...searchAttributes(document, 'BIG').matches]).toEqual(['/big'])
})

test('a preview stays short however long the list is', () => {
  const long = Array.from({ length: 100_000 }, (_, i) => i)
  expect(preview(long, 20)).toMatch(/^\[0, 1, 2.*…$/)
  expect(preview(long, 20).length).toBeLessThan(30)
  expect(preview([1, [2]])).toBe('[1, […]]')
})

test('only whole web addresses are links', () => {
  expect(linkIn('https://example.org/a?b=c')).toBe('https://example.org/a?b=c')
  expect(linkIn('see https://example.org')).toBeNull()
  expect(linkIn('javascript:alert(1)')).toBeNull()
  expect(linkIn('file:///etc/passwd')).toBeNull()
})
