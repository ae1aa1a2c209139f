import { afterAll, describe, expect, test } from 'vitest'
import { corpusFolder } from '@engine/testing/corpus'
import { corpusCases } from '@engine/testing/corpus-case'
import { runCase, type Outcome } from '@engine/testing/corpus-runner'
import { byFeature } from '@engine/testing/corpus-report'
import { createEngine } from '@engine/session/engine'

/** A folder from outside (npm run corpus -- FOLDER), or the corpora of the project. */
const given = process.env['ZARRSCOPE_CORPUS']
const corpora: [string, string | undefined][] =
  given === undefined
    ? ['zarr341-seed1', 'zarr213-seed1', 'format1-seed1'].map((name) => [name, corpusFolder(name)])
    : [[given, given]]

const engine = createEngine({ workers: 2 })
afterAll(() => engine.close())

describe.each(corpora)('corpus %s', (name, folder) => {
  test.skipIf(folder === undefined)('reads as its writers meant it', { timeout: 300_000 }, async () => {
    const outcomes: Outcome[] = []
    for (const one of corpusCases(folder!)) outcomes.push(await runCase(folder!, one, engine))
    process.stdout.write(byFeature(name, outcomes))
    expect(
      outcomes
        .filter(({ state }) => state === 'wrong' || state === 'unread')
        .map(({ id, why }) => `${id}: ${why}`),
    ).toEqual([])
  })
})
