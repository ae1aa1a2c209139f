import { describe, expect, test } from 'vitest'
import type { DataTypeSpec } from '../dtype/spec'
import type { ItemValue } from '../dtype/data-type'
import { ExpressionError } from '../errors'
import { compileExpression, compilePredicate } from './expression'

const FLOAT: DataTypeSpec = { kind: 'float', format: 'float64' }
const INT64: DataTypeSpec = { kind: 'int', bits: 64 }
const INT32: DataTypeSpec = { kind: 'int', bits: 32 }
const TEXT: DataTypeSpec = { kind: 'vlen-text' }
const BYTES: DataTypeSpec = { kind: 'bytes', length: 4 }
const COMPLEX: DataTypeSpec = { kind: 'complex', part: 'float64' }
const DAYS: DataTypeSpec = { kind: 'datetime', unit: 'D', scale: 1 }
const RECORD: DataTypeSpec = {
  kind: 'struct',
  fields: [
    { name: 'a', type: FLOAT },
    { name: 'tag', type: { kind: 'text', length: 2 } },
    { name: 'box', type: { kind: 'subarray', item: INT32, shape: [2, 2] } },
  ],
}

const scope = (dtype: DataTypeSpec, fillValue?: ItemValue) => ({
  dtype,
  rank: 2,
  dimensionNames: ['time', 'lat'],
  fillValue,
})
const evaluate = (text: string, x: ItemValue, dtype: DataTypeSpec = FLOAT, index = [3, 5]): ItemValue =>
  compileExpression(text, scope(dtype)).evaluate(x, index)
const holds = (text: string, x: ItemValue, dtype: DataTypeSpec = FLOAT, index = [3, 5]): boolean =>
  compilePredicate(text, scope(dtype)).test(x, index)

// Expected values as Python and NumPy give them.
test.each<[string, ItemValue, ItemValue]>([
  ['x * 2 + 1', 1.5, 4],
  ['-x ** 2', 3, -9],
  ['2 ** -x', 1, 0.5],
  ['2 ** 3 ** 2', 0, 512],
  ['7 // 2 * 1.0', 0, 3],
  ['-7 // 2', 0, -4],
  ['-7 % 3', 0, 2],
  ['7.5 % -2', 0, -0.5],
  ['x / 0', 1, Infinity],
  ['sqrt(abs(x))', -16, 4],
  ['round(x)', 2.5, 2],
  ['round(x)', -3.5, -4],
  ['where(x > 0, x, -x)', -4, 4],
  ['clip(x, 0, 10)', 42, 10],
  ['min(x, nan)', 1, NaN],
  ['max(i0, i1, x)', 4.5, 5],
  ['time * 10 + lat', 0, 35],
  ['0x10 + 1_000', 0, 1016],
  ['arctan2(1, 1) * 4 / pi', 0, 1],
])('%s of %j is %j', (text, x, expected) => {
  expect(evaluate(text, x)).toEqual(expected)
})

test('integers of 64 bits stay exact, in arithmetic and comparison', () => {
  const big = 9_007_199_254_740_993n
  expect(evaluate('x + 1', big, INT64)).toBe(big + 1n)
  expect(evaluate('x * 3 - x', 3_000_000_000_000_000_001n, INT64)).toBe(6_000_000_000_000_000_002n)
  expect(evaluate('i0 * 4503599627370497 * 2', 0n, INT64)).toBe(27_021_597_764_222_982n)
  expect(evaluate('x // 10', -9_007_199_254_740_995n, INT64)).toBe(-900719925474100)
  expect(holds('> 9007199254740992', big, INT64)).toBe(true)
  expect(holds('== 9007199254740992', big, INT64)).toBe(false)
  expect(holds('x < 9007199254740993.5', big, INT64)).toBe(true)
})

test.each<[string, ItemValue, boolean]>([
  ['> 300', 300.5, true],
  ['>= 300', 299, false],
  ['42', 42, true],
  ['isnan', NaN, true],
  ['nan', NaN, true],
  ['nan', 1, false],
  ['isinf', -Infinity, true],
  ['isfinite', NaN, false],
  ['0 < x < 10', 5, true],
  ['0 < x < 10', 10, false],
  ['x > 1 and not x > 3 or x == 9', 9, true],
  ['(x > 1) & (x < 3)', 2, true],
  ['in (1, 2, 3)', 2, true],
  ['x not in [1, 2]', 2, false],
  ['lat == 5 and i0 < 3', 0, false],
  ['x != x', NaN, true],
  ['1.5', 1.5, true],
  ['-3', -3, true],
])('"%s" of %j is %j', (text, x, expected) => {
  expect(holds(text, x)).toBe(expected)
})

