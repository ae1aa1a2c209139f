import { describe, expect, test } from 'vitest'
import { MetadataError, UnsupportedError } from '@shared/errors'
import { stringifyJson } from '@shared/json/stringify'
import type { ZarrFormat } from '@shared/model/node'
import type { ArrayMetadata } from './array-metadata'
import { describeArray } from './describe'
import { parseNode } from './parse-node'
import { changed, open, V3 } from './testing/documents'

describe('what is legal but not known opens and says why its data is refused', () => {
  test.each<[ZarrFormat, object, string]>([
    [3, { data_type: 'int33' }, 'The data type "int33" cannot be used'],
    [3, { data_type: { name: 'raw_bytes' } }, 'a/b/zarr.json (data_type): "raw_bytes" needs length_bytes'],
    [3, { fill_value: 1.5 }, 'a/b/zarr.json (fill_value): 1.5 is not a fill value of int32.'],
    [3, { fill_value: null }, '(fill_value): null is not a fill value of format 3'],
    [3, { chunk_grid: { name: 'hexagonal' } }, 'The chunk grid "hexagonal"'],
    [3, { chunk_key_encoding: { name: 'hash' } }, 'The chunk key encoding "hash"'],
    [
      3,
      { chunk_key_encoding: { name: 'v2', configuration: { separator: '-' } } },
      'it is "-"; it must be "/" or "."',
    ],
    [
      3,
      { chunk_key_encoding: { name: 'v2', configuration: { separator: null } } },
      'it is null; it must be "/" or "."',
    ],
    [3, { storage_transformers: [{ name: 'encrypt' }] }, 'The storage transformer "encrypt"'],
    [3, { storage_transformers: {} }, '(storage_transformers): it must be a list'],
    [3, { extra: 1 }, 'The extension "extra"'],
    [3, { extra: { must_understand: true } }, 'The extension "extra"'],
    [3, { codecs: {} }, '(codecs): it must be a list of codecs'],
    [2, { dimension_separator: null }, '(dimension_separator): it is null'],
    [2, { dtype: '<i3' }, 'The data type "<i3"'],
    [2, { dtype: [['a']] }, 'a/b/.zarray (dtype): a field is a list'],
    [2, { fill_value: 'x' }, '(fill_value): "x" is not a fill value of int32'],
    [2, { filters: 5 }, '(filters): it must be a list or null'],
    [2, { filters: ['delta'] }, '(filters[0]): it must be an object with an "id"'],
    [2, { compressor: {} }, '(compressor): it must be an object with an "id"'],
    [2, { dimension_separator: '-' }, '(dimension_separator): it is "-"'],
    [2, { dtype: '|O' }, 'needs an object codec as its first filter, and there is none'],
    [
      2,
      { dtype: '|O', filters: [{ id: 'pickle' }] },
      'The filter "pickle" cannot be used: reading pickled objects',
    ],
    [2, { dtype: '|O', filters: [{ id: 'zlib' }] }, 'it is no codec for Python objects'],
    [1, { compression: 'snappy' }, 'The codec "snappy"'],
    [1, { compression: 'zlib', compression_opts: { level: 1 } }, 'are not those of format 1'],
  ])('format %i %j', (format, change, why) => {
    const array = open(format, change)
    expect(array.problem?.message).toContain(why)
    expect(array.shape).toEqual([10, 6])
    expect(describeArray(array, '')).toMatchObject({ readable: false, reason: array.problem!.message })
  })

  test('objects that say so may be passed over', () => {
    expect(open(3, { extra: { must_understand: false, x: 1 } }).problem).toBeUndefined()
    const codecs = [...V3.codecs, { name: 'example.unknown', must_understand: false }]
    expect(open(3, { codecs })).toMatchObject({
      codecs: [{ name: 'bytes' }],
      codecInfo: [{ name: 'bytes' }, { name: 'example.unknown' }],
    })
    expect(open(3, { storage_transformers: [] }).problem).toBeUndefined()
    expect(open(2, { foo: 1 }).problem).toBeUndefined()
  })

  test('the caller’s check of the codecs counts, after the document’s own problems', () => {
    const refuse = { checkPipeline: () => new UnsupportedError('codec', 'x') }
    const node = parseNode('', new Map([['zarr.json', changed(V3, {})]]), refuse)
    expect(node!.metadata.problem).toMatchObject({ unsupported: 'x' })
    const broken = { checkPipeline: () => new MetadataError('', 'codecs[0]', 'wrong.') }
    expect(parseNode('', new Map([['zarr.json', changed(V3, {})]]), broken)!.metadata.problem).toMatchObject({
      key: 'zarr.json',
    })
    const own = parseNode('', new Map([['zarr.json', changed(V3, { data_type: 'int33' })]]), refuse)
    expect(own!.metadata.problem).toMatchObject({ unsupported: 'int33' })
  })
})

