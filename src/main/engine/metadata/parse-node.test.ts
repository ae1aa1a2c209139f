import { describe, expect, test } from 'vitest'
import { LimitError, MetadataError, UnsupportedError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import type { ArrayMetadata, GroupMetadata } from './array-metadata'
import { parseNode } from './parse-node'
import { changed, open, V1, V2, V3 } from './testing/documents'

describe('broken documents', () => {
  test.each<[ZarrFormat, object, string]>([
    [3, { shape: undefined }, 'a/b/zarr.json (shape): the field is missing.'],
    [3, { zarr_format: 2 }, 'a/b/zarr.json (zarr_format): it is 2, but this file belongs to format 3.'],
    [3, { zarr_format: '3' }, '(zarr_format): it is "3"'],
    [3, { node_type: 'table' }, '(node_type): it is "table"; it must be "array" or "group".'],
    [3, { shape: [-1, 6] }, '(shape): it holds -1'],
    [3, { shape: [1.5, 6] }, '(shape): it holds 1.5'],
    [3, { shape: [true, 6] }, '(shape): it holds true'],
    [3, { shape: ['10', 6] }, '(shape): it holds "10"'],
    [3, { shape: [2 ** 53, 6] }, '(shape): it holds 9007199254740992'],
    [3, { shape: 10 }, '(shape): it must be a list of whole numbers, not 10.'],
    [3, { shape: Array(65).fill(1) }, 'it has 65 dimensions; the most that can be handled is 64.'],
    [3, { chunk_grid: undefined }, '(chunk_grid): the field is missing.'],
    [
      3,
      { chunk_grid: { name: 'regular', configuration: { chunk_shape: [4] } } },
      'it has 1 entries for an array of 2 dimensions',
    ],
    [
      3,
      { chunk_grid: { name: 'regular', configuration: { chunk_shape: [0, 3] } } },
      '(chunk_grid.configuration.chunk_shape): it holds 0; every entry is a whole number from 1',
    ],
    [3, { chunk_grid: { name: 'regular' } }, '(chunk_grid.configuration.chunk_shape): the field is missing.'],
    [3, { dimension_names: ['x'] }, '(dimension_names): it has 1 entries for an array of 2 dimensions.'],
    [3, { dimension_names: ['x', 5] }, '(dimension_names): it holds 5; names are texts or null.'],
    [3, { attributes: [] }, '(attributes): it is []; attributes are an object.'],
    [2, { chunks: [4] }, 'a/b/.zarray (chunks): it has 1 entries'],
    [2, { chunks: [4, 0] }, '(chunks): it holds 0; a chunk has at least one item'],
    [2, { order: 'K' }, '(order): it is "K"; it must be "C" or "F".'],
    [2, { compressor: undefined }, '(compressor): the field is missing.'],
    [1, { compression: undefined }, 'a/b/meta (compression): the field is missing.'],
    [1, { zarr_format: 2 }, 'a/b/meta (zarr_format): it is 2'],
  ])('format %i %j', (format, change, why) => {
    const run = (): ArrayMetadata => open(format, change)
    expect(run).toThrow(MetadataError)
    expect(run).toThrow(why)
  })

  test.each([
    ['{"zarr_format": 3,', 'a/b/zarr.json: line 1, column 19'],
    ['[]', 'a/b/zarr.json: it holds a list in place of an object.'],
    ['', 'a/b/zarr.json: line 1, column 1: the document is empty.'],
    [
      changed(V3, {}).replace('"shape"', '"shape":[1],"shape"'),
      'a/b/zarr.json (shape): the name occurs twice.',
    ],
    [
      changed(V3, {}).replace('"chunk_shape"', '"chunk_shape":[1],"chunk_shape"'),
      'chunk_shape): the name occurs twice',
    ],
  ])('%s', (text, why) => {
    expect(() => parseNode('a/b', new Map([['zarr.json', text]]))).toThrow(why)
  })

  test('hostile data types take neither time nor memory', () => {
    const fields = Array.from({ length: 200_000 }, (_, i) => [`f${i}`, '|u1'])
    expect(open(2, { dtype: fields, fill_value: 0 }).problem?.message).toContain('more than 10000 fields')
    expect(open(2, { dtype: fields.slice(0, 10_000), fill_value: 0 }).problem).toBeUndefined()
    expect(open(2, { dtype: '|S2000000000', fill_value: 0 }).problem?.message).toContain('larger than')
    expect(open(2, { dtype: [['a', '|u1', [60_000_000]]], fill_value: 0 }).fill).toHaveLength(60_000_000)
    expect(
      open(2, {
        dtype: [
          [
            'a',
            [
              ['b', '<i4'],
              ['c', '|S3'],
            ],
            [1_000_000],
          ],
        ],
        fill_value: null,
      }).problem,
    ).toBeInstanceOf(UnsupportedError)
  })

  test('bytes that are no UTF-8, too many, too deep', () => {
    expect(() => parseNode('', new Map([['.zarray', Uint8Array.of(0x7b, 0xff)]]))).toThrow(
      '.zarray: it is not valid UTF-8',
    )
    expect(() => parseNode('', new Map([['.zarray', new Uint8Array(17 * 1024 * 1024)]]))).toThrow(LimitError)
    expect(() => parseNode('', new Map([['zarr.json', '{"a":'.repeat(600)]]))).toThrow(LimitError)
  })
})

describe('several formats at one path', () => {
  const documents = new Map([
    ['zarr.json', changed(V3, {})],
    ['.zarray', changed(V2, { shape: [1, 1] })],
    ['.zattrs', '{"a": 1}'],
    ['meta', changed(V1, {})],
  ])
  test('3 before 2 before 1, unless one is preferred', () => {
    expect(parseNode('', documents)).toMatchObject({ formats: [3, 2, 1], metadata: { zarrFormat: 3 } })
    expect(parseNode('', documents, { prefer: 2 })).toMatchObject({
      formats: [2, 3, 1],
      metadata: { shape: [1, 1] },
    })
    expect(parseNode('', documents, { prefer: 1 })).toMatchObject({ formats: [1, 3, 2] })
    expect(parseNode('', new Map([['.zgroup', '{"zarr_format": 2}']]), { prefer: 3 })).toMatchObject({
      formats: [2],
    })
  })

  test('attributes alone, or any file called meta, are no node', () => {
    expect(parseNode('', new Map([['.zattrs', '{}']]))).toBeUndefined()
    expect(parseNode('', new Map([['meta', 'author: me']]))).toBeUndefined()
    expect(() =>
      parseNode(
        '',
        new Map([
          ['meta', 'author: me'],
          ['attrs', '{}'],
        ]),
      ),
    ).toThrow('meta: line 1')
    expect(parseNode('', new Map())).toBeUndefined()
  })

  test('an array document outranks a group document', () => {
    expect(
      parseNode(
        '',
        new Map([
          ['.zgroup', '{"zarr_format":2}'],
          ['.zarray', changed(V2, {})],
        ]),
      )!.metadata.kind,
    ).toBe('array')
  })
})

describe('groups', () => {
  const group = (documents: [string, string][]): GroupMetadata =>
    parseNode('g', new Map(documents))!.metadata as GroupMetadata
  test('attributes keep their text', () => {
    const text = '{"zarr_format": 3, "node_type": "group", "attributes": {"b": 1.50, "a":NaN}}'
    expect(group([['zarr.json', text]])).toMatchObject({
      attributesText: '{"b": 1.50, "a":NaN}',
    })
    expect(
      group([
        ['.zgroup', '{"zarr_format": 2}'],
        ['.zattrs', '{ "x" : 1 }'],
      ]),
    ).toMatchObject({ attributesText: '{ "x" : 1 }' })
  })

  test('repeated names are tolerated in attributes only', () => {
    const text = '{"zarr_format": 3, "node_type": "group", "attributes": {"a": 1, "a": 2}}'
    expect(group([['zarr.json', text]]).attributes.get('a')).toBe(2)
    expect(
      group([
        ['.zgroup', '{"zarr_format": 2}'],
        ['.zattrs', '{"a": 1, "a": 2}'],
      ]).attributes.get('a'),
    ).toBe(2)
  })

  test('inline consolidated documents keep their text', () => {
    const inner = changed(V3, {})
    const text = `{"zarr_format": 3, "node_type": "group", "consolidated_metadata": {"kind": "inline", "must_understand": false, "metadata": {"a/x": ${inner}}}}`
    expect(group([['zarr.json', text]])).toMatchObject({
      consolidated: new Map([['a/x', new Map([['zarr.json', inner]])]]),
    })
    const none = '{"zarr_format": 3, "node_type": "group", "consolidated_metadata": null}'
    expect(group([['zarr.json', none]]).consolidated).toBeUndefined()
  })

  test('.zmetadata gives the documents of every node', () => {
    const text = `{"metadata": {".zgroup": {"zarr_format": 2}, "x/.zarray": ${changed(V2, {})}, "x/.zattrs": {"u":  1}}, "zarr_consolidated_format": 1}`
    const { consolidated, problem } = group([
      ['.zgroup', '{"zarr_format": 2}'],
      ['.zmetadata', text],
    ])
    expect(problem).toBeUndefined()
    expect(consolidated!.get('')).toEqual(new Map([['.zgroup', '{"zarr_format": 2}']]))
    expect(consolidated!.get('x')!.get('.zattrs')).toBe('{"u":  1}')
  })

  test('a broken copy is a problem of its own, and the group opens', () => {
    const { problem, consolidated } = group([
      ['.zgroup', '{"zarr_format": 2}'],
      ['.zmetadata', '{'],
    ])
    expect(problem?.message).toContain('g/.zmetadata')
    expect(consolidated).toBeUndefined()
    expect(group([['zarr.json', '{"zarr_format": 3, "node_type": "group", "x": 1}']]).problem).toBeInstanceOf(
      UnsupportedError,
    )
  })
})
