import { describe, expect, test } from 'vitest'
import { MetadataError, ValueError } from '../errors'
import { parseJson } from '../json/parse'
import { stringifyJson } from '../json/stringify'
import type { ZarrFormat } from '../model/node'
import { parseDtypeName } from './dtype-name'
import { fillToJson } from './fill-json'
import { parseFill } from './fill'
import { parseNumpyDtype } from './numpy-dtype'

const RECORD = '[["id","<i4"],["flag","|u1"],["val",">f8"]]'
const hex = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('hex')

function fill(dtype: string, json: string, format: ZarrFormat): string | null {
  const { spec, swaps } = dtype.startsWith('[')
    ? parseNumpyDtype(parseJson(dtype).value)
    : parseDtypeName(dtype)
  return hex(parseFill(spec, parseJson(json).value, format, swaps))
}

describe('stored fill values as canonical bytes', () => {
  test.each<[ZarrFormat, string, string, string | null]>([
    [2, 'int32', 'null', null],
    [1, 'float64', 'null', null],
    [3, 'bool', 'true', '01'],
    [3, 'bool', '0', '00'],
    [3, 'int8', '-128', '80'],
    [3, 'int32', '1.0', '01000000'],
    [2, 'uint64', '18446744073709551615', 'ffffffffffffffff'],
    [2, 'int64', '-9223372036854775808', '0000000000000080'],
    [2, 'int16', 'true', '0100'],
    [3, 'int4', '-1', 'ff'],
    [3, 'float32', '0.1', 'cdcccc3d'],
    [3, 'float32', '"NaN"', '0000c07f'],
    [3, 'float32', '"0xffc00003"', '0300c0ff'],
    [3, 'float64', '"0x7ff8000000000005"', '050000000000f87f'],
    [3, 'float16', '"0x7e01"', '017e'],
    [3, 'bfloat16', '"0x3fc0"', 'c03f'],
    [3, 'float32', '"+Infinity"', '0000807f'],
    [3, 'float64', '"-Infinity"', '000000000000f0ff'],
    [3, 'float64', '"1.5"', '000000000000f83f'],
    [3, 'float64', '-0.0', '0000000000000080'],
    [3, 'float64', '3', '0000000000000840'],
    [1, 'float32', 'NaN', '0000c07f'],
    [1, 'float64', '-Infinity', '000000000000f0ff'],
    [1, 'complex64', '0', '0000000000000000'],
    [2, 'complex64', '["NaN", "-Infinity"]', '0000c07f000080ff'],
    [3, 'complex64', '["0x7fc00001", -0.0]', '0100c07f00000080'],
    [3, 'M8[s]', '"NaT"', '0000000000000080'],
    [2, '>M8[s]', '7', '0700000000000000'],
    [2, 'S5', '"YWL/"', '6162ff0000'],
    [3, 'S3', '""', '000000'],
    [2, 'S3', '0', '000000'],
    [2, 'V6', '"AQIDBAX/"', '0102030405ff'],
    [3, 'r16', '[241, 58]', 'f13a'],
    [2, 'U2', '"z🐍"', '7a0000000df40100'],
    [2, '>U2', '"z"', '7a00000000000000'],
    [3, 'string', '"füll"', '66c3bc6c6c'],
    [2, 'string', '0', ''],
    [3, 'bytes', '"AP8="', '00ff'],
    [3, 'bytes', '[1, 2, 3]', '010203'],
    [2, 'bytes', '"literal text"', '6c69746572616c2074657874'],
    [2, RECORD, '"BQAAAAFABAAAAAAAAA=="', '05000000010000000000000440'],
    [2, RECORD, '0', '00000000000000000000000000'],
    [3, '[["id","<i4"],["val","<f8"]]', '{"val": 2.5, "id": 5}', '050000000000000000000440'],
    [3, '[["id","<i4"],["val","<f8"]]', '{"id": 5}', '050000000000000000000000'],
    [3, '[["x","<i2"]]', '"AQI="', '0102'],
    [3, '[["p","<i2",[2]]]', '{"p": [1, 2]}', '01000200'],
  ])('format %i %s %s', (format, dtype, json, bytes) => {
    expect(fill(dtype, json, format)).toBe(bytes)
  })
})

