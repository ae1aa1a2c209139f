import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allCases } from './cases'
import { CLAIMS, READERS } from './claims'
import { findReaders, readersOf, runMatrix, titleOf, type Outcomes } from './matrix'

const readers = await findReaders()
const asked = readers.filter(({ oracle }) => oracle !== undefined)
// In memory where that is to be had: every write of the program waits for the disk.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'zarrscope-interop-'))
const cases = allCases()
let outcomes: Outcomes

beforeAll(async () => {
  if (asked.length > 0) outcomes = await runMatrix(folder, asked)
}, 180_000)
afterAll(async () => {
  await Promise.all(asked.map(({ oracle }) => oracle!.close()))
  rmSync(folder, { recursive: true, force: true })
})

test('every claim has a case in each of its formats, and each title is there once', () => {
  const claimed = CLAIMS.flatMap(({ group, feature, readers: by }) =>
    Object.keys(by).map((format) => `${group} ${feature} ${format}`),
  )
  const covered = cases.map(({ group, feature, format }) => `${group} ${feature} ${format}`)
  expect(claimed.filter((claim) => !covered.includes(claim))).toEqual([])
  expect(new Set(cases.map(titleOf)).size).toBe(cases.length)
})

for (const { letter, oracle, absent, isExact, lacks } of readers) {
  const { name, version } = READERS[letter]
  const reads = cases.filter((one) => readersOf(one).includes(letter))
  const others = cases.filter((one) => !readersOf(one).includes(letter))
  const title = oracle?.version ?? `${name} (skipped: ${absent})`

  describe.skipIf(oracle === undefined)(title, () => {
    for (const { needs = '', ...one } of reads)
      test.skipIf(lacks.includes(needs))(`reads ${titleOf(one)}`, () => {
        expect(outcomes.get(letter)!.get(titleOf(one))).toBeUndefined()
      })

    test.skipIf(!isExact)(`reads nothing more than is said of ${version}`, () => {
      const more = others.map(titleOf).filter((one) => outcomes.get(letter)!.get(one) === undefined)
      expect(more).toEqual([])
    })
  })
}
