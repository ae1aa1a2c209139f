import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ReadOnlyError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { contents, type Values } from '../stores/contract-sample'
import { DirectoryStore } from '../stores/directory'
import { OverlayStore } from '../stores/overlay'
import type { ProcessFacts } from '../files/process-facts'
import { StoreEdits, type StoreEditsOptions } from './store-edits'
import { box, executor, valuesOf, withArray } from './testing/bench'

/** The run that is going on; runs before it have ended, unless they are among the living. */
const runs = vi.hoisted(() => ({ now: 1, living: new Set<number>() }))
vi.mock('../files/process-facts', () => ({
  thisProcess: (): ProcessFacts => ({ host: 'here', pid: runs.now, start: '', boot: '', namespace: '' }),
  stateOf: ({ pid }: ProcessFacts) => (pid === runs.now || runs.living.has(pid) ? 'alive' : 'dead'),
}))

const parent = mkdtempSync(join(tmpdir(), 'zarrscope-recovery-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

let place: string
let before: Values

beforeEach(async () => {
  place = mkdtempSync(join(parent, 'x-'))
  runs.living.clear()
  const { base } = await withArray(
    { shape: [6], chunks: [2], dtype: 'i4', compressor: null },
    [1, 2, 3, 4, 5, 6],
    new DirectoryStore(join(place, 's.zarr')),
  )
  before = await contents(base)
})

/** Whoever ended without a word closed nothing; what is kept here is not closed by the garbage collector either. */
const ended: Run[] = []

interface Run {
  base: DirectoryStore
  overlay: OverlayStore
  edits: StoreEdits
}

/** Opens the store as a process does; the one before has ended without a word. */
async function run(options: Partial<StoreEditsOptions> = {}): Promise<Run> {
  runs.now++
  const base = new DirectoryStore(join(place, 's.zarr'), { flush: 'all' })
  const overlay = new OverlayStore(base, { readOnly: true })
  const folder = join(place, 'state')
  const edits = new StoreEdits({ overlay, executor, frozen: null, folder, ...options })
  await edits.open()
  ended.push({ base, overlay, edits })
  return { base, overlay, edits }
}

const cells = (start: number, ...values: number[]): Edit => ({
  kind: 'cells',
  path: 'a',
  dims: box([start, values.length]),
  shape: [values.length],
  data: new Uint8Array(Int32Array.from(values).buffer),
})

describe('after the end of a process without a word', () => {
  test('edits come back, with undo and redo, to the byte', async () => {
    const first = await run()
    await first.edits.apply(cells(0, 10, 11, 12))
    await first.edits.apply(cells(5, 60))
    await first.edits.apply({ kind: 'delete', path: 'a' })
    await first.edits.undo()
    const seen = await contents(first.overlay)
    const { edits, overlay } = await run()
    expect(await contents(overlay)).toEqual(seen)
    expect(edits.state).toMatchObject({
      recovered: { edits: 2 },
      redo: 'Delete /a',
      keys: first.edits.state.keys,
    })
    expect(edits.state.edits).toEqual(first.edits.state.edits)
    expect(Date.now() - edits.state.recovered!.at).toBeLessThan(60_000)
    await edits.undo()
    await edits.undo()
    expect(await contents(overlay)).toEqual(before)
    for (let i = 0; i < 3; i++) await edits.redo()
    expect((await overlay.list('')).prefixes).toEqual([])
  })

  test('what came back is kept again, and can be taken out one by one', async () => {
    const first = await run()
    const { id } = await first.edits.apply(cells(0, 10))
    await first.edits.apply(cells(1, 20))
    await (await run()).edits.apply(cells(2, 30))
    const { edits, overlay } = await run()
    expect(edits.state.recovered).toMatchObject({ edits: 3 })
    await edits.revert(id)
    expect(await valuesOf(overlay)).toEqual([1, 20, 30, 4, 5, 6])
    const ids = edits.state.edits.map((edit) => edit.id)
    expect(new Set(ids).size).toBe(2)
  })

  test('undo still reaches across a Save of the run before', async () => {
    const first = await run()
    await first.edits.apply(cells(0, 10))
    await first.edits.save()
    await first.edits.apply(cells(5, 60))
    const { edits, overlay } = await run()
    await edits.undo()
    await edits.undo()
    expect(await contents(overlay)).toEqual(before)
  })

  test('nothing comes back of what was saved or discarded', async () => {
    const first = await run()
    await first.edits.apply(cells(0, 10))
    await first.edits.save()
    const second = await run()
    expect(second.edits.state).toMatchObject({ recovered: null, keys: 0, edits: [] })
    await second.edits.apply(cells(1, 20))
    await second.edits.discard()
    const third = await run()
    expect(third.edits.state).toMatchObject({ recovered: null, keys: 0, edits: [] })
    expect(await valuesOf(third.overlay)).toEqual([10, 2, 3, 4, 5, 6])
  })

  test('an edit that was being written when it ended is gone, those before it are not', async () => {
    const first = await run()
    await first.edits.apply(cells(0, 10))
    const [name] = readdirSync(join(place, 'state')).filter((one) => one.endsWith('.journal'))
    const path = join(place, 'state', name!)
    const { length } = readFileSync(path)
    await first.edits.apply(cells(1, 20))
    const whole = readFileSync(path)
    for (let at = length; at < whole.length; at += 7) {
      writeFileSync(path, whole)
      truncateSync(path, at)
      const { edits, overlay } = await run()
      expect(await valuesOf(overlay), `cut at ${at}`).toEqual([10, 2, 3, 4, 5, 6])
      expect(edits.state.edits).toHaveLength(1)
    }
  })

  test('a key that somebody else changed meanwhile is a conflict', async () => {
    const first = await run()
    await first.edits.apply(cells(0, 10))
    await first.base.set('a/c/0', new Uint8Array(Int32Array.of(7, 7).buffer))
    const { edits } = await run()
    expect(edits.state.conflicts).toMatchObject([{ key: 'a/c/0', coords: [0] }])
  })
})

describe('where nothing can be edited', () => {
  const look = (): Promise<Run> => run({ frozen: 'The disk is read-only.' })
  const files = (): Promise<Values> => contents(new DirectoryStore(join(place, 'state')))

  test('edits of an earlier run are told, not shown, and stay for the next one', async () => {
    const first = await run()
    for (const n of [0, 1, 2]) await first.edits.apply(cells(n, 10 + n))
    const left = await files()
    const { edits, overlay } = await look()
    expect(edits.state.notice).toMatch(
      /^3 edits of \d{4}-\d\d-\d\d that were not saved are kept and come back when the store is opened for writing\.$/,
    )
    expect(edits.state).toMatchObject({ edits: [], recovered: null, keys: 0 })
    expect(await contents(overlay)).toEqual(before)
    await edits.close()
    expect(await files()).toEqual(left)
    expect((await run()).edits.state.recovered).toMatchObject({ edits: 3 })
  })

  test('nothing is told of what was saved, undone or discarded, nor of edits of a process that lives', async () => {
    const first = await run()
    await first.edits.apply(cells(0, 10))
    await first.edits.save()
    await first.edits.apply(cells(1, 20))
    await first.edits.undo()
    await first.edits.apply(cells(2, 30))
    await first.edits.discard()
    expect((await look()).edits.state.notice).toBeNull()
    const living = await run()
    runs.living.add(runs.now)
    await living.edits.apply(cells(3, 40))
    expect((await look()).edits.state.notice).toBeNull()
    runs.living.clear()
    expect((await look()).edits.state.notice).toMatch(/^1 edit of .* comes back/)
  })
})

describe('the journal', () => {
  test('goes when the store is closed with nothing staged, and stays otherwise', async () => {
    const first = await run()
    await first.edits.apply(cells(0, 10))
    await first.edits.close()
    expect(readdirSync(join(place, 'state'))).toEqual(['edits-1.journal'])
    const second = await run()
    await second.edits.undo()
    await second.edits.close()
    expect(readdirSync(join(place, 'state'))).toEqual([])
  })

  test('is not begun by looking', async () => {
    const { edits } = await run()
    await edits.check()
    await edits.preview(cells(0, 1))
    await edits.apply(cells(0, 1))
    await edits.close()
    expect(existsSync(join(place, 'state', 'edits-1.journal'))).toBe(false)
  })

  test('that cannot be written is told, and the edits go on', async () => {
    writeFileSync(join(place, 'file'), '')
    const { edits, overlay } = await run({ folder: join(place, 'file', 'state') })
    await edits.apply(cells(0, 10))
    expect(await valuesOf(overlay)).toEqual([10, 2, 3, 4, 5, 6])
    expect(edits.state.notice).toMatch(/cannot be kept safe/)
    await edits.save()
    expect(edits.state.keys).toBe(0)
  })
})

describe('two processes', () => {
  test('only one has staged edits; the other says so, until they are saved', async () => {
    const first = await run()
    runs.living.add(runs.now)
    await first.edits.apply(cells(0, 10))
    const second = await run()
    expect(second.edits.state.frozen).toMatch(/Another Zarrscope \(process \d+\) has staged edits/)
    await expect(second.edits.apply(cells(1, 20))).rejects.toThrow(ReadOnlyError)
    expect(second.overlay.staged.size).toBe(0)
    runs.living.add(runs.now)
    await first.edits.save()
    await second.edits.check()
    expect(second.edits.state.frozen).toBeNull()
    await second.edits.apply(cells(1, 20))
    await expect(first.edits.undo()).rejects.toThrow(ReadOnlyError)
    await second.edits.save()
    await expect(first.edits.undo()).rejects.toThrow(/changed by another program/)
    expect(await valuesOf(second.base)).toEqual([10, 20, 3, 4, 5, 6])
  })
})
