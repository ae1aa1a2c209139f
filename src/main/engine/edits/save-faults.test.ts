/**
 * Save under every failing file operation, once and for good: each file is old or new, the edits are kept, and whoever
 * opens the store next finds it as it was or as it was to be.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ConflictError, IoError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { faultyFs, type Fault } from '../files/faulty'
import type { Fs } from '../files/fs'
import { nodeFs } from '../files/node'
import { createArray } from '../nodes/creation/create-node'
import { contents, type Values } from '../stores/contract-sample'
import { DirectoryStore } from '../stores/directory'
import { OverlayStore } from '../stores/overlay'
import type { ProcessFacts } from '../files/process-facts'
import { finishSave } from '../stores/redo-journal'
import { StoreEdits } from './store-edits'
import { box, executor, withArray } from './testing/bench'

const runs = vi.hoisted(() => ({ now: 1 }))
vi.mock('../files/process-facts', () => ({
  thisProcess: (): ProcessFacts => ({ host: 'here', pid: runs.now, start: '', boot: '', namespace: '' }),
  stateOf: ({ pid }: ProcessFacts) => (pid === runs.now ? 'alive' : 'dead'),
}))

const parent = mkdtempSync(join(tmpdir(), 'zarrscope-faults-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const original = join(parent, 'original.zarr')
const options = { shape: [8], chunks: [2], dtype: 'i4', compressor: null } as const

let old: Values
let wanted: Values

const cells = (path: string, start: number, ...values: number[]): Edit => ({
  kind: 'cells',
  path,
  dims: box([start, values.length]),
  shape: [values.length],
  data: new Uint8Array(Int32Array.from(values).buffer),
})

/** Chunks that change, come and go; documents that change, come, go and shrink. */
const EDITS: Edit[] = [
  cells('a', 1, 20, 30),
  { kind: 'attributes', path: 'a', changes: [{ op: 'set', path: ['units'], json: '"K"' }] },
  { kind: 'resize', path: 'b', shape: [3] },
  { kind: 'delete', path: 'c' },
  { kind: 'createGroup', path: 'g', zarrFormat: 3 },
  { kind: 'move', path: 'd', to: 'g/d' },
]

beforeAll(async () => {
  const { base } = await withArray(options, [1, 2, 3, 4, 5, 6, 7, 8], new DirectoryStore(original))
  for (const path of ['b', 'c', 'd']) {
    await createArray(base, path, options, { executor })
    for (const chunk of ['0', '1', '3'])
      await base.set(`${path}/c/${chunk}`, Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0))
  }
  old = await contents(base)
  const { edits, place } = await staged(quickFs)
  await edits.save()
  wanted = await contents(new DirectoryStore(place))
  expect(Object.keys(wanted)).not.toEqual(Object.keys(old))
  rmSync(join(place, '..'), { recursive: true })
})

const kept: unknown[] = []

/** Flushing takes most of the time of a Save, and nothing here loses power. */
const quickFs: Fs = {
  ...nodeFs,
  open: async (path, how) => ({ ...(await nodeFs.open(path, how)), sync: async () => undefined }),
  syncDirectory: async () => undefined,
}

/** A copy of the store with all edits staged, whose Save meets the files of `fs`. */
async function staged(fs: Fs): Promise<{ edits: StoreEdits; place: string }> {
  runs.now++
  const place = join(mkdtempSync(join(parent, 'x-')), 's.zarr')
  cpSync(original, place, { recursive: true })
  // Stamps tell old from new by the time of the last write among others; copies are made within one tick of it.
  const { edits } = await opened(place, quickFs, fs)
  for (const edit of EDITS) await edits.apply(edit)
  return { edits, place }
}

async function opened(
  place: string,
  baseFs: Fs,
  fs: Fs,
): Promise<{ edits: StoreEdits; overlay: OverlayStore; base: DirectoryStore }> {
  const base = new DirectoryStore(place, { flush: 'all', fs: baseFs })
  const overlay = new OverlayStore(base, { readOnly: true })
  const edits = new StoreEdits({ overlay, executor, frozen: null, folder: join(place, '../state'), fs })
  await edits.open()
  kept.push(edits)
  return { edits, overlay, base }
}

/** Every file is wholly old or wholly new. */
function expectWhole(found: Values, why: string): void {
  for (const key of new Set([...Object.keys(found), ...Object.keys(old), ...Object.keys(wanted)]))
    expect([old[key], wanted[key]], `${why}: ${key}`).toContainEqual(found[key])
}

const leftovers = (place: string): string[] =>
  readdirSync(join(place, '..'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /zarrscope\.(partial|journal)$/.test(name),
  )

/** Which faults are tried: all of them take minutes, so each code takes its own share. */
const STRIDE = 31
const CODES = ['EIO', 'ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EMFILE']

async function save(
  fault: Fault,
): Promise<{ failure: unknown; calls: number; place: string; edits: StoreEdits }> {
  const armed = { ...fault, at: Infinity }
  const fs = faultyFs(quickFs, armed)
  const { edits, place } = await staged(fs)
  // What staging asked for does not count.
  const before = fs.calls.length
  armed.at = before + fault.at
  const failure: unknown = await edits.save().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { failure, calls: fs.calls.length - before, place, edits }
}

test.each(CODES.map((code, i) => [code, i] as const))(
  'one operation fails with %s: nothing is changed, and Save can be tried again',
  async (code, first) => {
    for (let at = 1 + first; ; at += STRIDE) {
      const { failure, calls, place, edits } = await save({ at, code, shortWrite: code === 'ENOSPC' })
      const why = `${code} at ${at}`
      const found = await contents(new DirectoryStore(place))
      if (failure === undefined) expect(found, why).toEqual(wanted)
      else {
        // A file that is said not to exist was deleted by somebody else.
        expect(failure, why).toSatisfy(
          (error) => error instanceof IoError || (code === 'ENOENT' && error instanceof ConflictError),
        )
        expectWhole(found, why)
        expect(edits.state.keys, why).toBeGreaterThan(0)
        await edits.save()
        expect(await contents(new DirectoryStore(place)), why).toEqual(wanted)
      }
      await edits.close()
      // One that is said to have gone already is not removed again; all of it is done.
      if (code !== 'ENOENT') expect(leftovers(place), why).toEqual([])
      rmSync(join(place, '..'), { recursive: true })
      if (calls < at) break
    }
  },
)

test.each(CODES.map((code, i) => [code, i] as const))(
  'from one operation on all fail with %s: the next run finishes or undoes the Save, and has the edits',
  async (code, first) => {
    for (let at = 1 + first; ; at += STRIDE) {
      const { failure, calls, place } = await save({ at, code, persistent: true })
      const why = `${code} from ${at} on`
      expectWhole(await contents(new DirectoryStore(place)), why)
      runs.now++
      const finished = await finishSave(quickFs, place)
      const next = await opened(place, quickFs, quickFs)
      const found = await contents(new DirectoryStore(place))
      if (failure === undefined || finished?.state === 'finished') expect(found, why).toEqual(wanted)
      else {
        expect(found, why).toEqual(old)
        expect(await contents(next.overlay), why).toEqual(wanted)
        expect(next.edits.state.recovered?.edits, why).toBe(EDITS.length)
      }
      expect(
        leftovers(place).filter((name) => !name.startsWith('state')),
        why,
      ).toEqual([])
      await next.edits.close()
      rmSync(join(place, '..'), { recursive: true })
      if (calls < at) break
    }
  },
)
