import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { ZarrArray } from '../nodes/array'
import { openNode, type ZarrNode } from '../nodes/open'
import { array2 } from '../nodes/testing/sample-nodes'
import { InlineExecutor } from '../pool/inline'
import { DirectoryStore } from '../stores/directory'
import { followNode } from './follow-node'
import { expireCounts } from './scan-age'

const folder = mkdtempSync(join(tmpdir(), 'zarrscope-follow-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an array: told at first, when a chunk comes, is written in place or goes, and not otherwise', async () => {
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
  const following = followNode(
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
  expect(changes).toBe(1)
  await change(() => writeFileSync(join(folder, '1'), 'four'))
  await looked(3)
  await change(() => writeFileSync(join(folder, '1'), 'much'))
  await looked(3)
  await change(() => utimesSync(join(folder, '0'), 1, 1))
  await looked(3)
  await change(() => rmSync(join(folder, '0')))
  await looked(3)
  expect(changes).toBe(5)
  abort.abort()
  await following
})

test('a group: told when what is counted below it changes, and the same state again when that is undone', async () => {
  const root = mkdtempSync(join(folder, 'group-'))
  mkdirSync(join(root, 'a'))
  writeFileSync(join(root, '.zgroup'), '{"zarr_format": 2}')
  writeFileSync(join(root, 'a/.zarray'), JSON.stringify(array2()))
  const group = await openNode(new DirectoryStore(root), '', { executor: new InlineExecutor() })
  const open = async (): Promise<ZarrNode> => {
    expireCounts(group.store)
    return group
  }
  const abort = new AbortController()
  const states: string[] = []
  const told = (state: string): void => {
    states.push(state)
    if (states.length === 1) writeFileSync(join(root, 'a/0'), 'four')
    if (states.length === 2) rmSync(join(root, 'a/0'))
    if (states.length === 3) abort.abort()
  }
  await followNode(open, told, { signal: abort.signal, everyMs: 2 })
  expect(states[1]).not.toBe(states[0])
  expect(states[2]).toBe(states[0])
})
