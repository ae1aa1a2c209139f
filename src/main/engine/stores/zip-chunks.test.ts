import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AbortedError } from '@shared/errors'
import type { ChunkNaming } from './chunk-naming'
import type { ListableStore } from './store'
import { ZipStore } from './zip'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-zip-chunks-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const naming: ChunkNaming = { encoding: { name: 'v2', separator: '.' }, gridShape: [30, 20] }

/** Sizes by name as the batches tell them, all together. */
async function told(store: ListableStore, prefix: string): Promise<{ chunks: object; others: object }> {
  const [chunks, others]: Record<string, number>[] = [{}, {}]
  for await (const batch of store.scanChunks!(prefix, naming)!) {
    expect(batch.coords).toHaveLength(batch.count * 2)
    expect([...batch.modified]).toEqual(Array(batch.count).fill(NaN))
    for (let i = 0; i < batch.count; i++)
      chunks![batch.coords.subarray(2 * i, 2 * i + 2).join('.')] = batch.sizes[i]!
    batch.others.names.forEach((name, i) => (others![name] = batch.others.sizes[i]!))
  }
  return { chunks: chunks!, others: others! }
}

/** An archive with an array at "b/a", and other arrays around it. */
async function archive(name: string): Promise<string> {
  const path = join(base, name)
  const store = new ZipStore(path, { mode: 'w' })
  const keys = ['0.0', '29.19', '3.7', '30.0', '3.20', '.zarray', 'sub/1.1', '03.7', '3.7.bak', 'ä.1']
  for (const [i, key] of keys.entries()) await store.set(`b/a/${key}`, new Uint8Array(i + 1))
  for (const key of ['b/a2/0.1', 'b/0.1', '0.1', 'b/A/0.1', 'c/b/a/0.1'])
    await store.set(key, new Uint8Array(50))
  await store.close()
  return path
}

const FOUND = {
  chunks: { '0.0': 1, '29.19': 2, '3.7': 3 },
  others: { '30.0': 4, '3.20': 5, '.zarray': 6, 'sub/1.1': 7, '03.7': 8, '3.7.bak': 9, 'ä.1': 10 },
}

test('the chunks of an array and other files are told apart, nothing else is told', async () => {
  const store = new ZipStore(await archive('read.zip'))
  expect(await told(store, 'b/a')).toEqual(FOUND)
  expect((await told(store, '')).chunks).toEqual({ '0.1': 50 })
  expect(await told(store, 'nowhere')).toEqual({ chunks: {}, others: {} })
  await store.close()
})

test('what was not saved yet counts', async () => {
  const store = new ZipStore(await archive('changed.zip'), { mode: 'a' })
  await store.set('b/a/3.7', new Uint8Array(70))
  await store.set('b/a/1.0', new Uint8Array(71))
  await store.delete('b/a/0.0')
  const expected = { ...FOUND, chunks: { '29.19': 2, '3.7': 70, '1.0': 71 } }
  expect(await told(store, 'b/a')).toEqual(expected)
  await store.flush()
  expect(await told(store, 'b/a')).toEqual(expected)
  await store.discard()
})

test('it ends when it is cancelled', async () => {
  const store = new ZipStore(await archive('cancelled.zip'))
  const batches = store.scanChunks('b/a', naming, { signal: AbortSignal.abort() })
  await expect(batches.next()).rejects.toBeInstanceOf(AbortedError)
  await store.close()
})
