import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { group, open, ReadOnlyError, zeros, ZarrscopeError, type CreateOptions } from '../library'

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'zarrscope-refusals-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What was thrown: an error of the library in one sentence. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(ZarrscopeError)
  const { message } = thrown as Error
  expect(message).toMatch(/^[^\n]+\.$/)
  return message
}

test.each<[string, object]>([
  ['whole number from 1 up, not 0', { chunks: [0] }],
  ['from 0 to 2^53 - 1, not -1', { shape: [-1] }],
  ['from 0 to 2^53 - 1, not 1.5', { shape: [1.5] }],
  ['2 chunk lengths do not fit', { chunks: [1, 2] }],
  ['"i3" does not name a data type', { dtype: 'i3' }],
  ['blosc takes at most 2147483631', { shape: [2 ** 28], chunks: [2 ** 28], dtype: 'f8' }],
  ['no multiple of the chunk length', { chunks: [3], shards: [5] }],
  ['Format 2 has no shards', { chunks: [3], shards: [6], zarrFormat: 2 }],
  ['There is no format 4', { zarrFormat: 4 }],
  ['C or F, not "Q"', { order: 'Q' }],
  ['The mode "q" is not known here', { mode: 'q' }],
  ['The mode "r" is not known here', { mode: 'r' }],
  ['300 does not fit into uint8', { dtype: 'u1', fillValue: 300 }],
  ['"rar" is not a codec', { compressor: 'rar' }],
  ['2 dimension names do not fit', { dimensionNames: ['a', 'b'] }],
  ['attribute "a" cannot be stored', { attributes: { a: () => 1 } }],
  ['Windows keeps it for a device', { path: 'g/CON' }],
  ['cannot be part of a file name on every system', { path: 'a:b' }],
  ['ends in a dot or a space', { path: 'a.' }],
  ['the names ".", ".." and the empty one', { path: 'a/../b' }],
])('creating is refused before anything is written: %s', async (why, wrong) => {
  const store = join(folder, 'new.zarr')
  const options = { shape: [10], store, ...wrong } as CreateOptions
  expect(await refusal(zeros(options))).toContain(why)
  expect(readdirSync(folder)).not.toContain('new.zarr')
})

test('a node that was opened for reading names itself', async () => {
  const store = join(folder, 'read.zarr')
  await group({ store })
  await zeros({ store, path: 'a', shape: [3] })
  const z = await open(store, { path: 'a', mode: 'r' })
  for (const change of [z.set('...', 1), z.resize(2), z.append([1]), z.attrs.set('k', 1)])
    await expect(change).rejects.toThrow(ReadOnlyError)
  await expect(z.set('...', 1)).rejects.toThrow(
    'a was opened with mode "r"; open it with mode "r+" to change it.',
  )
  expect(await z.get('0')).toBe(0)
})
