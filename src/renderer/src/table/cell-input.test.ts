import { expect, test } from 'vitest'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { inputText, parseInput, storedAs } from './cell-input'

const INT8: DataTypeSpec = { kind: 'int', bits: 8 }
const UINT64: DataTypeSpec = { kind: 'uint', bits: 64 }
const HALF: DataTypeSpec = { kind: 'float', format: 'float16' }
const DOUBLE: DataTypeSpec = { kind: 'float', format: 'float64' }
const SHORT_TEXT: DataTypeSpec = { kind: 'text', length: 3 }
const BYTES: DataTypeSpec = { kind: 'bytes', length: 3 }
const RAW: DataTypeSpec = { kind: 'raw', length: 2 }
const DAYS: DataTypeSpec = { kind: 'datetime', unit: 'D', scale: 1 }
const POINT: DataTypeSpec = {
  kind: 'struct',
  fields: [
    { name: 'x', type: DOUBLE },
    { name: 'tag', type: SHORT_TEXT },
  ],
}

test.each<[DataTypeSpec, string, string]>([
  [INT8, ' -128 ', '-128'],
  [INT8, '1e2', '100'],
  [UINT64, '18446744073709551615', '18446744073709551615'],
  [HALF, '0.1', '0.1'],
  [DOUBLE, 'NaN', 'nan'],
  [{ kind: 'complex', part: 'float64' }, '1.5-2j', '(1.5-2j)'],
  [DAYS, '2001-02-03', '2001-02-03'],
  [DAYS, 'nat', 'NaT'],
  [SHORT_TEXT, ' a ', ' a '],
  [{ kind: 'vlen-text' }, 'two\nlines\t', 'two\nlines\t'],
  [BYTES, "b'a\\xff'", "b'a\\xff'"],
  [BYTES, 'base64:AQL/', "b'\\x01\\x02\\xff'"],
  [RAW, '0x01ff', "b'\\x01\\xFF'"],
  [POINT, '(1, "ab")', "(1.0, 'ab')"],
  [POINT, '{"x": 2.5, "tag": ""}', "(2.5, '')"],
  [{ kind: 'bool' }, 'TRUE', 'True'],
  [{ kind: 'object' }, '{"a": [1, 2.0]}', '{"a": [1, 2.0]}'],
  [{ kind: 'vlen-array', item: INT8 }, '[1, 2]', '[1, 2]'],
])('%j takes %j as %s', (spec, text, shown) => {
  const dtype = dataType(spec)
  const bytes = parseInput(dtype, text)
  const value = dtype.read(bytes, 0, bytes.length)
  expect(dtype.format(value)).toBe(shown)
  // What the editor starts with gives the same bytes again.
  expect(parseInput(dtype, inputText(dtype, value))).toEqual(bytes)
})

test.each<[DataTypeSpec, string, RegExp]>([
  [INT8, '128', /does not fit into int8 \(-128 to 127\)/],
  [INT8, '1.5', /not an integer/],
  [INT8, '', /value is needed/],
  [UINT64, '-1', /does not fit/],
  [HALF, '70000', /beyond the range of float16/],
  [SHORT_TEXT, 'four', /4 characters; this type holds 3/],
  [BYTES, 'four', /4 bytes; this type holds 3/],
  [BYTES, 'base64:***', /not base64/],
  [RAW, 'a', /exactly 2/],
  [DAYS, '2001-02-30', /no day 30/],
  [DAYS, '2001-02-03T01', /between/],
  [POINT, '(1)', /2 fields/],
  [POINT, '(1, "long")', /4 characters/],
])('%j refuses %j', (spec, text, why) => {
  expect(() => parseInput(dataType(spec), text)).toThrow(why)
})

test.each<[DataTypeSpec, string, string | undefined]>([
  [HALF, '3.14159', '3.14'],
  [HALF, '0.1', undefined],
  [HALF, '0.50', undefined],
  [DOUBLE, '9007199254740993', '9007199254740992.0'],
  [DOUBLE, '9007199254740992', undefined],
  [DOUBLE, '1_000', undefined],
  [DOUBLE, 'inf', undefined],
  [DOUBLE, 'nan', undefined],
  [INT8, '3', undefined],
])('%j tells that %s is stored as %s', (spec, text, shown) => {
  const dtype = dataType(spec)
  expect(storedAs(dtype, text, parseInput(dtype, text))).toBe(shown)
})
