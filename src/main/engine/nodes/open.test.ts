import { describe, expect, test } from 'vitest'
import {
  ChunkCorruptError,
  MetadataError,
  NodeNotFoundError,
  NotAStoreError,
  UnsupportedError,
} from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import type { Selection } from '@shared/selection/selection'
import { openNode, type ZarrNode } from './open'
import { nodeDetail } from './node-detail'
import { array1, array2, array3, context, group3, storeOf } from './testing/sample-nodes'

const open = (documents: Record<string, unknown>, path = '', format?: ZarrFormat): Promise<ZarrNode> =>
  openNode(storeOf(documents), path, context, { format })
const whole: Selection = { kind: 'basic', dims: [{ start: 0, step: 1, count: 4 }] }
const read = async (node: ZarrNode): Promise<number[]> => {
  if (node.kind === 'group') throw new Error('a group')
  return [...new Int16Array((await node.readAll(whole)).data.slice().buffer)]
}

describe('openNode', () => {
  test('opens each format and reads its chunks, missing ones as fill', async () => {
    expect(await read(await open({ 'zarr.json': array3(), 'c/0': '\x01\0\x02\0' }))).toEqual([1, 2, 7, 7])
    expect(await read(await open({ 'a/.zarray': array2(), 'a/1': '\x01\0\x02\0' }, 'a'))).toEqual([
      7, 7, 1, 2,
    ])
    expect(await read(await open({ meta: array1(), attrs: '{}', '0': '\x01\0\x02\0' }))).toEqual([1, 2, 7, 7])
  })

  test('reports all formats that coexist; the newest is used unless another is asked for', async () => {
    const all = { 'zarr.json': array3(), '.zarray': array2(), '.zattrs': {}, meta: array1(), attrs: '{}' }
    for (const [format, formats] of [
      [undefined, [3, 2, 1]],
      [2, [2, 3, 1]],
      [1, [1, 3, 2]],
    ] as const) {
      const node = await open(all, '', format)
      expect(node.metadata.zarrFormat).toBe(formats[0])
      expect(node.origin.formats).toEqual(formats)
      expect(node.origin.documents.map(({ key }) => key)).toEqual(Object.keys(all))
    }
  })

  test('takes a file called "meta" for an array only where it says so', async () => {
    await expect(open({ meta: 'notes about this folder' })).rejects.toThrow(NotAStoreError)
    expect((await open({ '.zgroup': { zarr_format: 2 }, meta: 'notes' })).origin.formats).toEqual([2])
  })

  test('opens what it does not know with its metadata and refuses the data', async () => {
    const codec = await open({
      'zarr.json': array3({
        codecs: [{ name: 'bytes', configuration: { endian: 'little' } }, { name: 'secret' }],
      }),
    })
    expect(nodeDetail(codec).array).toMatchObject({ readable: false, shape: [4] })
    expect(nodeDetail(codec).unsupported).toContain('"secret"')
    await expect(read(codec)).rejects.toThrow(UnsupportedError)
    const type = await open({ 'zarr.json': array3({ data_type: 'int7' }) })
    expect(nodeDetail(type)).toMatchObject({ dtype: 'int7', array: { readable: false } })
    await expect(read(type)).rejects.toThrow(/int7/)
  })

  test('refuses broken documents by name', async () => {
    await expect(open({ 'a/zarr.json': '{"zarr_format": 3,' }, 'a')).rejects.toThrow(MetadataError)
    await expect(open({ 'a/zarr.json': '{"zarr_format": 3,' }, 'a')).rejects.toThrow(/a\/zarr\.json/)
    await expect(open({ '.zarray': array2({ chunks: [0] }) })).rejects.toThrow(/chunks/)
  })

  test('tells a missing node from a store that is none', async () => {
    await expect(open({ 'zarr.json': group3() }, 'a')).rejects.toThrow(NodeNotFoundError)
    await expect(open({})).rejects.toThrow(NotAStoreError)
  })

  test('names the chunk that does not decode', async () => {
    const node = await open({ 'x/zarr.json': array3(), 'x/c/1': '\x01' }, 'x')
    await expect(read(node)).rejects.toThrow(ChunkCorruptError)
    await expect(read(node)).rejects.toThrow(/x\/c\/1/)
  })

  test('a folder without documents is a group where nodes lie below', async () => {
    const node = await open({ 'a/b/.zarray': array2() }, 'a')
    expect(node.kind).toBe('group')
    await expect(open({ 'a/b/readme.txt': 'x' }, 'a')).rejects.toThrow(NodeNotFoundError)
  })
})

describe('consolidated metadata', () => {
  const copy = {
    zarr_consolidated_format: 1,
    metadata: { '.zgroup': { zarr_format: 2 }, 'x/.zarray': array2(), 'x/.zattrs': { a: 1 } },
  }
  const store = { '.zgroup': { zarr_format: 2 }, '.zmetadata': copy }

  test('says nothing where it agrees, whatever the order of fields', async () => {
    const swapped = Object.fromEntries(Object.entries(array2()).reverse())
    const node = await open({ ...store, 'x/.zarray': swapped, 'x/.zattrs': { a: 1 } }, 'x')
    expect(node.origin.consolidatedDifference).toBeUndefined()
  })

  test('gives way to the node itself, and the difference is told', async () => {
    const node = await open({ ...store, 'x/.zarray': array2({ shape: [6] }), 'x/.zattrs': { a: 2 } }, 'x')
    expect(nodeDetail(node)).toMatchObject({
      shape: [6],
      consolidatedDifference:
        'The consolidated copy in .zmetadata differs in shape, the attribute "a"; this node\'s own document is shown.',
    })
  })

  test('stands in for documents that are gone', async () => {
    const node = await open(store, 'x')
    expect(node.origin.consolidatedDifference).toContain('no document of its own')
    expect(await read(node)).toEqual([7, 7, 7, 7])
  })

  test('of format 3 lies in the group', async () => {
    const inline = {
      consolidated_metadata: { kind: 'inline', must_understand: false, metadata: { x: array3() } },
    }
    const node = await open(
      { 'zarr.json': group3({}, inline), 'x/zarr.json': array3({ fill_value: 8 }) },
      'x',
    )
    expect(node.origin.consolidatedDifference).toContain('zarr.json differs in fill_value')
  })
})
