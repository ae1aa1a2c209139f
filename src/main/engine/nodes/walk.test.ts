import { describe, expect, test } from 'vitest'
import { IoError } from '@shared/errors'
import type { NodeSummary } from '@shared/model/node'
import { MemoryStore } from '../stores/memory'
import type { Listing } from '../stores/store'
import type { ZarrGroup } from './group'
import { openNode } from './open'
import { array1, array2, array3, context, group3, storeOf } from './testing/sample-nodes'

const groupOf = async (store: MemoryStore): Promise<ZarrGroup> =>
  (await openNode(store, '', context)) as ZarrGroup
const walked = async (group: ZarrGroup, options = {}): Promise<NodeSummary[]> => {
  const found: NodeSummary[] = []
  for await (const batch of group.walk(options)) found.push(...batch)
  return found
}
const rows = (nodes: NodeSummary[]): string[] =>
  nodes.map(({ path, kind, zarrFormat }) => `${path} ${kind} ${zarrFormat}`)

const MIXED = {
  'zarr.json': group3(),
  'b/zarr.json': group3({ u: 1 }),
  'b/x/zarr.json': array3(),
  'b/x/c/0': '\0\0\0\0',
  'a/.zgroup': { zarr_format: 2 },
  'a/y/.zarray': array2(),
  'a/y/0': '\0\0\0\0',
  'old/meta': array1(),
  'old/attrs': '{}',
  'plain/z/.zarray': array2(),
  'notes/readme.txt': 'nothing to see',
}

describe('walk', () => {
  test('lists every node of every format in tree order and leaves other folders out', async () => {
    expect(rows(await walked(await groupOf(storeOf(MIXED))))).toEqual([
      'a group 2',
      'a/y array 2',
      'b group 3',
      'b/x array 3',
      'old array 1',
      'plain group 3',
      'plain/z array 2',
    ])
  })

  test('stops at a depth', async () => {
    expect(rows(await walked(await groupOf(storeOf(MIXED)), { depth: 1 }))).toEqual([
      'a group 2',
      'b group 3',
      'old array 1',
      'plain group 3',
    ])
  })

  test('tells what a row of the tree shows', async () => {
    const [, , b, x] = await walked(await groupOf(storeOf(MIXED)))
    expect(b).toEqual({ path: 'b', name: 'b', kind: 'group', zarrFormat: 3, attributeKeys: ['u'] })
    expect(x).toEqual({
      path: 'b/x',
      name: 'x',
      kind: 'array',
      zarrFormat: 3,
      dtype: 'int16',
      shape: [4],
      chunks: [2],
    })
  })

  test('lists what cannot be read with the reason and goes on', async () => {
    const broken = {
      'zarr.json': group3(),
      'a/.zarray': '{"zarr_format": 2',
      'b/zarr.json': array3({ data_type: 'int7' }),
      'c/zarr.json': array3(),
    }
    const [a, b, c] = await walked(await groupOf(storeOf(broken)))
    expect(a).toMatchObject({
      path: 'a',
      kind: 'array',
      zarrFormat: 2,
      problem: expect.stringContaining('a/.zarray') as string,
    })
    expect(b).toMatchObject({ path: 'b', unsupported: expect.stringContaining('int7') as string })
    expect(c?.problem).toBeUndefined()
  })

  test('lists a folder that cannot be opened with the reason and goes on', async () => {
    class Locked extends MemoryStore {
      override async get(key: string): Promise<Uint8Array | undefined> {
        if (key.startsWith('a/')) throw new IoError(`/store/${key}`, 'EACCES', 'permission was denied.')
        return super.get(key)
      }
    }
    const store = new Locked()
    for (const path of ['', 'a/', 'b/'])
      await store.set(`${path}zarr.json`, new TextEncoder().encode(JSON.stringify(group3())))
    const [a, b] = await walked(await groupOf(store))
    expect(a).toMatchObject({
      path: 'a',
      kind: 'group',
      problem: expect.stringContaining('permission was denied') as string,
    })
    expect(rows([b!])).toEqual(['b group 3'])
  })

  test('knows nodes from the consolidated metadata that have no documents', async () => {
    const inline = {
      consolidated_metadata: {
        kind: 'inline',
        must_understand: false,
        metadata: { g: group3(), 'g/x': array3() },
      },
    }
    expect(rows(await walked(await groupOf(storeOf({ 'zarr.json': group3({}, inline) }))))).toEqual([
      'g group 3',
      'g/x array 3',
    ])
  })

  test('never opens an array to look for nodes in it', async () => {
    const listed: string[] = []
    class Logging extends MemoryStore {
      override async list(prefix: string): Promise<Listing> {
        listed.push(prefix)
        return super.list(prefix)
      }
    }
    const store = new Logging(
      Object.entries(MIXED).map(([key, value]) => [
        key,
        new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
      ]),
    )
    await walked(await groupOf(store))
    expect(listed).not.toContain('b/x')
    expect(listed).not.toContain('a/y')
  })
})
