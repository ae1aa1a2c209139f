import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatsPage } from './formats-page'

const PAGE = join(import.meta.dirname, '../docs/formats.md')

test('docs/formats.md says what the registries say; `npm run docs` writes it anew', async () => {
  if (process.env['ZARRSCOPE_WRITE_DOCS'] === '1') await writeFile(PAGE, formatsPage())
  expect(await readFile(PAGE, 'utf8')).toBe(formatsPage())
})
