import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MetadataError, UsageError } from '../errors'
import { editJson, type JsonEdit } from './edit'
import { parseJson } from './parse'
import type { JsonPath } from './path'
import { stringifyJson } from './stringify'
import { parseJsonTree } from './tree'
import { JsonFloat, type JsonObject, type JsonValue } from './value'

const set = (value: JsonValue): JsonEdit => ({ kind: 'set', value })
const insert = (value: JsonValue): JsonEdit => ({ kind: 'insert', value })
const drop: JsonEdit = { kind: 'delete' }

const DOC =
  '{\n    "shape": [\n        10\n    ],\n    "fill":  1.0,\n    "attributes": {"a": NaN, "b": [1,2]}\n}\n'

describe('edits keep every other byte', () => {
  test.each<[string, string, JsonPath, JsonEdit, string]>([
    ['replace', DOC, ['fill'], set(2), DOC.replace('1.0', '2')],
    ['replace an item', DOC, ['attributes', 'b', 1], set(true), DOC.replace('[1,2]', '[1,true]')],
    [
      'replace in lines',
      DOC,
      ['shape'],
      set([1, 2]),
      DOC.replace('[\n        10\n    ]', '[\n        1,\n        2\n    ]'),
    ],
    ['new name at the end', DOC, ['x'], set('y'), DOC.replace('[1,2]}\n', '[1,2]},\n    "x": "y"\n')],
    ['append an item', DOC, ['shape', 1], insert(20), DOC.replace('10\n', '10,\n        20\n')],
    ['insert in front', DOC, ['shape', 0], insert(5), DOC.replace('10\n', '5,\n        10\n')],
    ['insert in a short list', DOC, ['attributes', 'b', 1], insert(9), DOC.replace('[1,2]', '[1,9, 2]')],
    ['delete the first', DOC, ['attributes', 'a'], drop, DOC.replace('"a": NaN, ', '')],
    ['delete the last', DOC, ['attributes', 'b'], drop, DOC.replace(', "b": [1,2]', '')],
    ['delete in lines', DOC, ['fill'], drop, DOC.replace('\n    "fill":  1.0,', '')],
    ['delete the only', DOC, ['shape', 0], drop, DOC.replace('[\n        10\n    ]', '[]')],
    ['rename', DOC, ['attributes', 'a'], { kind: 'rename', name: 'é"' }, DOC.replace('"a"', '"é\\""')],
    ['text as written', DOC, ['fill'], { kind: 'text', text: ' 1e0 ' }, DOC.replace('1.0', '1e0')],
    ['the whole as written', ' {"a":1} ', [], { kind: 'text', text: '{"b":  2}' }, ' {"b":  2} '],
    [
      'to the front',
      DOC,
      ['attributes', 'b'],
      { kind: 'move', to: 0 },
      DOC.replace('"a": NaN, "b": [1,2]', '"b": [1,2], "a": NaN'),
    ],
    ['to the end', '[1 , 2.0,3]', [0], { kind: 'move', to: 2 }, '[2.0 , 3,1]'],
    ['to its own place', DOC, ['fill'], { kind: 'move', to: 1 }, DOC],
    ['rename to itself', DOC, ['fill'], { kind: 'rename', name: 'fill' }, DOC],
    ['empty document', '{}', ['a'], set(new Map([['b', 1]])), '{"a":{"b":1}}'],
    ['compact document', '{"a":1}', ['b'], set([1, 2]), '{"a":1,"b":[1,2]}'],
    ['spaced document', '{"a": 1}', ['b'], set([1, 2]), '{"a": 1, "b": [1, 2]}'],
    ['the whole', ' {"a":1} ', [], set(null), ' null '],
    ['empty object in lines', '{\n\t"a": {}\n}', ['a', 'b'], insert([]), '{\n\t"a": {\n\t\t"b": []\n\t}\n}'],
    ['CRLF', '{\r\n  "a": 1\r\n}', ['b'], set([1]), '{\r\n  "a": 1,\r\n  "b": [\r\n    1\r\n  ]\r\n}'],
    ['escaped document', '{"a":"\\u00e9"}', ['b'], set('ü'), '{"a":"\\u00e9","b":"\\u00fc"}'],
    [
      'exact numbers',
      '{"a":1}',
      ['a'],
      set([new JsonFloat('-0.0'), 2n ** 64n]),
      '{"a":[-0.0,18446744073709551616]}',
    ],
  ])('%s', (_, text, path, edit, expected) => {
    expect(editJson(text, path, edit)).toBe(expected)
  })

  test('an empty document takes the indentation asked for', () => {
    expect(editJson('{}', ['a'], set([1]), { indent: 4 })).toBe('{\n    "a": [\n        1\n    ]\n}')
  })
})

