import { describe, expect, test } from 'vitest'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { ItemValue } from '@shared/dtype/data-type'
import { csvFormat } from '@engine/interop/output/csv'
import type { ResultFormat } from '@engine/interop/output/result-format'
import { jsonFormat } from './json'
import { npyFormat, rawFormat } from '@engine/interop/output/raw'

const INT16: DataTypeSpec = { kind: 'int', bits: 16 }
const TEXT: DataTypeSpec = { kind: 'vlen-text' }

/** Canonical bytes of values, with offsets where they vary in length. */
function bytes(spec: DataTypeSpec, values: ItemValue[]): { data: Uint8Array; offsets?: Uint32Array } {
  const items = values.map((v) => dataType(spec).encode(v))
  const data = new Uint8Array(Buffer.concat(items))
  if (dataType(spec).itemsize !== null) return { data }
  return {
    data,
    offsets: Uint32Array.from([
      0,
      ...items.map((_, i) => items.slice(0, i + 1).reduce((n, b) => n + b.length, 0)),
    ]),
  }
}

/** The output for the values given in pieces of these lengths. */
function print(format: ResultFormat, spec: DataTypeSpec, values: ItemValue[], ...pieces: number[]): string {
  let out = format.begin() as string
  let at = 0
  for (const length of [...pieces, values.length]) {
    const { data, offsets } = bytes(spec, values.slice(at, at + length))
    out += format.items(data, offsets) as string
    at += length
  }
  return out + (format.end() as string)
}
const head = (spec: DataTypeSpec, shape: number[]) => ({
  shape,
  dtype: dataType(spec),
  dtypeName: dataType(spec).name,
})
const json = (spec: DataTypeSpec, shape: number[], values: ItemValue[], ...pieces: number[]): string =>
  print(jsonFormat(head(spec, shape)), spec, values, ...pieces)
const csv = (spec: DataTypeSpec, shape: number[], values: ItemValue[], guard = true): string =>
  print(csvFormat(head(spec, shape), guard), spec, values)

describe('json', () => {
  test('nests lists by dimension, however the items arrive', () => {
    const text = '{"shape": [2, 3], "dtype": "int16", "data": [[0, 1, 2], [3, 4, 5]]}\n'
    expect(json(INT16, [2, 3], [0, 1, 2, 3, 4, 5])).toBe(text)
    expect(json(INT16, [2, 3], [0, 1, 2, 3, 4, 5], 1, 2, 2)).toBe(text)
  })
  test('gives the bare value of a 0-d result, and empty lists', () => {
    expect(json(INT16, [], [7])).toBe('{"shape": [], "dtype": "int16", "data": 7}\n')
    expect(json(INT16, [2, 0, 3], [])).toBe('{"shape": [2, 0, 3], "dtype": "int16", "data": [[], []]}\n')
    expect(json(INT16, [0], [])).toBe('{"shape": [0], "dtype": "int16", "data": []}\n')
    expect(() => json(INT16, [1e12, 0], [])).toThrow(/1000000/)
  })
  test.each<[DataTypeSpec, ItemValue, string]>([
    [{ kind: 'int', bits: 64 }, 9007199254740993n, '9007199254740993'],
    [{ kind: 'uint', bits: 64 }, 18446744073709551615n, '18446744073709551615'],
    [{ kind: 'float', format: 'float64' }, NaN, '"NaN"'],
    [{ kind: 'float', format: 'float64' }, -Infinity, '"-Infinity"'],
    [{ kind: 'float', format: 'float32' }, Math.fround(0.1), '0.10000000149011612'],
    [{ kind: 'complex', part: 'float64' }, [1.5, -2], '[1.5, -2.0]'],
    [{ kind: 'datetime', unit: 's', scale: 1 }, 0n, '"1970-01-01T00:00:00"'],
    [{ kind: 'datetime', unit: 's', scale: 1 }, -(2n ** 63n), '"NaT"'],
    [{ kind: 'bytes', length: 3 }, Uint8Array.from([1, 2]), '"AQI="'],
    [{ kind: 'struct', fields: [{ name: 'a', type: INT16 }] }, { a: 5 }, '{"a": 5}'],
    [TEXT, 'é"\n', '"é\\"\\n"'],
  ])('writes value %# as the contract says', (spec, value, text) => {
    expect(json(spec, [], [value])).toBe(
      `{"shape": [], "dtype": ${JSON.stringify(dataType(spec).name)}, "data": ${text}}\n`,
    )
  })
})

describe('csv', () => {
  test('has an item a line, a row a line, or a column a field', () => {
    expect(csv(INT16, [3], [1, 2, 3])).toBe('1\r\n2\r\n3\r\n')
    expect(csv(INT16, [2, 2], [1, 2, 3, 4])).toBe('1,2\r\n3,4\r\n')
    expect(csv(INT16, [], [9])).toBe('9\r\n')
    const record: DataTypeSpec = {
      kind: 'struct',
      fields: [
        { name: 'n', type: INT16 },
        { name: 't', type: { kind: 'text', length: 4 } },
      ],
    }
    expect(
      csv(
        record,
        [2],
        [
          { n: 1, t: 'a,b' },
          { n: 2, t: '' },
        ],
      ),
    ).toBe('n,t\r\n1,"a,b"\r\n2,\r\n')
  })
  test('guards text that a spreadsheet would run, and only text', () => {
    expect(csv(TEXT, [3], ['=1+1', '-5', 'a=b'])).toBe("'=1+1\r\n'-5\r\na=b\r\n")
    expect(csv(TEXT, [1], ['=1+1'], false)).toBe('=1+1\r\n')
    expect(csv(INT16, [1], [-5])).toBe('-5\r\n')
  })
  test('refuses more than two dimensions', () =>
    expect(() => csv(INT16, [1, 1, 1], [1])).toThrow(/two dimensions/))
})

describe('raw', () => {
  test('is canonical bytes, with a length before items that vary', () => {
    expect([...(rawFormat(head(INT16, [1])).items(Uint8Array.from([1, 0])) as Uint8Array)]).toEqual([1, 0])
    const { data, offsets } = bytes(TEXT, ['ab', '', 'é'])
    expect([...(rawFormat(head(TEXT, [3])).items(data, offsets) as Uint8Array)]).toEqual([
      2, 0, 0, 0, 97, 98, 0, 0, 0, 0, 2, 0, 0, 0, 0xc3, 0xa9,
    ])
  })
  test('its size is known before, but for items that vary', () => {
    expect(rawFormat(head(INT16, [3, 5])).bytes).toBe(30)
    expect(rawFormat(head(TEXT, [3])).bytes).toBeUndefined()
  })
  test('npy puts a header before it', () => {
    const format = npyFormat(head(INT16, [2]))
    expect(Buffer.from(format.begin() as Uint8Array).toString('latin1')).toContain("'descr': '<i2'")
    expect([...(format.items(Uint8Array.from([1, 0])) as Uint8Array)]).toEqual([1, 0])
  })
})
