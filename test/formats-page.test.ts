import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CODECS } from '@engine/codecs/table'
import { formatsPage, pageTypes } from './formats-page'
import { CLAIMS } from './interop/claims'

const PAGE = join(import.meta.dirname, '../docs/formats.md')

test('docs/formats.md says what the registries say; `npm run docs` writes it anew', async () => {
  if (process.env['ZARRSCOPE_WRITE_DOCS'] === '1') await writeFile(PAGE, formatsPage())
  expect(await readFile(PAGE, 'utf8')).toBe(formatsPage())
})

test('of every data type and codec it says who else reads it, or why none does', () => {
  const claimed = CLAIMS.map(({ feature }) => feature)
  const features = [...pageTypes(), ...CODECS.map(({ name }) => name)]
  expect(features.filter((feature) => !claimed.includes(feature))).toEqual([])
  const unexplained = CLAIMS.filter(({ readers, why }) => Object.values(readers).includes('') && !why)
  expect(unexplained).toEqual([])
})
