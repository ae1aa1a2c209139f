import { describe, expect, test } from 'vitest'
import { MetadataError, UnsupportedError, ValueError } from '../errors'
import { parseJson } from '../json/parse'
import { stringifyJson } from '../json/stringify'
import { parseDtypeName } from './dtype-name'
import { fixedItemSize, itemSize, sameType } from './itemsize'
import { parseNumpyDtype, type SwapRun } from './numpy-dtype'
import { numpyDescr, numpyName, numpyTypestr } from './numpy-name'
import { dataType } from './registry'
import type { DataTypeSpec } from './spec'
import { swapItems, swapPairs } from './swap'
import { parseV3DataType, v3DataType } from './v3-dtype'

const numpy = (text: string): ReturnType<typeof parseNumpyDtype> => parseNumpyDtype(parseJson(text).value)
const v3 = (text: string): DataTypeSpec => parseV3DataType(parseJson(text).value)

describe('NumPy types as formats 1 and 2 store them', () => {
  // typestr, str(numpy.dtype(typestr)), byte order, item size: the second and last as NumPy 2 gives them.
  test.each<[string, string, string, number | null]>([
    ['|b1', 'bool', 'not applicable', 1],
    ['|i1', 'int8', 'not applicable', 1],
    ['<i4', 'int32', 'little', 4],
    ['>i4', '>i4', 'big', 4],
    ['>u8', '>u8', 'big', 8],
    ['<f2', 'float16', 'little', 2],
    ['<c16', 'complex128', 'little', 16],
    ['>c8', '>c8', 'big', 8],
    ['<M8[ns]', 'datetime64[ns]', 'little', 8],
    ['>M8[D]', '>M8[D]', 'big', 8],
    ['<m8[25s]', 'timedelta64[25s]', 'little', 8],
    ['<M8', 'datetime64', 'little', 8],
    ['|S5', '|S5', 'not applicable', 5],
    ['<U3', '<U3', 'little', 12],
    ['>U3', '>U3', 'big', 12],
    ['|V6', '|V6', 'not applicable', 6],
    ['|O', 'object', 'not applicable', null],
  ])('%s', (typestr, name, byteOrder, size) => {
    const parsed = numpy(JSON.stringify(typestr))
    expect(parsed.byteOrder).toBe(byteOrder)
    expect(numpyName(parsed.spec, byteOrder === 'big' ? '>' : '<')).toBe(name)
    expect(numpyTypestr(parsed.spec, byteOrder === 'big' ? '>' : '<')).toBe(typestr)
    expect(itemSize(parsed.spec)).toBe(size)
  })

  test.each<[string, string, SwapRun[], string]>([
    ['[["a","<i4"],["b","|u1"],["c","<f8"]]', 'little', [], "[('a', '<i4'), ('b', '|u1'), ('c', '<f8')]"],
    [
      '[["a",">i4"],["b","|S3"],["c",">c8"]]',
      'big',
      [
        { offset: 0, size: 4, count: 1 },
        { offset: 7, size: 4, count: 2 },
      ],
      "[('a', '<i4'), ('b', '|S3'), ('c', '<c8')]",
    ],
    [
      '[["x","<f4"],["y",">i2"],["z","<f4",[2,2]],["n",[["a","|S2"],["b",">U2"]]]]',
      'mixed',
      [
        { offset: 4, size: 2, count: 1 },
        { offset: 24, size: 4, count: 2 },
      ],
      "[('x', '<f4'), ('y', '<i2'), ('z', '<f4', (2, 2)), ('n', [('a', '|S2'), ('b', '<U2')])]",
    ],
    ['[["p",">f8",3]]', 'big', [{ offset: 0, size: 8, count: 3 }], "[('p', '<f8', (3,))]"],
    [
      '[["r",[["a",">i2"],["b","<i2"]],[2]]]',
      'mixed',
      [
        { offset: 0, size: 2, count: 1 },
        { offset: 4, size: 2, count: 1 },
      ],
      "[('r', [('a', '<i2'), ('b', '<i2')], (2,))]",
    ],
  ])('record %s', (json, byteOrder, swaps, name) => {
    const parsed = numpy(json)
    expect(parsed).toMatchObject({ byteOrder, swaps })
    expect(numpyName(parsed.spec)).toBe(name)
    expect(dataType(parsed.spec).name).toBe(name)
    if (byteOrder === 'little') expect(stringifyJson(numpyDescr(parsed.spec)!)).toBe(json)
  })

  test.each([
    '"<i3"',
    '"<f16"',
    '"|x4"',
    '"<M8[fortnight]"',
    '"<i4[ns]"',
    '"hello"',
    '""',
    '"<b8"',
    '[["a","|O"]]',
  ])('%s is not known', (json) => {
    expect(() => numpy(json)).toThrow(UnsupportedError)
  })

  test.each([
    ['5', 'a type string or a list of fields'],
    ['null', 'a type string or a list of fields'],
    ['[]', 'at least one field'],
    ['["a","<i4"]', 'a field is a list'],
    ['[["a"]]', 'a field is a list'],
    ['[[1,"<i4"]]', 'not the name of a field'],
    ['[["a","<i4"],["a","<i4"]]', '"a" occurs twice'],
    ['[["a","<i4",[-1]]]', 'not a list of whole numbers'],
    ['[["a","<i4",[1.0]]]', 'not a list of whole numbers'],
    ['[["a","<i4",[1000000,1000000]]]', 'larger than'],
    ['"|S99999999999"', 'larger than'],
    ['{"name":"i4"}', 'a type string or a list of fields'],
  ])('%s is wrong', (json, why) => {
    expect(() => numpy(json)).toThrow(MetadataError)
    expect(() => numpy(json)).toThrow(why)
  })

  test('swapping turns stored items into canonical ones and back', () => {
    const { swaps } = numpy('[["a",">i2"],["b","<i2"],["c",">c8"]]')
    const stored = Uint8Array.from({ length: 24 }, (_, i) => i)
    const canonical = swapItems(stored, 12, swaps)
    expect([...canonical]).toEqual([
      1, 0, 2, 3, 7, 6, 5, 4, 11, 10, 9, 8, 13, 12, 14, 15, 19, 18, 17, 16, 23, 22, 21, 20,
    ])
    expect(swapItems(canonical, 12, swaps)).toEqual(stored)
    expect(swapPairs(swaps)).toEqual([
      [0, 2],
      [4, 4],
      [8, 4],
    ])
  })
})

