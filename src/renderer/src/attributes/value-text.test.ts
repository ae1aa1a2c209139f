import { parseJson } from '@shared/json/parse'
import { expect, test } from 'vitest'
import type { AttributeType } from './rows'
import { editableText, typedAttributes, typedValue } from './value-text'

test.each<[string, AttributeType, string]>([
  ['say "hi"\n', 'string', '"say \\"hi\\"\\n"'],
  ['', 'string', '""'],
  ['12345678901234567890123', 'integer', '12345678901234567890123'],
  ['-0', 'integer', '-0'],
  ['1', 'float', '1.0'],
  ['-0', 'float', '-0.0'],
  ['1.50', 'float', '1.50'],
  ['1e400', 'float', '1e400'],
  [' true ', 'bool', 'true'],
  ['anything', 'null', 'null'],
  ['[1, 2.0]', 'list', '[1, 2.0]'],
  ['{"a": 1}', 'object', '{"a": 1}'],
])('%j as %s is %s', (text, type, json) => expect(typedValue(text, type)).toEqual({ json }))

test.each<[string, AttributeType, string]>([
  ['1.0', 'integer', 'digits'],
  ['007', 'integer', 'leading zeros'],
  ['', 'integer', 'digits'],
  ['one', 'float', 'number'],
  ['.5', 'float', 'number'],
  ['yes', 'bool', 'true or false'],
  ['{"a": 1}', 'list', 'A list'],
  ['[1', 'list', 'line 1'],
  ['{"a": 1, "a": 2}', 'object', 'twice'],
])('%j is no %s', (text, type, why) => {
  expect(typedValue(text, type)).toEqual({ error: expect.stringContaining(why) as string })
})

test('what strict JSON forbids is allowed with a warning', () => {
  expect(typedValue('NaN', 'float')).toMatchObject({ json: 'NaN', warning: expect.any(String) as string })
  expect(typedAttributes('{"a": -Infinity}')).toMatchObject({ warning: expect.any(String) as string })
  expect(typedAttributes('[]')).toMatchObject({ error: expect.any(String) as string })
})

test.each<[string, AttributeType, string]>([
  ['1', 'float', '1.0'],
  ['1.0', 'integer', '1'],
  ['1.5', 'integer', '0'],
  ['"true"', 'bool', 'true'],
  ['"a"', 'list', '["a"]'],
  ['[1]', 'list', '[\n  1\n]'],
  ['"x"', 'string', 'x'],
])('%s is edited as %s from %j', (json, type, text) => {
  expect(editableText(parseJson(json).value, type)).toBe(text)
})
