import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MetadataError } from '@shared/errors'
import { testWindow } from './testing/window'

const { folder, call, open, end } = testWindow({ readOnly: true })
afterAll(end)

let store: string
beforeAll(async () => {
  put('zarr.json', '{"zarr_format": 3, "node_type": "group"}')
  store = await open('broken.zarr')
})

function put(key: string, content: string | Uint8Array): void {
  const file = join(folder, 'broken.zarr', key)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content)
}

const given = (path: string) => call('node.documents', { store, path })

test('a document that cannot be parsed is given as it is, with the one beside it', async () => {
  put('v2/.zarray', '{"shape": [4,}\n')
  put('v2/.zattrs', '{}')
  await expect(call('node.get', { store, path: 'v2' })).rejects.toThrow(MetadataError)
  expect(await given('v2')).toEqual([
    { key: 'v2/.zarray', text: '{"shape": [4,}\n', bytes: 15, isCut: false, invalidAt: null },
    { key: 'v2/.zattrs', text: '{}', bytes: 2, isCut: false, invalidAt: null },
  ])
})

test('an empty document is one, no document is none, a folder of that name as well', async () => {
  put('empty/zarr.json', '')
  put('folders/zarr.json/c', 'x')
  expect(await given('empty')).toMatchObject([{ key: 'empty/zarr.json', text: '', bytes: 0 }])
  expect(await given('folders')).toEqual([])
  expect(await given('nothing')).toEqual([])
})

test.each([
  ['a byte of Latin-1', Buffer.from('{"a": "\xe9"}', 'latin1'), 7],
  ['a stray byte behind a real U+FFFD', Buffer.concat([Buffer.from('"é\ufffd'), Buffer.from([0xff])]), 3],
  ['a character cut apart at the end', Buffer.from('"€').subarray(0, 3), 1],
  ['a real U+FFFD alone', Buffer.from('"\ufffd"'), null],
])('the first bytes that are no UTF-8: %s', async (_, content, invalidAt) => {
  put('text/zarr.json', content)
  expect(await given('text')).toMatchObject([{ invalidAt, bytes: content.length }])
})

test('of a huge document the first MiB is given, up to a whole character', async () => {
  put('huge/zarr.json', `"${'é'.repeat(2 ** 20)}`)
  const [document] = await given('huge')
  expect(document).toMatchObject({ bytes: 2 ** 21 + 1, isCut: true, invalidAt: null })
  expect(document?.text).toHaveLength(2 ** 19)
})

test('paths out of the store are refused', async () => {
  await expect(given('../other')).rejects.toThrow()
})
