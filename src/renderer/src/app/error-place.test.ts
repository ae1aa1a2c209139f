import { MetadataError, UsageError } from '@shared/errors'
import { expect, test } from 'vitest'
import { errorPlace } from './error-place'

const TEXT = '{\n  "shape": [4,},\n  "grid": {"name": "x"}\n}'
const SOUND = '{"shape": -1, "grid": {"name": "x"}}'
const document = { key: 'a/zarr.json', text: TEXT, bytes: 40, isCut: false, invalidAt: null }

const marked = (change: Partial<typeof document> | { invalidAt: number }, field: string, why: string) => {
  const changed = { ...document, ...change }
  const range = errorPlace(changed, new MetadataError('a/zarr.json', field, why))
  return range && changed.text.slice(range.start, range.end)
}

test.each([
  ['line and column', {}, '', 'line 2, column 15: expected a value.', '}'],
  ['the end of the text', { text: '{"a"' }, '', 'line 1, column 5: expected ":".', ''],
  ['a line beyond what was read', { isCut: true }, '', 'line 9, column 1: expected ",".', null],
  ['bytes that are no UTF-8', { invalidAt: 4 }, '', 'it is not valid UTF-8.', '"'],
  ['a field', { text: SOUND }, 'shape', 'it must be a list.', '"shape": -1'],
  ['a field of a field', { text: SOUND }, 'grid.name', 'it is unknown.', '"name": "x"'],
  ['a missing field of a field', { text: SOUND }, 'grid.configuration', 'missing.', '"grid": {"name": "x"}'],
  ['a missing field', { text: SOUND }, 'data_type', 'the field is missing.', null],
  ['an empty document', { text: '' }, '', 'line 1, column 1: the document is empty.', null],
])('marks %s', (_, change, field, why, expected) => {
  expect(marked(change, field, why)).toBe(expected)
})

test('marks nothing in another document or for another error', () => {
  const why = 'line 1, column 1: expected a value.'
  expect(errorPlace(document, new MetadataError('a/.zattrs', '', why))).toBeNull()
  expect(errorPlace(document, new UsageError(why))).toBeNull()
})