describe('pipelines in the terms of format 3', () => {
  const chain = (array: ArrayMetadata): string =>
    array.codecs.map(({ name, configuration }) => `${name}${stringifyJson(configuration)}`).join(' ')
  const transpose = 'transpose{"order":[1,0]}'
  test.each<[ZarrFormat, object, string]>([
    [1, {}, `${transpose} bytes{"endian":"little"} numcodecs.blosc{"clevel":5,"cname":"lz4","shuffle":1}`],
    [1, { compression: 'zlib', compression_opts: 1 }, 'bytes{"endian":"little"} numcodecs.zlib{"level":1}'],
    [1, { compression: 'none', compression_opts: null }, 'bytes{"endian":"little"}'],
    [1, { compression: null, compression_opts: null, dtype: '|u1' }, 'bytes{}'],
    [2, { order: 'F', dtype: '>i4' }, `${transpose} bytes{"endian":"big"}`],
    [2, { order: 'F', shape: [5], chunks: [5] }, 'bytes{"endian":"little"}'],
    [
      2,
      { filters: [{ id: 'delta', dtype: '<i4' }], compressor: { id: 'zstd', level: 1 } },
      'bytes{"endian":"little"} numcodecs.delta{"dtype":"<i4"} numcodecs.zstd{"level":1}',
    ],
    [
      2,
      { dtype: '|O', fill_value: '', filters: [{ id: 'vlen-utf8' }], order: 'F' },
      `${transpose} vlen-utf8{}`,
    ],
    [
      2,
      { dtype: '|O', fill_value: null, filters: [{ id: 'json2', indent: null }], order: 'F' },
      'numcodecs.json2{"indent":null}',
    ],
    [
      2,
      {
        dtype: [
          ['a', '>i2'],
          ['b', '<i2'],
          ['c', '>c8'],
        ],
        fill_value: null,
      },
      'bytes{"endian":"mixed","swaps":[[0,2],[4,4],[8,4]]}',
    ],
    [
      2,
      {
        dtype: [
          ['a', '>i2'],
          ['b', '|S3'],
        ],
        fill_value: null,
      },
      'bytes{"endian":"big"}',
    ],
  ])('format %i %j', (format, change, expected) => {
    const array = open(format, change)
    expect(chain(array)).toBe(expected)
    expect(array.problem).toBeUndefined()
  })

  test('objects are what their codec says', () => {
    const typed = (filter: object): unknown =>
      open(2, { dtype: '|O', fill_value: null, filters: [filter] }).dtype
    expect(typed({ id: 'vlen-bytes' })).toEqual({ kind: 'vlen-bytes' })
    expect(typed({ id: 'msgpack2' })).toEqual({ kind: 'object' })
    expect(typed({ id: 'categorize', labels: [], dtype: '|O' })).toEqual({ kind: 'vlen-text' })
    expect(typed({ id: 'vlen-array', dtype: '<f8' })).toEqual({
      kind: 'vlen-array',
      item: { kind: 'float', format: 'float64' },
    })
  })
})

test.each([
  [{ dtype: '<M8[s]', fill_value: 'NaT' }, 'NaT'],
  [{ dtype: '<M8[D]', fill_value: 0 }, '1970-01-01'],
  [
    {
      dtype: [
        ['a', '<i2'],
        ['b', '<f4'],
      ],
      fill_value: 'AQAAAMA/',
    },
    '(1, 1.5)',
  ],
  [{ dtype: '<i4', fill_value: 5 }, undefined],
])('the fill value of %j is shown as cells are', (change, shown) => {
  expect(describeArray(open(2, change), '').fillShown).toBe(shown)
})