describe('refusals', () => {
  test.each<[string, JsonPath, JsonEdit]>([
    ['{"a":1}', ['b'], drop],
    ['{"a":1}', ['a', 'b'], drop],
    ['{"a":1}', ['a'], insert(2)],
    ['{"a":1,"b":2}', ['a'], { kind: 'rename', name: 'b' }],
    ['[1]', [2], insert(1)],
    ['[1]', [1], drop],
    ['[1]', ['x'], set(1)],
    ['[1]', [0], { kind: 'rename', name: 'b' }],
    ['[1]', [], drop],
  ])('%s %j', (text, path, edit) => {
    expect(() => editJson(text, path, edit)).toThrow(UsageError)
  })

  test('a name that occurs twice is not guessed at', () => {
    expect(() => editJson('{"a":{"b":1,"b":2}}', ['a', 'b'], drop, { key: '.zattrs' })).toThrow(MetadataError)
    expect(editJson('{"a":{"b":1,"b":2},"c":3}', ['c'], drop)).toBe('{"a":{"b":1,"b":2}}')
  })
})

describe('tree', () => {
  test('offsets enclose tokens', () => {
    const text = ' {"a" : [1, "é"]}'
    const tree = parseJsonTree(text)
    expect(text.slice(tree.start, tree.end)).toBe('{"a" : [1, "é"]}')
    if (tree.kind !== 'object') throw new Error('not an object')
    const [member] = tree.members
    expect(text.slice(member!.nameStart, member!.nameEnd)).toBe('"a"')
    expect(text.slice(member!.value.start, member!.value.end)).toBe('[1, "é"]')
  })
})

test('random edits give what the same edit of the value gives', () => {
  const json = fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 })
  const layout = fc.constantFrom({}, { separators: 'spaced' as const }, { indent: 2 }, { indent: '\t' })
  const arbitrary = fc.tuple(
    json,
    layout,
    fc.nat(),
    fc.string({ maxLength: 3 }),
    fc.jsonValue({ maxDepth: 2 }),
    fc.nat(2),
  )
  fc.assert(
    fc.property(arbitrary, ([plain, options, pick, name, added, what]) => {
      const text = stringifyJson(parseJson(JSON.stringify(plain)).value, options)
      const expected = parseJson(text).value as JsonObject
      const value = parseJson(JSON.stringify(added)).value
      const names = [...expected.keys()]
      const chosen = names[pick % Math.max(1, names.length)]
      let edited = text
      if (what === 0) {
        edited = editJson(text, [name], set(value))
        expected.set(name, value)
      } else if (chosen !== undefined && what === 1) {
        edited = editJson(text, [chosen], drop)
        expected.delete(chosen)
      } else if (chosen !== undefined) {
        edited = editJson(text, [chosen], set(value))
        expected.set(chosen, value)
      }
      expect(parseJson(edited).value).toEqual(expected)
      if (names.length > 0) expect(edited).toBe(stringifyJson(expected, options))
    }),
    { seed: 99, numRuns: 400 },
  )
})
