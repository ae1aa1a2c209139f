import { describe, expect, test } from 'vitest'
import { parseJson } from './parse'
import { stringifyJson, type StringifyOptions } from './stringify'

// Right-hand sides recorded from Python 3: json.dumps(json.loads(text), **options).
const python = { indent: 4, sortKeys: true, ascii: true }

describe('as json.dumps writes', () => {
  test.each<[string, StringifyOptions, string]>([
    [
      '{"b": [1, 2.50, []], "a": {}}',
      python,
      '{\n    "a": {},\n    "b": [\n        1,\n        2.50,\n        []\n    ]\n}',
    ],
    [
      '"é\\u007f\\ud83d\\udc0d\\u2028/\\b\\"\\\\"',
      python,
      '"\\u00e9\\u007f\\ud83d\\udc0d\\u2028/\\b\\"\\\\"',
    ],
    ['{"\\uff5e": 1, "\\ud83d\\ude00": 2, "z": 3}', { sortKeys: true }, '{"z":3,"～":1,"😀":2}'],
    ['{"a":[1,{"b":null}]}', { separators: 'spaced' }, '{"a": [1, {"b": null}]}'],
    ['[NaN,-Infinity,true]', { separators: 'spaced' }, '[NaN, -Infinity, true]'],
    ['[[1],2]', { indent: 2 }, '[\n  [\n    1\n  ],\n  2\n]'],
    ['[[1],2]', { indent: '\t', linePrefix: '  ' }, '[\n  \t[\n  \t\t1\n  \t],\n  \t2\n  ]'],
    ['-0', {}, '-0'],
    ['"\\ud800"', {}, '"\\ud800"'],
  ])('%s', (text, options, expected) => {
    expect(stringifyJson(parseJson(text).value, options)).toBe(expected)
  })
})
