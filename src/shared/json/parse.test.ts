import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LimitError, MetadataError } from '../errors'
import { decodeJsonBytes, parseJson } from './parse'
import { stringifyJson } from './stringify'
import { JsonFloat, type JsonValue } from './value'

const value = (text: string): JsonValue => parseJson(text).value

describe('what the grammar allows', () => {
  test.each<[string, JsonValue]>([
    ['[]', []],
    ['{}', new Map()],
    [' [ ] ', []],
    ['\t\n\r {\r\n} \n', new Map()],
    ['null', null],
    ['true', true],
    ['false', false],
    ['"asd"', 'asd'],
    ['""', ''],
    ['" "', ' '],
    ['[1,null,3,2]', [1, null, 3, 2]],
    ['[[],[[]]]', [[], [[]]]],
    ['{"a":{"b":[]}}', new Map([['a', new Map([['b', []]])]])],
    ['{"":0}', new Map([['', 0]])],
    ['{"a\\u0000b":1}', new Map([['a\0b', 1]])],
    ['42', 42],
    ['-0', -0],
    ['0', 0],
    ['-123', -123],
    ['123.456789', 123.456789],
    ['"\\u0060\\u012a\\u12AB"', '`\u012a\u12ab'],
    ['"\\uD801\\udc37"', '\u{10437}'],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'],
    ['"\\\\u0000"', '\\u0000'],
    ['"\u2028\u2029\u007f\uffff"', '\u2028\u2029\u007f\uffff'],
    ['"π😀"', 'π😀'],
    ['"\\ud800"', '\ud800'],
    ['"new\\u00A0line"', 'new\u00a0line'],
    ['"//"', '//'],
    ['[ 4]', [4]],
    ['["a"]\n', ['a']],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected)
    expect(parseJson(text)).toMatchObject({ duplicates: [], nonStandard: false })
  })
})

describe('what the grammar forbids', () => {
  test.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['[1 true]', '"," or "]"'],
    ['["": 1]', '"," or "]"'],
    ['[""],', 'the end of the document'],
    ['[,1]', 'a value'],
    ['[1,,2]', 'a value'],
    ['["x"]]', 'the end of the document'],
    ['["",]', 'a value'],
    ['["x"', 'the end of the document'],
    ['[x', 'a value'],
    ['[3[4]]', '"," or "]"'],
    ['[,]', 'a value'],
    ['[-]', 'a value'],
    ['[1,\n1\n,1', 'line 3'],
    ['["a",\n4\n,1,', 'line 3, column 4'],
    ['[fals]', 'a value'],
    ['[nul]', 'a value'],
    ['[True]', '"T"'],
    ['[nan]', 'a value'],
    ['[-NaN]', 'a value'],
    ['[+NaN]', '"+"'],
    ['[+1]', '"+"'],
    ['[+Infinity]', '"+"'],
    ['[inf]', 'a value'],
    ['[012]', '"," or "]"'],
    ['[-01]', '"," or "]"'],
    ['[1.]', '"."'],
    ['[.5]', '"."'],
    ['[-.5]', 'a value'],
    ['[1.e1]', '"."'],
    ['[1e]', '"e"'],
    ['[1e+]', '"e"'],
    ['[1eE2]', '"e"'],
    ['[0x42]', '"x"'],
    ['[1 000]', '"," or "]"'],
    ['[1_000]', '"_"'],
    ['[1-2]', '"-"'],
    ['[１]', '"１"'],
    ['["a\x00a"]', 'U+0000'],
    ['["\t"]', 'U+0009 must be escaped'],
    ['["new\nline"]', 'U+000A must be escaped'],
    ['["\\x00"]', 'unknown escape'],
    ["['a']", '"\'"'],
    ['["\\u00A"]', 'four hexadecimal digits'],
    ['["\\uqqqq"]', 'four hexadecimal digits'],
    ['["\\U0041"]', 'unknown escape'],
    ['["\\', 'unknown escape'],
    ['["\\"]', 'no end'],
    ['"abc', 'no end'],
    ['{"a":"b",}', 'a name in double quotes'],
    ['{,}', 'a name in double quotes'],
    ['{"a" "b"}', '":"'],
    ['{"a", "b"}', '":"'],
    ['{:1}', 'a name in double quotes'],
    ['{"a":}', 'a value'],
    ['{"a"', '":"'],
    ['{"a":1', 'the end of the document'],
    ['{a: 1}', 'a name in double quotes'],
    ['{1:1}', 'a name in double quotes'],
    ['{"a":1 "b":2}', '"," or "}"'],
    ['{"a":1,,"b":2}', 'a name in double quotes'],
    ['{"a":1]', '"," or "}"'],
    ['[1}', '"," or "]"'],
    ['{]', 'a name in double quotes'],
    ['{} {}', 'the end of the document'],
    ['{}#', '"#"'],
    ['[1]/**/', '"/"'],
    ['[1] // c', '"/"'],
    ['\u00a0[]', 'U+00A0'],
    ['[\f]', 'U+000C'],
    ['\ufeff{}', 'byte order mark'],
    ['<.>', '"<"'],
    ['[\u2060]', 'a value'],
    ['nulll', 'the end of the document'],
    ['123 4', 'the end of the document'],
  ])('%j', (text, why) => {
    const run = (): JsonValue => value(text)
    expect(run).toThrow(MetadataError)
    expect(run).toThrow(why)
  })

  test('the message names the document, the line and the column', () => {
    expect(() => parseJson('{\n  "a": 1,\n  "b": }', { key: 'x/zarr.json' })).toThrow(
      'x/zarr.json: line 3, column 8: expected a value, found "}".',
    )
  })
})

