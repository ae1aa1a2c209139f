/** What Save has flushed to the disk, and in which order, so that a machine that goes down at any moment loses nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Edit } from '@shared/model/edits'
import type { Fs } from '../files/fs'
import { nodeFs } from '../files/node'
import { createArray } from '../nodes/creation/create-node'
import { DirectoryStore } from '../stores/directory'
import { OverlayStore } from '../stores/overlay'
import { StoreEdits } from './store-edits'
import { box, executor, withArray } from './testing/bench'

const parent = mkdtempSync(join(tmpdir(), 'zarrscope-flush-order-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const place = join(parent, 's.zarr')
const journal = join(parent, '.s.zarr.zarrscope.journal')

type What = 'write' | 'flush' | 'flushFolder' | 'rename' | 'unlink'
interface Done {
  what: What
  path: string
  /** The name that a file had before. */
  from?: string
}

/** What was done, in the order in which it ended. */
const log: Done[] = []

const logging: Fs = {
  ...nodeFs,
  open: async (path, how) => {
    const handle = await nodeFs.open(path, how)
    const noted = async <T>(what: What, work: Promise<T>): Promise<T> => {
      const result = await work
      log.push({ what, path })
      return result
    }
    return {
      ...handle,
      write: (bytes, at) => noted('write', handle.write(bytes, at)),
      sync: () => noted('flush', handle.sync()),
    }
  },
  rename: async (from, to) => {
    await nodeFs.rename(from, to)
    log.push({ what: 'rename', path: to, from })
  },
  unlink: async (path) => {
    await nodeFs.unlink(path)
    log.push({ what: 'unlink', path })
  },
  syncDirectory: async (path) => {
    await nodeFs.syncDirectory(path)
    log.push({ what: 'flushFolder', path })
  },
}

const EDITS: Edit[] = [
  { kind: 'cells', path: 'a', dims: box([0, 6]), shape: [], data: Uint8Array.of(9) },
  { kind: 'attributes', path: 'a', changes: [{ op: 'set', path: ['n'], json: '2' }] },
  { kind: 'deleteChunks', path: 'a', chunks: [[3]] },
  { kind: 'resize', path: 'b', shape: [2] },
]

beforeAll(async () => {
  const options = { shape: [8], chunks: [2], dtype: 'u1', compressor: null } as const
  const { base } = await withArray(options, [1, 2, 3, 4, 5, 6, 7, 8], new DirectoryStore(place))
  await createArray(base, 'b', options, { executor })
  for (const chunk of ['0', '2']) await base.set(`b/c/${chunk}`, Uint8Array.of(1, 2))
  const overlay = new OverlayStore(new DirectoryStore(place, { flush: 'all' }), { readOnly: true })
  const edits = new StoreEdits({ overlay, executor, frozen: null, fs: logging })
  for (const edit of EDITS) await edits.apply(edit)
  log.length = 0
  await edits.save()
})

const at = (what: What, path: string, from = 0): number =>
  log.findIndex((one, i) => i >= from && one.what === what && one.path === path)

/** Changes of the store's own files: what took its place, and what went. */
const changes = (): { key: string; index: number; entry: Done }[] =>
  log.flatMap((entry, index) => {
    const isKey = entry.path.startsWith(place + '/') && !basename(entry.path).includes('.zarrscope.')
    return isKey && (entry.what === 'rename' || entry.what === 'unlink')
      ? [{ key: entry.path.slice(place.length + 1), index, entry }]
      : []
  })

test('every key of the edits was changed once', () => {
  expect(
    changes()
      .map(({ key, entry }) => `${entry.what} ${key}`)
      .sort(),
  ).toEqual([
    ...['rename a/c/0', 'rename a/c/1', 'rename a/c/2', 'rename a/zarr.json', 'rename b/zarr.json'],
    ...['unlink a/c/3', 'unlink b/c/2'],
  ])
})

test('the journal is whole on the disk, under its name, before the first file changes', () => {
  const named = at('rename', journal)
  const draft = log[named]!.from!
  const lastWrite = log.findLastIndex(({ what, path }) => what === 'write' && path === draft)
  const flushed = at('flush', draft)
  expect(lastWrite).toBeGreaterThanOrEqual(0)
  expect(flushed).toBeGreaterThan(lastWrite)
  expect(named).toBeGreaterThan(flushed)
  const confirmed = at('flushFolder', parent, named)
  expect(confirmed).toBeGreaterThan(named)
  expect(Math.min(...changes().map(({ index }) => index))).toBeGreaterThan(confirmed)
})

test('a value is on the disk before it takes its place, and its place before the journal goes', () => {
  const removed = at('unlink', journal)
  expect(removed).toBeGreaterThan(0)
  for (const { key, index, entry } of changes()) {
    if (entry.from !== undefined) {
      const lastWrite = log.findLastIndex(({ what, path }) => what === 'write' && path === entry.from)
      const flushed = at('flush', entry.from)
      expect(flushed, key).toBeGreaterThan(lastWrite)
      expect(index, key).toBeGreaterThan(flushed)
    }
    const confirmed = at('flushFolder', dirname(entry.path), index)
    expect(confirmed, key).toBeGreaterThan(index)
    expect(removed, key).toBeGreaterThan(confirmed)
  }
  expect(at('flushFolder', parent, removed)).toBeGreaterThan(removed)
})

test('chunks are on the disk before the document that shows them, and a document that shrinks before its chunks go', () => {
  const changed = (wanted: string): number => changes().find(({ key }) => key === wanted)!.index
  for (const chunk of ['a/c/0', 'a/c/1', 'a/c/2']) {
    const confirmed = at('flushFolder', join(place, 'a/c'), changed(chunk))
    expect(changed('a/zarr.json'), chunk).toBeGreaterThan(confirmed)
  }
  const shrunk = at('flushFolder', join(place, 'b'), changed('b/zarr.json'))
  expect(changed('b/c/2')).toBeGreaterThan(shrunk)
})