test('texts, bytes and lengths', () => {
  expect(holds('"abc"', 'abc', TEXT)).toBe(true)
  expect(holds('contains(lower(x), "ÄB")', 'xäb', TEXT)).toBe(false)
  expect(holds('contains(upper(x), "ÄB")', 'xäb', TEXT)).toBe(true)
  expect(holds('len(x) == 2', '😀b', TEXT)).toBe(true)
  expect(evaluate('replace(x, "$&", "b") + "!"', 'a$&', TEXT)).toBe('ab!')
  expect(holds(String.raw`x == "a\xff"`, Uint8Array.of(97, 255), BYTES)).toBe(true)
  expect(evaluate(String.raw`x + "\xfe"`, Uint8Array.of(97, 255), BYTES)).toEqual(Uint8Array.of(97, 255, 254))
})

test('complex numbers', () => {
  expect(evaluate('x * x', [1, 2], COMPLEX)).toEqual([-3, 4])
  expect(evaluate('x / 1j', [1, 2], COMPLEX)).toEqual([2, -1])
  expect(evaluate('abs(x)', [3, 4], COMPLEX)).toEqual([5, 0])
  expect(holds('real(x) > 0 and x != 3+4j', [3, 4], COMPLEX)).toBe(false)
  expect(holds('isnan', [0, NaN], COMPLEX)).toBe(true)
})

test('times compare with ISO texts; NaT equals nothing', () => {
  const day = 11_356n
  expect(holds('> "2001-02-03"', day, DAYS)).toBe(false)
  expect(holds('"2001-02-03"', day, DAYS)).toBe(true)
  expect(holds('isnat', -(2n ** 63n), DAYS)).toBe(true)
  expect(holds('x == x', -(2n ** 63n), DAYS)).toBe(false)
  expect(evaluate('x + i0', day, DAYS)).toBe(day + 3n)
  expect(() => compilePredicate('> "yesterday"', scope(DAYS))).toThrow(/not a date or time/)
})

test('fields of records and items of lists', () => {
  const record = {
    a: 2.5,
    tag: 'n',
    box: [
      [1, 2],
      [3, 4],
    ],
  }
  expect(holds('x.a > 2 and x["tag"] == "n"', record, RECORD)).toBe(true)
  expect(holds('x.box[1][0] == 3', record, RECORD)).toBe(true)
  expect(() => compilePredicate('x.b > 2', scope(RECORD))).toThrow('no field "b"')
})

test('the fill value, NaN included', () => {
  expect(compilePredicate('isfill', scope(FLOAT, NaN)).test(NaN, [0, 0])).toBe(true)
  expect(compilePredicate('not isfill(x)', scope(FLOAT, 0)).test(1, [0, 0])).toBe(true)
  expect(() => compilePredicate('isfill', scope(FLOAT))).toThrow('no fill value')
})

describe('mistakes point at their character', () => {
  test.each<[string, number, RegExp]>([
    ['x +', 3, /not complete/],
    ['x = 3', 2, /"=="/],
    ['y > 3', 0, /"y" is not known/],
    ['x > 3 and x', 10, /condition/],
    ['x + "a"', 2, /does not go/],
    ['sqrt(1, 2) > 0', 0, /takes 1 value/],
    ['sqrt > 2', 0, /write sqrt\(x\)/],
    ['x > "a', 4, /quote/],
    ['x > 3)', 5, /not expected/],
    ['> § 3', 2, /no meaning/],
    ['  > y', 4, /"y" is not known/],
    ['', 0, /Type a condition/],
    ['nope(x)', 0, /no function/],
  ])('%s', (text, position, message) => {
    const mistake = (): unknown => compilePredicate(text, scope(FLOAT))
    expect(mistake).toThrow(message)
    expect(thrown(mistake)).toMatchObject({ position })
  })

  test('an integer has no quotient by zero', () => {
    expect(() => evaluate('x // 0', 1, INT32)).toThrow(ExpressionError)
  })

  test('a text for numbers is refused before anything is read', () => {
    expect(() => compileExpression('"a"', scope(INT32))).toThrow(/a text, where a value of int32 is needed/)
  })

  test('deep nesting and huge powers end in a message', () => {
    expect(() => compilePredicate('('.repeat(2000), scope(FLOAT))).toThrow('nested too deeply')
    expect(() => evaluate('10 ** 10 ** 10', 0, INT32)).toThrow('too large')
  })
})

test('whether present values and places are needed', () => {
  expect(compileExpression('i0 + max(1, 2)', scope(FLOAT))).toMatchObject({
    usesValue: false,
    usesIndex: true,
  })
  expect(compileExpression('max(x, 2)', scope(FLOAT))).toMatchObject({ usesValue: true, usesIndex: false })
  expect(compilePredicate('isfill', scope(FLOAT, 0))).toMatchObject({ usesValue: true, usesIndex: false })
})

function thrown(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
