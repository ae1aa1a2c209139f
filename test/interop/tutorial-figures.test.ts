import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { corpusFolder } from '@engine/testing/corpus'
import { findOracle } from './oracle'

const { oracle, absent } = await findOracle('zarr-python 3')
afterAll(() => oracle?.close())

const FIGURES = /nbytes: \S+; nbytes_stored: \S+; ratio: [\d.]+/g
const page = readFileSync(join(import.meta.dirname, '../../docs/tutorial.md'), 'utf8')
const golden = readFileSync(join(corpusFolder('seed-golden')!, 'golden-1.0.0.json'), 'utf8')

/** Sizes as zarr 1.0 prints them. */
function human(bytes: number): string {
  const power = Math.max(0, ['K', 'M', 'G'].findLastIndex((_, k) => bytes >= 1024 ** (k + 1)) + 1)
  return power === 0 ? String(bytes) : `${(bytes / 1024 ** power).toFixed(1)}${'KMG'[power - 1]!}`
}

/** Documents of these arrays have about as many bytes; the ratios do not show how many. */
const DOCUMENTS = 317

test.skipIf(!oracle)(
  `the tutorial's sizes are those of zarr 1.0 or of zarr-python today ${absent ?? ''}`,
  { timeout: 120_000 },
  async () => {
    const code = 'import tutorial_figures\nanswer = list(tutorial_figures.figures())'
    const today = (await oracle!.ask<[number, number][]>(code)).map(([items, chunks]) => {
      const stored = chunks + DOCUMENTS
      return `nbytes: ${human(items)}; nbytes_stored: ${human(stored)}; ratio: ${(items / stored).toFixed(1)}`
    })
    const own = (page.match(FIGURES) ?? []).filter((figure) => !golden.includes(figure))
    expect([...new Set(own)].sort()).toEqual([...new Set(today)].sort())
  },
)
