import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ArrayOptions } from '@shared/model/edits'
import type { ArrayPreview } from '@shared/model/preview'
import { npyHeader } from '@engine/interop/npy'
import { testWindow, type TestWindow } from './testing/window'

let window: TestWindow
beforeEach(() => (window = testWindow()))
afterEach(() => window.end())

const options: ArrayOptions = {
  shape: [100, 60],
  chunks: [10, null],
  shards: null,
  dtype: 'float32',
  order: 'C',
  fillValue: 'nan',
  compressor: 'zlib:1',
  filters: [],
  zarrFormat: 3,
}
const create = (name: string, root: { zarrFormat: 2 | 3 } | { options: ArrayOptions }) =>
  window.call('store.create', { ticket: window.file(name).ticket, root })
const preview = (path: string, change: Partial<ArrayOptions>, store: string | null): Promise<ArrayPreview> =>
  window.call('node.previewArray', { store, path, options: { ...options, ...change } })

describe('store.create', () => {
  test.each([
    ['g3.zarr', { zarrFormat: 3 }, 'zarr.json'],
    ['g2.zarr', { zarrFormat: 2 }, '.zgroup'],
    ['array.zarr', { options: { ...options, zarrFormat: 1 as const } }, 'meta'],
  ] as const)('%s', async (name, root, document) => {
    const made = await create(name, root)
    expect(made).toMatchObject({ name, path: join(window.folder, name), readOnly: false })
    expect(readdirSync(join(window.folder, name))).toContain(document)
  })

  test('an archive', async () => {
    expect(await create('s.zip', { zarrFormat: 3 })).toMatchObject({ kind: 'zip', root: { kind: 'group' } })
  })

  test('replaces nothing', async () => {
    mkdirSync(join(window.folder, 'home'))
    writeFileSync(join(window.folder, 'home/letter.txt'), 'dear')
    writeFileSync(join(window.folder, 'a.zip'), 'no archive')
    await create('s.zarr', { zarrFormat: 3 })
    await expect(create('home', { zarrFormat: 3 })).rejects.toThrow('holds other files')
    await expect(create('a.zip', { zarrFormat: 3 })).rejects.toThrow('exists already')
    await expect(create('s.zarr', { zarrFormat: 3 })).rejects.toMatchObject({ code: 'NODE_EXISTS' })
    await expect(create('s.zarr/in.zarr', { zarrFormat: 3 })).rejects.toThrow('inside another store')
  })
})

describe('node.previewArray', () => {
  test.each([1, 2, 3] as const)(
    'shows the documents of format %i as they are written',
    async (zarrFormat) => {
      const attributes = '{"units": "K", "n": 1.0}'
      const shown = await preview('', { zarrFormat, attributes }, null)
      if ('error' in shown) throw new Error(shown.error.message)
      expect(shown).toMatchObject({ chunks: [10, 60], nchunks: 10, chunkBytes: 2400, nbytes: 24_000 })
      await create('a.zarr', { options: { ...options, zarrFormat, attributes } })
      for (const { key, text } of shown.documents)
        expect(readFileSync(join(window.folder, 'a.zarr', key), 'utf8')).toBe(text)
    },
  )

  test.each<[string, Partial<ArrayOptions>, RegExp]>([
    ['dtype', { dtype: 'float33' }, /float33/],
    ['chunks', { chunks: [10, 60, 3] }, /3 chunk lengths/],
    ['shards', { shards: [15, 60] }, /15 .* no multiple/],
    ['fillValue', { fillValue: 'red' }, /red/],
    ['compressor', { compressor: 'zap:3' }, /"zap" is not a codec/],
    ['filters', { filters: ['delta:<i4', 'zop'] }, /"zop" is not a codec/],
    ['attributes', { attributes: '{"a"' }, /attributes/],
    ['compressor', { shape: [2 ** 20, 2 ** 10], chunks: [null, null], compressor: 'blosc' }, /blosc takes/],
  ])('what is wrong stands at its field: %s', async (field, change, message) => {
    const shown = await preview('', change, null)
    if (!('error' in shown)) throw new Error('there is an error')
    expect(shown.error).toMatchObject({ field, message: expect.stringMatching(message) as string })
  })

  test('names that are taken, or cannot be, are the error of the name', async () => {
    const { id } = await create('s.zarr', { zarrFormat: 3 })
    await window.call('edits.apply', { store: id, edit: { kind: 'createArray', path: 'a', options } })
    for (const [path, message] of [
      ['a', 'exists already'],
      ['a/b', 'is an array'],
      ['__x', 'uses this name itself'],
      ['A', 'take the two names for one'],
      ['', 'Type a name'],
    ] as const) {
      const shown = await preview(path, {}, id)
      expect(shown).toMatchObject({
        error: { field: 'name', message: expect.stringContaining(message) as string },
      })
    }
    expect(await preview('g/new', {}, id)).toMatchObject({ documents: [{ key: 'g/new/zarr.json' }] })
  })

  test('counts files with shards, and warns of too many', async () => {
    const many = { shape: [1e6, 1e3], chunks: [10, 10] }
    expect(await preview('', many, null)).toMatchObject({
      nchunks: 1e7,
      files: 1e7 + 1,
      warnings: [
        expect.stringContaining('only 400 B') as string,
        expect.stringContaining('10,000,001 files') as string,
      ],
    })
    expect(await preview('', { ...many, shards: [1e5, 1e3] }, null)).toMatchObject({ files: 11 })
  })
})

test('file.inspect tells what a file holds', async () => {
  const put = (name: string, bytes: Uint8Array | string): void =>
    writeFileSync(join(window.folder, name), bytes)
  const inspect = (name: string) => window.call('file.inspect', { ticket: window.file(name).ticket })
  put('a.npy', Buffer.concat([npyHeader({ kind: 'int', bits: 16 }, [3, 2]), Buffer.alloc(12)]))
  put('i.csv', 'a,b\n1,2\n3,4\n')
  put('f.csv', '1.5,2\n')
  put('t.csv', 'x,y\nred,green\n')
  expect(await inspect('a.npy')).toEqual({ kind: 'npy', shape: [3, 2], dtype: 'int16' })
  expect(await inspect('i.csv')).toEqual({ kind: 'csv', dtype: 'int64', columns: 2 })
  expect(await inspect('f.csv')).toMatchObject({ dtype: 'float64' })
  expect(await inspect('t.csv')).toMatchObject({ dtype: 'string' })
  await expect(inspect('a.txt')).rejects.toThrow('none of the files that can be read')
})