describe('format 3 types', () => {
  const named = (name: string, configuration: string): string =>
    `{"name":"${name}","configuration":${configuration}}`
  // The right column is what zarr-python writes for the type.
  test.each<[string, string]>([
    ...'bool int2 int8 uint64 float16 bfloat16 float8_e8m0fnu float4_e2m1fn complex64 complex128 complex_bfloat16 string variable_length_bytes'
      .split(' ')
      .map((name): [string, string] => [`"${name}"`, `"${name}"`]),
    ['"bytes"', '"variable_length_bytes"'],
    ['"complex_float32"', '"complex64"'],
    ['"r16"', named('raw_bytes', '{"length_bytes":2}')],
    ['{"name":"int32"}', '"int32"'],
    ['{"name":"int32","configuration":{},"must_understand":true}', '"int32"'],
    [
      named('null_terminated_bytes', '{"length_bytes":5}'),
      named('null_terminated_bytes', '{"length_bytes":5}'),
    ],
    [named('raw_bytes', '{"length_bytes":6}'), named('raw_bytes', '{"length_bytes":6}')],
    [named('fixed_length_utf32', '{"length_bytes":12}'), named('fixed_length_utf32', '{"length_bytes":12}')],
    [
      named('numpy.datetime64', '{"unit":"μs","scale_factor":10}'),
      named('numpy.datetime64', '{"unit":"us","scale_factor":10}'),
    ],
    [
      named('numpy.timedelta64', '{"unit":"generic","scale_factor":1}'),
      named('numpy.timedelta64', '{"unit":"generic","scale_factor":1}'),
    ],
    [
      named('struct', '{"fields":[{"name":"a","data_type":"int8"},{"name":"b","data_type":"r8"}]}'),
      named(
        'struct',
        `{"fields":[{"name":"a","data_type":"int8"},{"name":"b","data_type":${named('raw_bytes', '{"length_bytes":1}')}}]}`,
      ),
    ],
    [
      named('structured', '{"fields":[["x","int32"],["y","float32"]]}'),
      named('struct', '{"fields":[{"name":"x","data_type":"int32"},{"name":"y","data_type":"float32"}]}'),
    ],
  ])('%s', (json, written) => {
    const spec = v3(json)
    expect(stringifyJson(v3DataType(spec)!)).toBe(written)
    expect(sameType(parseV3DataType(v3DataType(spec)!), spec)).toBe(true)
  })

  test.each([
    '"int33"',
    '"Int32"',
    '"r9x"',
    '"https://example.org/t"',
    '"float128"',
    named('struct', '{"fields":[["a","string"]]}'),
  ])('%s is not known', (json) => {
    expect(() => v3(json)).toThrow(UnsupportedError)
  })

  test.each([
    ['5', 'a name or an object'],
    ['{}', 'has no "name"'],
    ['{"name":"int32","extra":1}', 'unknown member "extra"'],
    [named('int32', '{"endian":"big"}'), 'takes no configuration'],
    [named('int32', '[]'), 'is not an object'],
    ['"r7"', 'whole number of bytes'],
    ['"r0"', 'whole number of bytes'],
    ['"raw_bytes"', 'needs length_bytes'],
    [named('raw_bytes', '{"length_bytes":1.0}'), 'needs length_bytes'],
    [named('raw_bytes', '{"length_bytes":-1}'), 'needs length_bytes'],
    [named('fixed_length_utf32', '{"length_bytes":7}'), 'not a multiple of 4'],
    [named('numpy.datetime64', '{"unit":"fortnight","scale_factor":1}'), 'which is not known'],
    [named('numpy.datetime64', '{"unit":"s","scale_factor":0}'), 'scale_factor'],
    [named('struct', '{"fields":[]}'), 'needs a list of fields'],
    [named('struct', '{"fields":[{"name":"a"}]}'), 'needs a name and a data type'],
    [named('struct', '{"fields":[["a","int8"],["a","int8"]]}'), 'occurs twice'],
  ])('%s is wrong', (json, why) => {
    expect(() => v3(json)).toThrow(MetadataError)
    expect(() => v3(json)).toThrow(why)
  })
})