describe('numbers stay exact', () => {
  test.each<[string, JsonValue]>([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['18446744073709551615', 18446744073709551615n],
    ['-9223372036854775808', -9223372036854775808n],
    ['1.0', new JsonFloat('1.0')],
    ['-0.0', new JsonFloat('-0.0')],
    ['1e3', new JsonFloat('1e3')],
    ['1e+21', new JsonFloat('1e+21')],
    ['1E400', new JsonFloat('1E400')],
    ['-1e400', new JsonFloat('-1e400')],
    ['1e-07', new JsonFloat('1e-07')],
    ['0.1', 0.1],
    ['1.50', new JsonFloat('1.50')],
    ['5e-324', 5e-324],
    ['0e1', new JsonFloat('0e1')],
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected)
    expect(stringifyJson(value(text))).toBe(text)
  })

  test('an integer of a million digits survives as text and takes no time', () => {
    const text = '7'.repeat(1_000_000)
    expect(stringifyJson(value(text))).toBe(text)
  })

  test('Python words are reported', () => {
    expect(parseJson('[1, {"a": NaN}]').nonStandard).toBe(true)
    expect(parseJson('[1e400]').nonStandard).toBe(false)
  })
})

describe('objects', () => {
  test('keep every name and its place', () => {
    const parsed = value('{"b":1,"10":2,"2":3,"__proto__":4,"constructor":5}') as Map<string, JsonValue>
    expect([...parsed]).toEqual([
      ['b', 1],
      ['10', 2],
      ['2', 3],
      ['__proto__', 4],
      ['constructor', 5],
    ])
  })

  test('report names that occur twice; the last value counts', () => {
    const parsed = parseJson('{"a":1,"x":[{"p/q":1,"p/q":2}],"a":3}')
    expect(parsed.duplicates).toEqual(['/x/0/p~1q', '/a'])
    expect((parsed.value as Map<string, JsonValue>).get('a')).toBe(3)
  })
})

describe('limits', () => {
  test('512 levels pass, 513 do not', () => {
    const nested = (n: number): string => '['.repeat(n) + ']'.repeat(n)
    expect(stringifyJson(value(nested(512)))).toBe(nested(512))
    expect(() => value(nested(513))).toThrow(LimitError)
    expect(() => value('{"a":'.repeat(600))).toThrow(LimitError)
  })

  test('a million open brackets do not overflow the stack', () => {
    expect(() => parseJson('['.repeat(1_000_000), { maxDepth: 2_000_000 })).toThrow(MetadataError)
    expect(() => parseJson('[{"":'.repeat(100_000))).toThrow(LimitError)
  })

  test('the length is limited', () => {
    expect(() => parseJson('[1, 2]', { maxLength: 5 })).toThrow(LimitError)
    expect(() => decodeJsonBytes(new Uint8Array(6), { maxLength: 5, key: 'zarr.json' })).toThrow('zarr.json')
  })
})

describe('bytes', () => {
  test.each([
    ['lone continuation', [0x22, 0x80, 0x22]],
    ['overlong', [0x22, 0xc0, 0xaf, 0x22]],
    ['surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['cut short', [0x22, 0xe2, 0x82]],
    ['beyond Unicode', [0x22, 0xf5, 0x80, 0x80, 0x80, 0x22]],
    ['Latin-1', [0x22, 0xe9, 0x22]],
  ])('%s is no UTF-8', (_, bytes) => {
    expect(() => decodeJsonBytes(Uint8Array.from(bytes), { key: 'a/.zattrs' })).toThrow(
      'a/.zattrs: it is not valid UTF-8',
    )
  })

  test('marks and UTF-16 are named', () => {
    expect(() => decodeJsonBytes(Uint8Array.of(0xff, 0xfe, 0x7b, 0))).toThrow('UTF-16')
    expect(() => parseJson(decodeJsonBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)))).toThrow(
      'byte order mark',
    )
  })

  test('valid text passes', () => {
    expect(decodeJsonBytes(new TextEncoder().encode('{"é": "🐍"}'))).toBe('{"é": "🐍"}')
  })
})

test('agrees with JSON.parse on everything JSON.stringify writes, and gives the text back', () => {
  const plain = (parsed: JsonValue): unknown => {
    if (parsed instanceof Map) return Object.fromEntries([...parsed].map(([k, v]) => [k, plain(v)]))
    if (Array.isArray(parsed)) return parsed.map(plain)
    return parsed instanceof JsonFloat ? parsed.value : typeof parsed === 'bigint' ? Number(parsed) : parsed
  }
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 6, stringUnit: 'binary' }),
      fc.constantFrom(undefined, 2, 4),
      (text, indent) => {
        const pretty = JSON.stringify(JSON.parse(text), null, indent)
        const parsed = value(pretty)
        expect(plain(parsed)).toEqual(JSON.parse(text))
        expect(stringifyJson(parsed, indent === undefined ? {} : { indent })).toBe(pretty)
      },
    ),
    { seed: 20240501, numRuns: 120 },
  )
})

test('never fails otherwise than with its own errors', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '1',
    '-',
    '.',
    'e',
    '\\',
    '\\u',
    'NaN',
    'null',
    ' ',
    '\n',
    'é',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        const text = pieces.join('')
        const parsed = parseJson(text)
        if (!parsed.nonStandard) JSON.parse(text)
      } catch (error) {
        expect(error).toBeInstanceOf(MetadataError)
        expect(() => JSON.parse(pieces.join('')) as unknown).toThrow()
      }
    }),
    { seed: 7, numRuns: 1500 },
  )
})
