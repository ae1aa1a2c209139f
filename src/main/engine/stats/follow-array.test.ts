import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { ZarrArray } from '../nodes/array'
import { openNode } from '../nodes/open'
import { array2 } from '../nodes/testing/sample-nodes'
import { InlineExecutor } from '../pool/inline'
import { DirectoryStore } from '../stores/directory'
import { followArray } from './follow-array'
import { expireCounts } from './scan-age'

const folder = mkdtempSync(join(tmpdir(), 'zarrscope-follow-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('tells when a chunk comes, is written in place or goes, and not otherwise', async () => {
  writeFileSync(join(folder, '.zarray'), JSON.stringify(array2()))
  writeFileSync(join(folder, '0'), 'four')
  const array = (await openNode(new DirectoryStore(folder), '', {
    executor: new InlineExecutor(),
  })) as ZarrArray
  const abort = new AbortController()
  let looks = 0
  let told: () => void = () => undefined
  const open = async (): Promise<ZarrArray> => {
    looks++
    // As if much time had passed since the last look.
    expireCounts(array.store)
    return array
  }
  const change = (make: () => void): Promise<void> => {
    const next = new Promise<void>((resolve) => (told = resolve))
    make()
    return next
  }
  let changes = 0
  const following = followArray(
    open,
    () => {
      changes++
      told()
    },
    { signal: abort.signal, everyMs: 2 },
  )
  const looked = async (times: number): Promise<void> => {
    const until = looks + times
    while (looks < until) await new Promise((resolve) => setImmediate(resolve))
  }
  await looked(3)
  expect(changes).toBe(0)
  await change(() => writeFileSync(join(folder, '1'), 'four'))
  await looked(3)
  await change(() => writeFileSync(join(folder, '1'), 'much'))
  await looked(3)
  await change(() => utimesSync(join(folder, '0'), 1, 1))
  await looked(3)
  await change(() => rmSync(join(folder, '0')))
  await looked(3)
  expect(changes).toBe(4)
  abort.abort()
  await following
})
