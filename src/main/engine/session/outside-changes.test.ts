import { EventEmitter } from 'node:events'
import { mkdtempSync, renameSync, rmSync, writeFileSync, type FSWatcher } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StoreChange } from '@shared/model/edits'
import { InlineExecutor } from '../pool/inline'
import { createGroup } from '../nodes/creation/create-node'
import { withArray } from '../edits/testing/bench'
import { DirectoryStore } from '../stores/directory'
import { createEngine } from './engine'
import { OutsideChanges, type ChangesSystem } from './outside-changes'
import { openSession, type Session } from './session'

const parent = mkdtempSync(join(tmpdir(), 'zarrscope-outside-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const engine = createEngine({ executor: new InlineExecutor() })
let place: string
let session: Session
let seen: StoreChange[]

beforeEach(async () => {
  place = join(mkdtempSync(join(parent, 'x-')), 's.zarr')
  const base = new DirectoryStore(place)
  await createGroup(base, '', {}, engine)
  await withArray({ shape: [4], chunks: [2], dtype: 'u1', compressor: null }, [1, 2, 3, 4], base)
  session = await openSession(engine, place, { editing: { readOnly: false } })
  seen = []
  session.edits!.changes.on((change) => seen.push(change))
  await session.node('')
  await session.node('a')
  await session.noteChunks('a', ['a/c/0', 'a/c/1'])
  await session.noteListing('')
})
afterEach(() => session.close())

test('nothing is told where nothing changed', async () => {
  await session.check()
  expect(seen).toEqual([])
})

test.each<[string, () => void, Partial<StoreChange>]>([
  [
    'a chunk',
    () => writeFileSync(join(place, 'a/c/1'), Uint8Array.of(9, 9, 9)),
    { paths: ['a'], tree: false },
  ],
  ['a deleted chunk', () => rmSync(join(place, 'a/c/0')), { paths: ['a'], tree: false }],
  [
    'a node that moved',
    () => renameSync(join(place, 'a'), join(place, 'b')),
    { paths: ['', 'a'], tree: true },
  ],
])('%s is told once', async (_, change, expected) => {
  change()
  await session.check()
  await session.check()
  expect(seen.filter(({ by }) => by === 'outside')).toMatchObject([{ by: 'outside', ...expected }])
})

test('the system says when something happens', async () => {
  writeFileSync(join(place, 'a/c/1'), Uint8Array.of(9, 9))
  await vi.waitFor(() => expect(seen).toMatchObject([{ by: 'outside', paths: ['a'] }]), { timeout: 10_000 })
})

/** Changes of the test's store as a system sees them that takes nothing to watch, or whose disk does not tell. */
function blind(system: Partial<ChangesSystem>): OutsideChanges {
  const silent = (): FSWatcher => new EventEmitter() as FSWatcher
  return new OutsideChanges(new DirectoryStore(place), () => undefined, {
    ...{ watch: silent, tells: async () => true },
    ...system,
  })
}

const failing = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code })
}

test.each<[string, Partial<ChangesSystem>]>([
  ['the disk does not tell', { tells: async () => false }],
  ['there are no watches left', { watch: failing('ENOSPC') }],
])('where %s, polling finds a change once', async (_, system) => {
  const outside = blind(system)
  await outside.noteKeys('a', ['a/zarr.json', 'a/c/0'])
  await outside.noteListing('')
  expect(await outside.poll()).toBeUndefined()
  writeFileSync(join(place, 'a/c/0'), Uint8Array.of(9))
  expect(await outside.poll()).toMatchObject({ by: 'outside', paths: ['a'], tree: false })
  renameSync(join(place, 'a'), join(place, 'b'))
  expect(await outside.poll()).toMatchObject({ paths: ['', 'a'], tree: true })
  expect(await outside.poll()).toBeUndefined()
})

test('a watch that fails later is made up for by polling', async () => {
  const watcher = Object.assign(new EventEmitter(), { close: () => undefined }) as unknown as FSWatcher
  const outside = blind({ watch: () => watcher })
  await outside.noteKeys('a', ['a/c/0'])
  writeFileSync(join(place, 'a/c/0'), Uint8Array.of(9))
  expect(await outside.poll()).toBeUndefined()
  watcher.emit('error', new Error('gone'))
  expect(await outside.poll()).toMatchObject({ paths: ['a'] })
})

test('a folder that is not there makes nobody poll', async () => {
  const outside = blind({ watch: failing('ENOENT') })
  await outside.noteKeys('a', ['a/c/0'])
  rmSync(join(place, 'a/c/0'))
  expect(await outside.poll()).toBeUndefined()
})

test('a Save of this program is no change by another', async () => {
  const dims = [{ start: 0, step: 1, count: 1 }]
  await session.edits!.apply({ kind: 'cells', path: 'a', dims, shape: [1], data: Uint8Array.of(7) })
  await session.edits!.save()
  await session.check()
  expect(seen.map(({ by }) => by)).toEqual(['edit', 'save'])
})
