import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RecentStores } from './recent'
import { stateFolder } from './state-folder'

let root: string
let folder: string
let time = 0
const recent = (): RecentStores => new RecentStores(folder, () => ++time)
const paths = async (): Promise<string[]> => (await recent().list()).map((e) => e.path)
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'zarrscope-test-'))
  folder = join(root, 'deep/state')
  time = 1000
})
afterEach(() => rm(root, { recursive: true, force: true }))

test('newest first, each store once, a missing one marked', async () => {
  const list = recent()
  await mkdir(join(root, 'here.zarr'))
  await list.note(join(root, 'here.zarr'))
  await list.note('/gone/b.zarr')
  await list.note(join(root, 'here.zarr'))
  expect(await list.list()).toEqual([
    { path: join(root, 'here.zarr'), name: 'here.zarr', lastOpened: 1003, missing: false },
    { path: '/gone/b.zarr', name: 'b.zarr', lastOpened: 1002, missing: true },
  ])
})

test('it is kept between runs, for the owner only, and leaves nothing half-written', async () => {
  await recent().note('/a')
  expect(await paths()).toEqual(['/a'])
  expect(await readdir(folder)).toEqual(['recent.json'])
  if (process.platform !== 'win32') expect((await stat(join(folder, 'recent.json'))).mode & 0o777).toBe(0o600)
})

test('two windows do not lose each other’s entries', async () => {
  const [one, other] = [recent(), recent()]
  await one.note('/a')
  await other.note('/b')
  await one.note('/c')
  await Promise.all([one.note('/d'), one.note('/e')])
  expect(await paths()).toEqual(['/e', '/d', '/c', '/b', '/a'])
})

test('forgetting removes one, and twenty are kept', async () => {
  const list = recent()
  for (let i = 0; i < 25; i++) await list.note(`/s${i}`)
  await list.forget('/s24')
  expect(await paths()).toEqual(Array.from({ length: 19 }, (_, i) => `/s${23 - i}`))
})

test.each(['', '{', '[]', '{"version":2,"stores":[]}', '{"version":1,"stores":{}}'])(
  'a file that holds %j counts as empty and is replaced by the next note',
  async (text) => {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'recent.json'), text)
    expect(await paths()).toEqual([])
    await recent().note('/a')
    expect(await paths()).toEqual(['/a'])
  },
)

test('a wrong entry costs only itself', async () => {
  await mkdir(folder, { recursive: true })
  const stores = [
    { path: 1 },
    null,
    { path: '/ok', lastOpened: 5, nbytesStored: 7, colour: 'red' },
    { path: '/x' },
  ]
  await writeFile(join(folder, 'recent.json'), JSON.stringify({ version: 1, stores }))
  expect(await recent().list()).toMatchObject([{ path: '/ok', lastOpened: 5, nbytesStored: 7 }])
})

test('a state folder that cannot be made is no reason to fail', async () => {
  await writeFile(join(root, 'deep'), 'a file in the way')
  await recent().note('/a')
  expect(await paths()).toEqual([])
  expect(await readFile(join(root, 'deep'), 'utf8')).toBe('a file in the way')
})

test.each([
  ['linux', {}, '/home/p/.local/state/zarrscope'],
  ['linux', { XDG_STATE_HOME: '/s' }, '/s/zarrscope'],
  ['linux', { XDG_STATE_HOME: 'relative' }, '/home/p/.local/state/zarrscope'],
  ['darwin', { XDG_STATE_HOME: '/s' }, '/home/p/Library/Application Support/Zarrscope'],
  ['linux', { ZARRSCOPE_STATE_DIR: '/t' }, '/t'],
] as const)('on %s with %j the state lies in %s', (platform, env, expected) => {
  expect(stateFolder({ platform, env, home: '/home/p' })).toBe(expected)
})

test('on Windows the state lies beside other local data', () => {
  const env = { LOCALAPPDATA: 'C:\\Users\\p\\AppData\\Local' }
  expect(stateFolder({ platform: 'win32', env, home: 'C:\\Users\\p' })).toMatch(
    /^C:\\Users\\p\\AppData\\Local.Zarrscope$/,
  )
})
