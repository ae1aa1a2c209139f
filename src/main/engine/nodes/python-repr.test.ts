import { expect, test } from 'vitest'
import { parseJson } from '@shared/json/parse'
import { pythonRepr, pythonTuple } from './python-repr'

/** JSON text and what Python prints for the value it loads from it. */
test.each([
  ['{"clevel": 5, "cname": "blosclz", "shuffle": 1}', "{'clevel': 5, 'cname': 'blosclz', 'shuffle': 1}"],
  [
    '{"filters": [{"dist": 4, "id": 3}], "preset": null}',
    "{'filters': [{'dist': 4, 'id': 3}], 'preset': None}",
  ],
  ['[true, false, null, {}, []]', '[True, False, None, {}, []]'],
  [
    '[1.0, 0.1, -0.0, 1e16, 1e15, 1e-5, 0.0001, 1e22]',
    '[1.0, 0.1, -0.0, 1e+16, 1000000000000000.0, 1e-05, 0.0001, 1e+22]',
  ],
  ['[NaN, Infinity, -Infinity]', '[nan, inf, -inf]'],
  ['[18446744073709551615, -5]', '[18446744073709551615, -5]'],
  [`["it's", "a\\"b", "both'\\"", "\\u0000\\n"]`, `["it's", 'a"b', 'both\\'"', '\\x00\\n']`],
])('%s', (json, python) => expect(pythonRepr(parseJson(json).value)).toBe(python))

test('a tuple of one has its comma', () => {
  expect([[], [5], [5, 7]].map(pythonTuple)).toEqual(['()', '(5,)', '(5, 7)'])
})
