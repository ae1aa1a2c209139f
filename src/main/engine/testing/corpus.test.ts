import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { corpusFolder } from './corpus'

test.each(['zarr341-seed1', 'zarr213-seed1', 'format1-seed1', 'seed-golden'])('%s unpacks', (name) => {
  const folder = corpusFolder(name)
  expect(folder, `fixtures/${name}.tar.gz is missing`).toBeDefined()
  expect(corpusFolder(name)).toBe(folder)
  expect(readdirSync(folder!).length).toBeGreaterThan(1)
})

test('names and contents are whole', () => {
  const folder = corpusFolder('zarr213-seed1')!
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    cases: { store_kind: string; store: string; path: string; format: number }[]
  }
  const folders = manifest.cases.filter((entry) => entry.store_kind === 'dir' && entry.path !== '')
  for (const { store, path } of folders) readFileSync(join(folder, store, path, '.zarray'))
  expect(folders.length).toBeGreaterThan(100)
})

test('an unknown corpus is undefined', () => {
  expect(corpusFolder('none')).toBeUndefined()
})