describe('fill values that are refused', () => {
  test.each<[ZarrFormat, string, string, string]>([
    [3, 'int32', 'null', 'null is not a fill value of format 3'],
    [3, 'uint8', '256', '256 does not fit into uint8 (0 to 255)'],
    [3, 'int32', '1.5', '1.5 is not a fill value of int32'],
    [3, 'int32', '"7"', 'is not a fill value of int32'],
    [3, 'bool', '2', 'is not a fill value of bool'],
    [3, 'float32', '"0x7fc0"', 'hexadecimal digits'],
    [3, 'float32', '"nan"', 'is not a fill value'],
    [3, 'float32', '1e40', 'beyond the range'],
    [3, 'complex64', '[1]', 'is not a fill value'],
    [3, 'complex64', '[1,2,3]', 'is not a fill value'],
    [3, 'M8[s]', '"2001-01-01"', 'is not a fill value'],
    [3, 'S2', '"YWJj"', 'has 3 bytes'],
    [3, 'S2', '"?"', 'is not a fill value'],
    [3, 'V2', '"YQ=="', 'exactly 2'],
    [3, 'r16', '[1, 256]', 'is not a fill value'],
    [2, 'U1', '"ab"', 'has 2 characters'],
    [3, 'string', '5', 'is not a fill value'],
    [2, RECORD, '"AAAA"', 'is not a fill value'],
    [3, '[["x","<i2"]]', '{"y": 1}', 'no field "y"'],
    [3, '[["x","<i2"]]', '[1]', 'is not a fill value'],
  ])('format %i %s %s', (format, dtype, json, why) => {
    expect(() => fill(dtype, json, format)).toThrow(MetadataError)
    expect(() => fill(dtype, json, format)).toThrow(why)
  })
})

describe('fill values as they are written', () => {
  test.each<[ZarrFormat, string, string]>([
    [1, 'float64', 'NaN'],
    [1, 'float32', 'Infinity'],
    [1, 'int32', '42'],
    [2, 'float64', '"NaN"'],
    [2, 'float64', '1e-310'],
    [2, 'float64', '-0.0'],
    [2, 'float32', '0.10000000149011612'],
    [2, 'float64', '1e+16'],
    [2, 'float64', '1e-07'],
    [2, 'uint64', '18446744073709551615'],
    [2, 'complex64', '["NaN",-0.0]'],
    [2, 'M8[D]', '-9223372036854775808'],
    [2, 'S5', '"YWL/"'],
    [2, 'U3', '"z🐍"'],
    [2, RECORD, '"BQAAAAFABAAAAAAAAA=="'],
    [3, 'float32', '"0xffc00003"'],
    [3, 'float32', '"NaN"'],
    [3, 'float16', '1.5'],
    [3, 'bool', 'false'],
    [3, 'V2', '"AQI="'],
    [3, 'bytes', '"AP8="'],
    [3, '[["id","<i4"],["z","<c8"],["n",[["a","|S2"]]]]', '{"id":5,"z":[1.0,"Infinity"],"n":{"a":"YQ=="}}'],
    [3, 'float8_e4m3', '0.001953125'],
  ])('format %i %s %s', (format, dtype, json) => {
    const { spec, swaps } = dtype.startsWith('[')
      ? parseNumpyDtype(parseJson(dtype).value)
      : parseDtypeName(dtype)
    const bytes = parseFill(spec, parseJson(json).value, format, swaps)
    expect(stringifyJson(fillToJson(spec, bytes, format, swaps))).toBe(json)
  })

  test('null stays null', () => {
    expect(fillToJson({ kind: 'bool' }, null, 2)).toBeNull()
  })

  test('format 1 has no fill values of bytes and records', () => {
    expect(() => fillToJson({ kind: 'bytes', length: 1 }, new Uint8Array(1), 1)).toThrow(ValueError)
    const { spec } = parseNumpyDtype([['a', '<i4']])
    expect(() => fillToJson(spec, new Uint8Array(4), 1)).toThrow(ValueError)
  })
})
