import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import tables from '../../../fixtures/numpy/formats.json'
import { ValueError } from '../errors'
import { stringifyJson } from '../json/stringify'
import { fromBase64, toBase64 } from './base64'
import type { ItemValue } from './data-type'
import { parseDtypeName } from './dtype-name'
import { fixedItemSize, itemSize } from './itemsize'
import { dataType } from './registry'
import { parseNumpyDtype } from './numpy-dtype'
import { formatBytes } from './text-types'

const type = (name: string): ReturnType<typeof dataType> => dataType(parseDtypeName(name).spec)
const RECORD = [
  ['t', '<M8[s]'],
  ['name', '|S3'],
  ['u', '<U2'],
  ['pt', [['x', '<f4'], ['__proto__', '<f8', [2, 2]]]],
  ['ok', '|b1'],
  ['z', '<c8'],
] // prettier-ignore

const NAMES =
  'bool int2 int4 int8 int16 int32 int64 uint2 uint4 uint8 uint16 uint32 uint64 float16 float32 float64 bfloat16 float8_e4m3 complex64 complex128 complex_bfloat16 M8[ns] m8[25s] M8 S5 U4 V6 string bytes'
const record = dataType(parseNumpyDtype(RECORD).spec)
const list = dataType({ kind: 'vlen-array', item: { kind: 'int', bits: 16 } })

describe.each([...NAMES.split(' ').map((name) => type(name)), record])('$name', (dtype) => {
  const length = itemSize(dtype.spec)
  const bytes = fc.uint8Array(length === null ? { maxLength: 9 } : { minLength: length, maxLength: length })

  test('what is read can be encoded, printed and typed again', () => {
    fc.assert(
      fc.property(bytes, (raw) => {
        if (dtype.spec.kind === 'vlen-text') raw = new TextEncoder().encode(new TextDecoder().decode(raw))
        let value = dtype.read(raw, 0, raw.length)
        const again = dtype.encode(value)
        // NaN payloads, unused bits, bytes behind a NUL and codes beyond Unicode do not survive; from here on all does.
        value = dtype.read(again, 0, again.length)
        expect(dtype.encode(value)).toEqual(again)
        expect(dtype.parse(dtype.format(value))).toEqual(again)
        expect(() => stringifyJson(dtype.toJson(value))).not.toThrow()
      }),
      { seed: 1, numRuns: 150 },
    )
  })

  test('zero has the size of an item and reads as nothing', () => {
    expect(dtype.itemsize).toBe(length)
    expect(dtype.zero()).toHaveLength(length ?? 0)
    expect([...dtype.zero()].every((byte) => byte === 0)).toBe(true)
  })

  test('reads at an offset of unaligned memory', () => {
    const zero = dtype.zero()
    const shifted = new Uint8Array(zero.length + 3).subarray(1)
    shifted.set(zero, 1)
    expect(dtype.read(shifted, 1, 1 + zero.length)).toEqual(dtype.read(zero, 0, zero.length))
  })
})

describe('values', () => {
  test.each<[string, ItemValue, number[], string, string]>([
    ['bool', true, [1], 'True', 'true'],
    ['int4', -8, [0xf8], '-8', '-8'],
    ['uint2', 3, [3], '3', '3'],
    ['int16', -2, [0xfe, 0xff], '-2', '-2'],
    ['uint64', 2n ** 64n - 1n, Array<number>(8).fill(255), '18446744073709551615', '18446744073709551615'],
    ['float32', 1.5, [0, 0, 0xc0, 0x3f], '1.5', '1.5'],
    ['float64', 3, [0, 0, 0, 0, 0, 0, 8, 0x40], '3.0', '3.0'],
    ['float16', NaN, [0, 0x7e], 'nan', '"NaN"'],
    ['complex64', [1, -0.5], [0, 0, 0x80, 0x3f, 0, 0, 0, 0xbf], '(1-0.5j)', '[1.0,-0.5]'],
    ['M8[D]', 31n, [31, 0, 0, 0, 0, 0, 0, 0], '1970-02-01', '"1970-02-01"'],
    ['m8[s]', -1n, Array<number>(8).fill(255), '-1', '-1'],
    ['M8[s]', -(2n ** 63n), [0, 0, 0, 0, 0, 0, 0, 0x80], 'NaT', '"NaT"'],
    ['S4', Uint8Array.of(97, 0, 98), [97, 0, 98, 0], "b'a\\x00b'", '"YQBi"'],
    ['U2', 'é🐍', [0xe9, 0, 0, 0, 0x0d, 0xf4, 1, 0], 'é🐍', '"é🐍"'],
    ['V2', Uint8Array.of(1, 0), [1, 0], "b'\\x01\\x00'", '"AQA="'],
    ['string', 'é', [0xc3, 0xa9], 'é', '"é"'],
    ['string', '\ufeffa', [0xef, 0xbb, 0xbf, 97], '\ufeffa', '"\ufeffa"'],
    ['bytes', Uint8Array.of(0, 255), [0, 255], "b'\\x00\\xff'", '"AP8="'],
  ])('%s %s', (name, value, bytes, text, json) => {
    const dtype = type(name)
    expect([...dtype.encode(value)]).toEqual(bytes)
    expect(dtype.read(Uint8Array.from(bytes), 0, bytes.length)).toEqual(value)
    expect(dtype.format(value)).toBe(text)
    expect(stringifyJson(dtype.toJson(value))).toBe(json)
  })

  test('upper bits of sub-byte integers are ignored', () => {
    expect(type('int2').read(Uint8Array.of(0b1111_1101), 0)).toBe(1)
    expect(type('int4').read(Uint8Array.of(0b0101_1000), 0)).toBe(-8)
    expect(type('uint4').read(Uint8Array.of(0xf3), 0)).toBe(3)
  })

  test('records print as tuples and read as objects', () => {
    const bytes = record.zero()
    expect(record.format(record.read(bytes, 0))).toBe(
      "('1970-01-01T00:00:00', b'', '', (0.0, [[0.0, 0.0], [0.0, 0.0]]), False, 0j)",
    )
    const names = Object.keys((record.read(bytes, 0) as { pt: object }).pt)
    expect(names).toEqual(['x', '__proto__'])
    expect(fixedItemSize(record.spec)).toBe(8 + 3 + 8 + 4 + 32 + 1 + 8)
  })

  test('records are typed as tuples, lists or objects', () => {
    const pair = type('[["a", "i4"], ["b", "U3"]]')
    const bytes = pair.encode({ a: 5, b: 'x,y' })
    for (const text of ["(5, 'x,y')", '[5, "x,y"]', '{"b": "x,y", "a": 5}', '{"a": 5.0, "b": "x,y"}']) {
      expect(pair.parse(text)).toEqual(bytes)
    }
    expect(pair.encode([5, 'x,y'])).toEqual(bytes)
    for (const [text, why] of [
      ['(5,)', 'has 2 fields'],
      ['{"a": 5}', '"b" is missing'],
      ['{"a": 5, "b": "", "c": 1}', 'no field "c"'],
      ['5', 'is not a record'],
      ["(5, 'x", 'not a record'],
      ["(5, 'x)", 'not closed'],
      ['(2147483648, "")', 'does not fit into int32'],
    ] as const) {
      expect(() => pair.parse(text), text).toThrow(why)
    }
  })

  test('lists of any length', () => {
    expect([...list.parse('[1, -2]')]).toEqual([1, 0, 254, 255])
    expect(list.format(list.read(list.parse('[1,-2,]'), 0))).toBe('[1, -2]')
    expect(list.parse('[]')).toHaveLength(0)
    expect(() => list.parse('1')).toThrow('not a list')
  })

  test('objects are JSON', () => {
    const object = dataType({ kind: 'object' })
    const text = '{"a": [1, 2.50, null, NaN]}'
    expect(object.format(object.read(object.parse(text), 0))).toBe(text)
    expect(object.read(new Uint8Array(0), 0, 0)).toBeNull()
  })
})

