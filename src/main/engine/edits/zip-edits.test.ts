import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { ConflictError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { contents, type Values } from '../stores/contract-sample'
import { OverlayStore } from '../stores/overlay'
import { ZipStore } from '../stores/zip'
import { StoreEdits } from './store-edits'
import { box, executor, valuesOf, withArray } from './testing/bench'

const parent = mkdtempSync(join(tmpdir(), 'zarrscope-zip-edits-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

let path: string
let before: Values
let edits: StoreEdits
let overlay: OverlayStore

const cells = (start: number, ...values: number[]): Edit => ({
  kind: 'cells',
  path: 'a',
  dims: box([start, values.length]),
  shape: [values.length],
  data: Uint8Array.from(values),
})

const reopened = async <T>(use: (store: ZipStore) => Promise<T>): Promise<T> => {
  const store = new ZipStore(path)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

beforeEach(async () => {
  path = join(mkdtempSync(join(parent, 'x-')), 's.zip')
  const archive = new ZipStore(path, { mode: 'a' })
  await withArray({ shape: [6], chunks: [2], dtype: 'u1', compressor: null }, [1, 2, 3, 4, 5, 6], archive)
  await archive.close()
  before = await reopened(contents)
  overlay = new OverlayStore(new ZipStore(path), { readOnly: true })
  edits = new StoreEdits({ overlay, executor, frozen: null })
  return () => overlay.close()
})

test('an archive is edited like a folder, rewritten by Save, and the one before is kept', async () => {
  const original = readFileSync(path)
  await edits.apply(cells(1, 20, 30))
  await edits.apply({ kind: 'deleteChunks', path: 'a', chunks: [[2]] })
  expect(readFileSync(path).equals(original)).toBe(true)
  expect(await valuesOf(overlay)).toEqual([1, 20, 30, 4, 0, 0])
  await edits.save()
  expect(await reopened(valuesOf)).toEqual([1, 20, 30, 4, 0, 0])
  expect(await valuesOf(overlay)).toEqual([1, 20, 30, 4, 0, 0])
  expect(existsSync(`${path}.zarrscope.bak`)).toBe(true)
  await edits.undo()
  await edits.undo()
  await edits.save()
  expect(await reopened(contents)).toEqual(before)
})

test('an archive that another program replaced stops Save', async () => {
  await edits.apply(cells(0, 9))
  const other = new ZipStore(path, { mode: 'a' })
  await other.set('a/c/0', Uint8Array.of(7, 7))
  await other.close()
  await expect(edits.save()).rejects.toThrow(ConflictError)
  expect(edits.state.conflicts).toMatchObject([{ key: 'a/c/0', coords: [0] }])
  await edits.resolve(edits.state.conflicts, 'mine')
  await edits.save()
  expect(await reopened(valuesOf)).toEqual([9, 2, 3, 4, 5, 6])
})
