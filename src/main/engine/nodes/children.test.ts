import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { NodeSummary } from '@shared/model/node'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { CodecExecutor } from '../pool/executor'
import { InlineExecutor } from '../pool/inline'
import { WorkerPool } from '../pool/worker-pool'
import { DirectoryStore } from '../stores/directory'
import { children } from './children'
import { array1, array2, array3, group3 } from './testing/sample-nodes'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'zarrscope-children-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))
const pool = new WorkerPool({ workers: 2 })
afterAll(() => pool.close())

async function put(key: string, content: unknown): Promise<void> {
  await mkdir(dirname(join(folder, key)), { recursive: true })
  await writeFile(join(folder, key), typeof content === 'string' ? content : JSON.stringify(content))
}

async function listed(executor?: CodecExecutor): Promise<NodeSummary[]> {
  const found: NodeSummary[] = []
  const store = new DirectoryStore(join(folder, 's'))
  for await (const node of children(store, { path: '', zarrFormat: 3 }, { executor })) found.push(node)
  return found
}

test('threads list what one file after the other gives: every format, order, damage, links, more than a batch', async () => {
  await put('s/zarr.json', group3())
  await put('outside/zarr.json', group3())
  for (let i = 0; i < 300; i++) await put(`s/many${i}/zarr.json`, array3({ attributes: { i } }))
  await put('s/two/.zarray', array2())
  await put('s/two/.zattrs', '{"units": "K"}')
  await put('s/both/.zarray', array2())
  await put('s/both/zarr.json', array3())
  await put('s/one/meta', array1())
  await put('s/one/attrs', '{"a": NaN}')
  await put('s/group/.zgroup', { zarr_format: 2 })
  await put('s/broken/zarr.json', '{"zarr_format": 3')
  await put('s/latin/zarr.json', '')
  await writeFile(join(folder, 's/latin/zarr.json'), Uint8Array.of(0x7b, 0xe9, 0x7d))
  await put('s/folder/zarr.json/readme', 'a folder has the name of a document')
  await put('s/notes/readme.txt', 'no node')
  await put('s/implicit/inside/.zarray', array2())
  await mkdir(join(folder, 's/linked'))
  await symlink(join(folder, 'outside/zarr.json'), join(folder, 's/linked/zarr.json'))

  const one = await listed()
  expect(one).toHaveLength(308)
  expect(one.filter(({ problem }) => problem !== undefined).map(({ name }) => name)).toEqual([
    'broken',
    'latin',
    'linked',
  ])
  expect(await listed(pool)).toEqual(one)
  expect(await listed(new InlineExecutor())).toEqual(one)
})