describe('names people use', () => {
  test.each<[string, string]>([
    ['i4', 'int32'],
    ['<f8', 'float64'],
    ['>f8', 'float64'],
    ['int32', 'int32'],
    ['float', 'float64'],
    ['M8[ns]', 'datetime64[ns]'],
    ['datetime64[s]', 'datetime64[s]'],
    ['<timedelta64[25s]', 'timedelta64[25s]'],
    ['U5', '<U5'],
    ['S3', '|S3'],
    ['string', 'string'],
    ['str', 'string'],
    ['bytes', 'bytes'],
    ['?', 'bool'],
    ['bfloat16', 'bfloat16'],
    ['r16', '|V2'],
    ['object', 'object'],
    ['<int32', 'int32'],
    ["[('a', 'i4'), ('b', 'f8', (2,))]", "[('a', '<i4'), ('b', '<f8', (2,))]"],
    ['[["a", "int32"], ["b", [["c", "bool"]]]]', "[('a', '<i4'), ('b', [('c', '|b1')])]"],
    ['{"name": "fixed_length_utf32", "configuration": {"length_bytes": 8}}', '<U2'],
  ])('%s', (text, name) => {
    expect(dataType(parseDtypeName(text).spec).name).toBe(name)
    if (!/[ab]/.test(text) && text.startsWith('>')) expect(parseDtypeName(text).byteOrder).toBe('big')
  })

  test('byte order is kept', () => {
    expect(parseDtypeName('>f8')).toMatchObject({
      byteOrder: 'big',
      swaps: [{ offset: 0, size: 8, count: 1 }],
    })
    expect(parseDtypeName('f8').byteOrder).toBe('little')
    expect(parseDtypeName('int8').byteOrder).toBe('not applicable')
    expect(fixedItemSize(parseDtypeName([['a', 'u2']]).spec)).toBe(2)
  })

  test.each(['', 'int33', 'S', 'U', '[', '[[', "[('a')]", '{"name":"x"}', 'i4,f8'])(
    '%j names none',
    (text) => {
      expect(() => parseDtypeName(text)).toThrow(ValueError)
    },
  )
})