describe('what does not fit is refused in words', () => {
  test.each([
    ['uint8', '300', '300 does not fit into uint8 (0 to 255).'],
    ['int2', '2', '2 does not fit into int2 (-2 to 1).'],
    ['int64', '9223372036854775808', 'does not fit into int64 (-9223372036854775808 to 9223372036854775807)'],
    ['int32', '1.5', '"1.5" is not an integer.'],
    ['int32', '', 'is not an integer'],
    ['bool', '2', 'is not True or False'],
    ['complex64', '1+2', 'is not a complex number'],
    ['complex64', '', 'is not a complex number'],
    ['S2', 'abc', '"abc" has 3 bytes; this type holds 2.'],
    ['U2', 'abc', 'has 3 characters; this type holds 2'],
    ['V2', 'abc', 'has 3 bytes; this type needs exactly 2'],
    ['string', '\ud800', 'half a character'],
  ])('%s %s', (name, text, why) => {
    expect(() => type(name).parse(text)).toThrow(ValueError)
    expect(() => type(name).parse(text)).toThrow(why)
  })

  test.each<[string, ItemValue]>([
    ['uint8', -1],
    ['int8', 1.5],
    ['int8', 'x'],
    ['int64', 2n ** 63n],
    ['float32', 1e39],
    ['bool', 2],
    ['U1', 5],
    ['M8[s]', 1.5],
    ['complex64', [1, 2, 3] as never],
  ])('%s %s', (name, value) => {
    expect(() => type(name).encode(value)).toThrow(ValueError)
  })

  test.each([
    ['int32', '1_000', 1000],
    ['int32', '0xff', 255],
    ['int32', '2e3', 2000],
    ['int32', ' -7.0 ', -7],
    ['uint8', '0b11', 3],
  ])('%s %s is %i', (name, text, value) => {
    expect(type(name).read(type(name).parse(text), 0)).toBe(value)
  })

  test.each([
    ['1+2j', [1, 2]],
    ['(1-2j)', [1, -2]],
    ['-2.5e3j', [0, -2500]],
    ['j', [0, 1]],
    ['1-j', [1, -1]],
    ['nan+infj', [NaN, Infinity]],
    ['[1, NaN]', [1, NaN]],
    ['3', [3, 0]],
    ['1e5-1e-5i', [1e5, 1e-5 * -1]],
  ])('complex128 %j', (text, value) => {
    expect(type('complex128').read(type('complex128').parse(text), 0)).toEqual(value)
  })
})

test('complex numbers print as NumPy prints them', () => {
  for (const [, re, im, text] of tables.complex as [string, string, string, string][]) {
    const value = [re, im].map((part) => Number(part.replace('inf', 'Infinity').replace('nan', 'NaN')))
    expect(type('complex128').format(value as [number, number])).toBe(text)
  }
})

test('bytes print as Python prints them', () => {
  for (const [base64, text] of tables.bytes as [string, string][]) {
    const bytes = fromBase64(base64)!
    expect(formatBytes(bytes)).toBe(text)
    expect(type('bytes').parse(text)).toEqual(bytes)
  }
})

test('base64 agrees with the platform', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase64(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(text)).toEqual(bytes)
    }),
    { seed: 2 },
  )
  for (const wrong of ['a', 'ab=', 'a===', 'ab c', '====', 'YW\n==', 'Ω'])
    expect(fromBase64(wrong)).toBeUndefined()
})
