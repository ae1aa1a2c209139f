import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IoError, NotAStoreError, ReadOnlyError, UsageError } from '@shared/errors'
import { openStore } from './open-store'
import { ZipStore } from './zip'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-open-'))
const at = (path: string): string => join(base, path)
afterAll(() => rmSync(base, { recursive: true, force: true }))

function file(path: string, text = '{}'): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}

async function zip(path: string, ...keys: string[]): Promise<void> {
  const store = new ZipStore(at(path), { mode: 'w' })
  for (const key of keys) await store.set(key, Buffer.from('{}'))
  await store.close()
}

beforeAll(async () => {
  for (const node of ['', '/obs', '/obs/temperature']) file(`climate.zarr${node}/zarr.json`)
  file('climate.zarr/obs/temperature/c/0/0')
  for (const node of ['', '/group']) file(`plain${node}/.zgroup`)
  file('plain/group/array/.zarray')
  file('plain/group/array/.zattrs')
  file('implicit.zarr/a/b/zarr.json')
  file('outer.zarr/zarr.json')
  file('outer.zarr/gap/inner.zarr/zarr.json')
  file('named.zarr/with/x.zarr/zarr.json')
  file('first/meta', '{\n    "chunks": [2],\n    "zarr_format": 1\n}')
  file('first/attrs')
  file('group/zarr.json')
  file('group/meta/zarr.json')
  file('stores/one.zarr/zarr.json')
  file('stores/notes.txt')
  file('empty.zarr/readme.txt')
  mkdirSync(at('folder.zip'))
  file('folder.zip/zarr.json')
  file('looks.like', 'PK\x03\x04')
  symlinkSync('climate.zarr', at('link'))
  await zip('store.zarr.zip', 'zarr.json', 'obs/zarr.json', 'obs/t/zarr.json')
  await zip('image.ozx', 'zarr.json')
  await zip('prefixed.zip', 'data.zarr/zarr.json', 'data.zarr/x/zarr.json', '__MACOSX/._x')
  await zip('nothing.zip', 'readme.txt')
  await zip('several.zip', 'a/zarr.json', 'b/zarr.json')
})

/** Store and node path as the page on the command line describes them. */
async function opened(path: string, mode?: 'r' | 'r+' | 'a' | 'w' | 'w-'): Promise<[string, string, string]> {
  const { store, storePath, nodePath } = await openStore(at(path), mode ? { mode } : {})
  expect(store.path).toBe(storePath)
  expect(store.readOnly).toBe((mode ?? 'r') === 'r')
  if (store instanceof ZipStore) await store.discard()
  return [store.kind, relative(base, storePath), nodePath]
}

