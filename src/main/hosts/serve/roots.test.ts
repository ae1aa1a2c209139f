import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listFolder, targetIn } from './folders'
import { Roots } from './roots'
import { remove, tree } from '../testing/folder-tree'

let root: string
let roots: Roots
const at = (path: string): string => join(root, path)
beforeAll(async () => {
  root = await tree({
    'data/v3.zarr/zarr.json': '{}',
    'data/v2.zarr/.zgroup': '{}',
    'data/v1/meta': '{}',
    'data/folder 10/': '',
    'data/folder 2/': '',
    'data/dots..in..names/x': '',
    'data/packed.zarr.zip': '',
    'data/packed.OZX': '',
    'data/notes.txt': '',
    'data/.hidden/zarr.json': '',
    'data/not.zip/x': '',
    'data-2/x': '',
    'other/b.zarr/zarr.json': '{}',
    'single.zarr.zip': '',
  })
  await symlink(at('other'), at('data/leads-out'))
  await symlink(at('other/b.zarr'), at('data/link.zarr'))
  await symlink('v3.zarr', at('data/inner-link'))
  await symlink(at('nowhere'), at('data/dangling'))
  roots = await Roots.of([at('data'), at('data/v3.zarr'), at('single.zarr.zip')])
})
afterAll(() => remove(root))

test.each([
  ['data', 'data'],
  ['data/', 'data'],
  ['data/v3.zarr/deep/er', 'data/v3.zarr/deep/er'],
  ['data/x/../v3.zarr', 'data/v3.zarr'],
  ['data/inner-link/x', 'data/v3.zarr/x'],
  ['data/dots..in..names', 'data/dots..in..names'],
  ['data/..not-up', 'data/..not-up'],
  ['single.zarr.zip', 'single.zarr.zip'],
  ['single.zarr.zip/inside/it', 'single.zarr.zip/inside/it'],
])('%s is allowed and is really %s', async (path, real) => {
  expect(await roots.confine(at(path))).toBe(at(real))
})

test.each([
  '',
  'other',
  'data-2',
  'data/..',
  'data/../other',
  'data/leads-out',
  'data/leads-out/b.zarr',
  'data/link.zarr/zarr.json',
  'data/dangling',
  'data/dangling/x',
  'single.zarr',
  'data/\0',
])('%j is refused', async (path) => {
  await expect(roots.confine(at(path))).rejects.toMatchObject({ code: 'USAGE' })
})

test.each(['data', './data', '', '..', 'file:///etc/passwd', 'C:\\Windows'])(
  '%j is refused: not absolute here',
  async (path) => {
    await expect(roots.confine(path)).rejects.toMatchObject({ code: 'USAGE' })
  },
)

test('a root that is a link stands for what it points to; a root inside another is one', async () => {
  const linked = await Roots.of([at('data/link.zarr'), at('other/b.zarr')])
  expect(linked.paths).toEqual([at('other/b.zarr')])
  expect(roots.paths).toEqual([at('data'), at('single.zarr.zip')])
})

test('a listing names folders, stores and zips in natural order, and nothing that leads out', async () => {
  const listing = await listFolder(roots)
  expect(listing).toMatchObject({ path: at('data'), parent: null, roots: [at('data')], truncated: false })
  expect(listing.entries.map((e) => `${e.kind} ${e.name}`)).toEqual([
    'folder dots..in..names',
    'folder folder 2',
    'folder folder 10',
    'store inner-link',
    'folder not.zip',
    'zip packed.OZX',
    'zip packed.zarr.zip',
    'store v1',
    'store v2.zarr',
    'store v3.zarr',
  ])
})

test('inside a root there is a way up, to the root and no further', async () => {
  expect((await listFolder(roots, at('data/folder 2'))).parent).toBe(at('data'))
})

test('only roots that are folders can be listed; what cannot is named', async () => {
  await expect(listFolder(roots, at('data/notes.txt'))).rejects.toMatchObject({
    code: 'IO',
    syscall: 'ENOTDIR',
  })
  await expect(listFolder(roots, at('data/gone'))).rejects.toMatchObject({ code: 'IO', syscall: 'ENOENT' })
  await expect(listFolder(await Roots.of([at('single.zarr.zip')]))).rejects.toMatchObject({ code: 'USAGE' })
})

test('a folder of thousands is cut and says so', async () => {
  const many = await tree({})
  for (let i = 0; i < 2100; i++) await mkdir(join(many, `f${i}`))
  const { entries, truncated } = await listFolder(await Roots.of([many]))
  expect([entries.length, truncated]).toEqual([2000, true])
  await remove(many)
})

test('files are listed where their kind is asked for, in any case of letters', async () => {
  const folder = await tree({ 'a.NPY': 'x', 'b.csv': 'x', 'c.npy/zarr.json': '{}', '.d.npy': 'x' })
  const { entries } = await listFolder(await Roots.of([folder]), folder, ['npy'])
  expect(entries.map((e) => `${e.kind} ${e.name}`)).toEqual(['file a.NPY', 'store c.npy'])
  await remove(folder)
})

test('a place for something new lies in a folder below the roots, and tells whether something is there', async () => {
  const made = await targetIn(roots, at('data/folder 2'), 'new.zarr')
  expect(made).toEqual({
    ticket: at('data/folder 2/new.zarr'),
    path: at('data/folder 2/new.zarr'),
    exists: false,
  })
  expect(await targetIn(roots, at('data'), 'v2.zarr')).toMatchObject({ exists: true })
  await expect(targetIn(roots, at('other'), 'x')).rejects.toMatchObject({ code: 'USAGE' })
  await expect(targetIn(roots, at('data'), 'dangling')).rejects.toThrow()
  await expect(targetIn(roots, at('data/notes.txt'), 'x')).rejects.toThrow('is not a folder')
})
