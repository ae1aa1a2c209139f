import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AbortedError } from '@shared/errors'
import type { ZarrArray } from '../nodes/array'
import { openNode } from '../nodes/open'
import { InlineExecutor } from '../pool/inline'
import { DirectoryStore } from '../stores/directory'
import { OverlayStore } from '../stores/overlay'
import { countBytes, countInitialized } from './count-one'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-count-one-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const DOCUMENT =
  '{"zarr_format":2,"shape":[3,2],"chunks":[1,1],"dtype":"|u1","compressor":null,"filters":null,"fill_value":0,"order":"C"}'

/** The array at "a" with two stored chunks, a stray file and a folder that has a chunk's name. */
async function staged(): Promise<{ array: ZarrArray; store: OverlayStore }> {
  const path = mkdtempSync(join(base, 'store-'))
  mkdirSync(join(path, 'a/1.0'), { recursive: true })
  for (const [name, text] of Object.entries({ '.zarray': DOCUMENT, '0.0': 'x', '2.1': 'y', '3.0': 'stray' }))
    writeFileSync(join(path, 'a', name), text)
  const store = new OverlayStore(new DirectoryStore(path))
  const array = await openNode(store, 'a', { executor: new InlineExecutor() })
  if (array.kind !== 'array') throw new Error('no array')
  return { array, store }
}

test('counts chunks by name, and bytes of all files', async () => {
  const { array } = await staged()
  expect(await countInitialized(array)).toBe(2)
  expect(await countBytes(array)).toBe(DOCUMENT.length + 'xy'.length + 'stray'.length)
})

test('staged chunks count as they are now', async () => {
  const { array, store } = await staged()
  await store.set('a/0.1', new Uint8Array(10))
  await store.set('a/0.0', new Uint8Array(20))
  expect(await countInitialized(array)).toBe(3)
  expect(await countBytes(array)).toBe(DOCUMENT.length + 'y'.length + 'stray'.length + 30)
  await store.delete('a/2.1')
  expect(await countInitialized(array)).toBe(2)
})

test('stops when it is cancelled', async () => {
  const { array } = await staged()
  const signal = AbortSignal.abort()
  await expect(countInitialized(array, { signal })).rejects.toBeInstanceOf(AbortedError)
  await expect(countBytes(array, { signal })).rejects.toBeInstanceOf(AbortedError)
})