describe('openStore', () => {
  test.each([
    ['climate.zarr', 'climate.zarr', ''],
    ['climate.zarr/', 'climate.zarr', ''],
    ['climate.zarr/obs/temperature', 'climate.zarr', 'obs/temperature'],
    ['climate.zarr/obs/../obs', 'climate.zarr', 'obs'],
    ['climate.zarr/obs/temperature/zarr.json', 'climate.zarr', 'obs/temperature'],
    ['climate.zarr/nothing/here', 'climate.zarr', 'nothing/here'],
    ['climate.zarr/obs/temperature/c/0', 'climate.zarr', 'obs/temperature/c/0'],
    ['link/obs', 'link', 'obs'],
    ['plain', 'plain', ''],
    ['plain/group/array', 'plain', 'group/array'],
    ['plain/group/array/.zattrs', 'plain', 'group/array'],
    ['implicit.zarr/a/b', 'implicit.zarr', 'a/b'],
    ['outer.zarr/gap/inner.zarr', 'outer.zarr', 'gap/inner.zarr'],
    ['named.zarr/with/x.zarr', 'named.zarr/with/x.zarr', ''],
    ['first', 'first', ''],
    ['first/meta', 'first', ''],
    ['group', 'group', ''],
    ['group/meta', 'group', 'meta'],
    ['stores/one.zarr', 'stores/one.zarr', ''],
    ['folder.zip', 'folder.zip', ''],
  ])('%s is in the folder %s at "%s"', async (path, storePath, nodePath) => {
    expect(await opened(path)).toEqual(['directory', join(storePath), nodePath])
    expect(await opened(path, 'r+')).toEqual(['directory', join(storePath), nodePath])
  })

  test.each([
    ['store.zarr.zip', 'store.zarr.zip', ''],
    ['store.zarr.zip/obs/t', 'store.zarr.zip', 'obs/t'],
    ['store.zarr.zip/obs/t/zarr.json', 'store.zarr.zip', 'obs/t'],
    ['image.ozx', 'image.ozx', ''],
    ['prefixed.zip', 'prefixed.zip', 'data.zarr'],
    ['prefixed.zip/data.zarr/x', 'prefixed.zip', 'data.zarr/x'],
    ['several.zip', 'several.zip', ''],
    ['several.zip/a', 'several.zip', 'a'],
  ])('%s is in the archive %s at "%s"', async (path, storePath, nodePath) => {
    expect(await opened(path)).toEqual(['zip', storePath, nodePath])
    expect(await opened(path, 'a')).toEqual(['zip', storePath, nodePath])
  })

  test.each([
    ['new', 'directory', 'new', ''],
    ['new/sub', 'directory', 'new/sub', ''],
    ['new.zarr/obs/t', 'directory', 'new.zarr', 'obs/t'],
    ['new.zarr/inner.zarr', 'directory', 'new.zarr', 'inner.zarr'],
    ['new.zip/obs/t', 'zip', 'new.zip', 'obs/t'],
    ['new.zarr.zip', 'zip', 'new.zarr.zip', ''],
    ['new.ozx', 'zip', 'new.ozx', ''],
    ['climate.zarr/new', 'directory', 'climate.zarr', 'new'],
    ['plain/group/new', 'directory', 'plain', 'group/new'],
    ['empty.zarr', 'directory', 'empty.zarr', ''],
  ])('%s would begin or go on in the %s store %s at "%s"', async (path, kind, storePath, nodePath) => {
    for (const mode of ['a', 'w', 'w-'] as const)
      expect(await opened(path, mode)).toEqual([kind, join(storePath), nodePath])
  })

  test.each([
    ['missing', 'it does not exist'],
    ['missing.zarr/x', 'it does not exist'],
    ['empty.zarr', 'no zarr.json, .zarray, .zgroup or meta was found there'],
    ['stores', 'it is a folder that holds stores, such as one.zarr; open one of them'],
    ['stores/notes.txt', 'it is a plain file, neither a folder nor a zip archive'],
    ['stores/notes.txt/x', 'it is a plain file'],
    ['climate.zarr/obs/temperature/c/0/0', `it is a file inside the store ${at('climate.zarr')}`],
    ['looks.like', 'it looks like a zip archive'],
    ['nothing.zip', 'the archive holds no Zarr metadata'],
  ])('%s is no store: %s', async (path, why) => {
    const error: unknown = await openStore(at(path)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NotAStoreError)
    expect((error as Error).message).toContain(why)
  })

  test('reading and writing need a store, beginning one does not; neither leaves a trace', async () => {
    await expect(openStore(at('nowhere'), { mode: 'r+' })).rejects.toThrow(NotAStoreError)
    const { store } = await openStore(at('nowhere'), { mode: 'w' })
    expect(await store.get('zarr.json')).toBeUndefined()
    await store.close()
    await expect(openStore(at('nowhere'))).rejects.toThrow(NotAStoreError)
  })

  test('a store opened for reading refuses to write', async () => {
    const { store } = await openStore(at('climate.zarr'))
    await expect(store.set('x', new Uint8Array())).rejects.toThrow(ReadOnlyError)
  })

  test.each(['https://host/store.zarr', 's3://bucket/x', ''])('the path "%s" is refused', async (path) => {
    await expect(openStore(path)).rejects.toThrow(UsageError)
  })

  test('a damaged archive is an IoError that says so', async () => {
    file('damaged.zip', 'PK\x03\x04 and no more')
    await expect(openStore(at('damaged.zip'))).rejects.toThrow(IoError)
    await expect(openStore(at('damaged.zip'))).rejects.toThrow('no end record')
  })

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a locked folder is named',
    async () => {
      mkdirSync(at('locked'))
      chmodSync(at('locked'), 0)
      await expect(openStore(at('locked'))).rejects.toThrow('it cannot be read: permission denied')
      chmodSync(at('locked'), 0o700)
    },
  )
})
