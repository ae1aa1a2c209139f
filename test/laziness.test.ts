import { describe, expect, test } from 'vitest'
import type { MapLike } from '@engine/stores/map'
import { array2, array3 } from '@engine/nodes/testing/sample-nodes'
import { open, type NdArray } from '../src/main/library'

const ROWS = 1_000_000_000_000

/** A store that answers like a map and writes down every key it was asked for. */
function logging(values: Record<string, unknown>): MapLike & { asked: string[] } {
  const asked: string[] = []
  const bytes = new Map(
    Object.entries(values).map(([key, value]) => [
      key,
      value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value)),
    ]),
  )
  return {
    asked,
    get: async (key) => (asked.push(key), bytes.get(key)),
    keys: () => bytes.keys(),
  }
}

const DOCUMENTS = ['zarr.json', '.zarray', '.zgroup', '.zattrs', '.zmetadata', 'meta', 'attrs']
const isDocument = (key: string): boolean => DOCUMENTS.includes(key.split('/').at(-1)!)
const chunksOf = ({ asked }: { asked: string[] }): string[] =>
  [...new Set(asked.filter((key) => !isDocument(key)))].sort()

describe('an array of 10^12 rows', () => {
  const metadata = array3({
    shape: [ROWS, 4],
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [1000, 2] } },
  })

  test('opens by its metadata alone', async () => {
    const store = logging({ 'zarr.json': metadata })
    const z = await open(store)
    expect([z.shape, z.nchunks, z.nbytes]).toEqual([[ROWS, 4], 2e9, 8e12])
    expect(chunksOf(store)).toEqual([])
  })

  test('jumps to its end with the visible chunks alone', async () => {
    const last = new Uint8Array(new Int16Array(2000).map((_, i) => i).buffer)
    const store = logging({ 'zarr.json': metadata, 'c/999999999/1': last })
    const z = await open<'int16'>(store)
    const { data, shape } = (await z.get('-3:')) as NdArray<'int16'>
    expect(shape).toEqual([3, 4])
    expect([...data]).toEqual([7, 7, 1994, 1995, 7, 7, 1996, 1997, 7, 7, 1998, 1999])
    expect(chunksOf(store)).toEqual(['c/999999999/0', 'c/999999999/1'])
  })

  test('steps across it by a million million with the chunks it meets', async () => {
    const store = logging({ '.zarray': array2({ shape: [ROWS], chunks: [1000] }) })
    const z = await open(store)
    expect(((await z.get(`::${ROWS - 1}`)) as NdArray).shape).toEqual([2])
    expect(chunksOf(store)).toEqual(['0', '999999999'])
  })

  test('reads one inner chunk of a shard by ranges, not the shard', async () => {
    const asked: string[] = []
    const sharding = {
      name: 'sharding_indexed',
      configuration: {
        chunk_shape: [1000],
        codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
        index_codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
      },
    }
    const document = array3({
      shape: [ROWS],
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [1_000_000_000] } },
      codecs: [sharding],
    })
    const values = new Map([['zarr.json', new TextEncoder().encode(JSON.stringify(document))]])
    const z = await open({
      get: (key: string) => (asked.push(key), values.get(key)),
      keys: () => values.keys(),
    })
    expect(await z.get(-1)).toBe(7)
    expect([...new Set(asked)].filter((key) => !isDocument(key))).toEqual(['c/999'])
  })
})

test('a group with a million chunks below it lists its members without looking at them', async () => {
  const store = logging({
    'zarr.json': { zarr_format: 3, node_type: 'group' },
    'a/zarr.json': array3({ shape: [ROWS] }),
  })
  const { openGroup } = await import('../src/main/library')
  const [child] = await (await openGroup(store)).children()
  expect(child).toMatchObject({ path: 'a', shape: [ROWS] })
  expect(chunksOf(store)).toEqual([])
})
