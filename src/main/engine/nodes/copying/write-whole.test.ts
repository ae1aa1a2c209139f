import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { InlineExecutor } from '../../pool/inline'
import { DirectoryStore } from '../../stores/directory'
import { MemoryStore } from '../../stores/memory'
import { createArray, createGroup } from '../creation/create-node'
import { openNode } from '../open'
import { consolidate } from '../writing/consolidate'
import { moveNode } from '../writing/delete-node'
import { copyNode } from './copy-node'
import { writeWhole } from './write-whole'

const context = { executor: new InlineExecutor() }
const small = { shape: [4], chunks: [2], dtype: 'i2' }

let folder: string
let store: DirectoryStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-whole-'))
  store = new DirectoryStore(join(folder, 's.zarr'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const names = (at = folder): string[] => readdirSync(at, { recursive: true, encoding: 'utf8' }).sort()
const target = (path: string) => ({ store, path, context })
const v3 = { zarrFormat: 3, overwrite: false } as const

test('a node appears when it is whole, with the groups on the way to it', async () => {
  await writeWhole(target('a/b'), v3, async (at) => {
    await createArray(at.store, at.path, small, context)
    await at.store.set('c/0', Uint8Array.of(1))
    expect(await store.list('')).toEqual({ keys: [], prefixes: [] })
  })
  expect(names()).toEqual(
    ['', '/a', '/a/b', '/a/b/c', '/a/b/c/0', '/a/b/zarr.json', '/a/zarr.json', '/zarr.json'].map(
      (name) => `s.zarr${name}`,
    ),
  )
})

test.each([
  ['nothing was there', '', v3],
  ['a node was there', 'old', { ...v3, overwrite: true }],
])('after a failure everything is as it was: %s', async (_what, path, options) => {
  await createArray(store, 'old', small, context)
  if (path === '') store = new DirectoryStore(join(folder, 'new.zarr'))
  const before = names()
  const failing = writeWhole(target(path), options, async (at) => {
    await createGroup(at.store, at.path, {}, context)
    await at.store.set('x', Uint8Array.of(1))
    throw new Error('the disk is gone')
  })
  await expect(failing).rejects.toThrow('the disk is gone')
  expect(names()).toEqual(before)
})

test('what is replaced goes only when the new node is whole', async () => {
  await createArray(store, 'a', { ...small, shape: [9] }, context)
  await store.set('a/c/3', Uint8Array.of(1))
  await writeWhole(target('a'), { ...v3, overwrite: true }, async (at) => {
    expect((await openNode(store, 'a', context)).metadata).toMatchObject({ shape: [9] })
    await createArray(at.store, at.path, small, context)
  })
  expect((await openNode(store, 'a', context)).metadata).toMatchObject({ shape: [4] })
  expect(names(join(folder, 's.zarr/a'))).toEqual(['zarr.json'])
})

test('a node that is there, other files, and an array above are refused before anything is written', async () => {
  await createArray(store, 'a', small, context)
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'home/letter.txt'), 'dear')
  const never = (): Promise<never> => Promise.reject(new Error('was begun'))
  await expect(writeWhole(target('a'), v3, never)).rejects.toMatchObject({ code: 'NODE_EXISTS' })
  await expect(writeWhole(target('a/b/c'), v3, never)).rejects.toThrow('"a" is an array')
  await expect(writeWhole(target('x'), { ...v3, zarrFormat: 1 }, never)).rejects.toThrow('Format 1')
  await expect(writeWhole(target('__x'), v3, never)).rejects.toThrow('uses this name itself')
  store = new DirectoryStore(join(folder, 'home'))
  for (const overwrite of [false, true])
    await expect(writeWhole(target(''), { ...v3, overwrite }, never)).rejects.toThrow('holds other files')
  expect(readFileSync(join(folder, 'home/letter.txt'), 'utf8')).toBe('dear')
})

test('other stores are written to directly; consolidated metadata learns of what came below', async () => {
  const memory = new MemoryStore()
  const root = await createGroup(memory, '', { zarrFormat: 2 }, context)
  const source = new MemoryStore()
  await createGroup(source, '', { zarrFormat: 2 }, context)
  await createArray(source, 'x/y', { ...small, zarrFormat: 2 }, context)
  await consolidate(root)
  const copy = await openNode(source, '', context)
  await writeWhole({ store: memory, path: 'g', context }, { ...v3, zarrFormat: 2 }, (at) =>
    copyNode(copy, at),
  )
  const text = new TextDecoder().decode(await memory.get('.zmetadata'))
  expect(Object.keys((JSON.parse(text) as { metadata: object }).metadata).sort()).toEqual(
    ['.zgroup', 'g/.zgroup', 'g/x/.zgroup', 'g/x/y/.zarray'].sort(),
  )
})

test('a moved folder keeps every byte, and consolidated metadata names it anew', async () => {
  const root = await createGroup(store, '', {}, context)
  await createArray(store, 'g/a', small, context)
  await store.set('g/a/c/0', Uint8Array.of(1, 2, 3))
  await consolidate(root)
  const document = readFileSync(join(folder, 's.zarr/g/a/zarr.json'), 'utf8')
  await moveNode(store, 'g', 'h/g2', context)
  expect(names(join(folder, 's.zarr'))).toEqual(
    [
      'h',
      'h/g2',
      'h/g2/a',
      'h/g2/a/c',
      'h/g2/a/c/0',
      'h/g2/a/zarr.json',
      'h/g2/zarr.json',
      'h/zarr.json',
    ].concat('zarr.json'),
  )
  expect(readFileSync(join(folder, 's.zarr/h/g2/a/zarr.json'), 'utf8')).toBe(document)
  const { consolidated_metadata: copy } = JSON.parse(
    readFileSync(join(folder, 's.zarr/zarr.json'), 'utf8'),
  ) as {
    consolidated_metadata: { metadata: object }
  }
  expect(Object.keys(copy.metadata).sort()).toEqual(['h', 'h/g2', 'h/g2/a'])
})
