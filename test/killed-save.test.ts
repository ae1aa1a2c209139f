/** The built serve host is killed (SIGKILL) at points all over a Save; another one opens the store after it. */
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DisconnectedError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { withArray } from '@engine/edits/testing/bench'
import { contents, type Values } from '@engine/stores/contract-sample'
import { DirectoryStore } from '@engine/stores/directory'
import { ZipStore } from '@engine/stores/zip'
import type { WritableStore } from '@engine/stores/store'
import { serveWindow, type ServeWindow } from './programs/serve-window'

const root = join(import.meta.dirname, '..')
// Without a build there is no host to kill; `npm test` builds first.
const built = existsSync(join(root, 'out/main/serve.js'))

const CHUNKS = 6
const SIZE = 4096
const EDITS: Edit[] = [
  {
    ...{ kind: 'cells', path: 'a', shape: [], data: Uint8Array.of(2) },
    dims: [{ start: 0, step: 1, count: CHUNKS * SIZE }],
  },
  { kind: 'attributes', path: 'a', changes: [{ op: 'set', path: ['n'], json: '2' }] },
  { kind: 'deleteChunks', path: 'a', chunks: [[0]] },
  { kind: 'createGroup', path: 'g', zarrFormat: 3 },
]

const parent = mkdtempSync(join(tmpdir(), 'zarrscope-killed-save-'))
const stateDir = join(parent, 'state')
let next: ServeWindow
beforeAll(async () => {
  if (built) next = await serveWindow({ cwd: parent, stateDir })
}, 60_000)
afterAll(async () => {
  if (built) await next.host.stop()
  rmSync(parent, { recursive: true, force: true })
})

interface Kind {
  name: string
  make: (path: string) => Promise<void>
  contents: (path: string) => Promise<Values>
  points: number
}

/** An array of ones, whose store is then closed. */
async function makeStore(base: WritableStore): Promise<void> {
  const options = { shape: [CHUNKS * SIZE], chunks: [SIZE], dtype: 'u1', compressor: null } as const
  await withArray(options, Array<number>(CHUNKS * SIZE).fill(1), base)
  await base.close()
}

const zipContents = async (path: string): Promise<Values> => {
  const store = new ZipStore(path)
  try {
    return await contents(store)
  } finally {
    await store.close()
  }
}

/** Stages the edits in a host of its own and saves them; it dies at file operation `at` of that, 0 for never. */
async function run(
  original: string,
  name: string,
  at: number,
): Promise<{ place: string; operations: number }> {
  const folder = mkdtempSync(join(parent, 'x-'))
  const [place, armed, count] = [join(folder, name), join(folder, 'armed'), join(folder, 'count')]
  cpSync(original, place, { recursive: true, preserveTimestamps: true })
  const { host, call } = await serveWindow({
    ...{ cwd: folder, stateDir, args: [name] },
    env: {
      ...{ KILL_ARMED: armed, KILL_COUNT: count, KILL_AT: String(at) },
      NODE_OPTIONS: `--import ${join(root, 'test/programs/kill-at.js')}`,
    },
  })
  const ended = once(host.child, 'exit')
  const [ticket = ''] = (await call('host.info', {})).open
  const { id } = await call('store.open', { ticket })
  for (const edit of EDITS) await call('edits.apply', { store: id, edit })
  writeFileSync(armed, '')
  if (at === 0) {
    await call('edits.save', { store: id })
    const operations = readFileSync(count).length
    await host.stop()
    return { place, operations }
  }
  await expect(call('edits.save', { store: id }), `killed at ${at}`).rejects.toThrow(DisconnectedError)
  expect((await ended)[1]).toBe('SIGKILL')
  await host.stop()
  rmSync(armed)
  rmSync(count)
  return { place, operations: at }
}

const same = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0

const differing = (one: Values, other: Values): string[] =>
  Object.keys({ ...one, ...other }).filter((key) => !same(one[key], other[key]))

const hidden = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.zarrscope\.(partial|journal|lock)$/.test(name),
  )

describe.skipIf(!built).each<Kind>([
  {
    ...{ name: 's.zarr', points: 50 },
    make: (path) => makeStore(new DirectoryStore(path)),
    contents: (path) => contents(new DirectoryStore(path)),
  },
  {
    ...{ name: 's.zip', points: 12, contents: zipContents },
    make: (path) => makeStore(new ZipStore(path, { mode: 'a' })),
  },
])('a host that is killed while it saves $name', ({ name, make, contents: contentsOf, points }) => {
  test('leaves every file old or new, and the Save is finished or undone with its edits kept', async () => {
    const original = join(parent, 'original', name)
    mkdirSync(dirname(original), { recursive: true })
    await make(original)
    const old = await contentsOf(original)
    const whole = await run(original, name, 0)
    const wanted = await contentsOf(whole.place)
    expect(differing(old, wanted)).toHaveLength(CHUNKS + 2)
    expect(whole.operations).toBeGreaterThanOrEqual(points)

    const outcomes = { finished: 0, undone: 0, littered: 0 }
    const check = async (at: number): Promise<void> => {
      const { place } = await run(original, name, at)
      const found = await contentsOf(place)
      const torn = differing(old, found).filter((key) => !same(found[key], wanted[key]))
      expect(torn, `killed at ${at}`).toEqual([])
      if (hidden(dirname(place)).length > 0) outcomes.littered++
      const { id } = await next.call('store.open', { ticket: place })
      const { recovered, keys } = await next.edits(id)
      const after = await contentsOf(place)
      if (differing(after, wanted).length === 0) {
        expect({ recovered, keys }, `killed at ${at}`).toEqual({ recovered: null, keys: 0 })
        outcomes.finished++
      } else {
        expect(differing(after, old), `killed at ${at}`).toEqual([])
        expect(recovered?.edits, `killed at ${at}`).toBe(EDITS.length)
        outcomes.undone++
      }
      expect(hidden(dirname(place)), `killed at ${at}`).toEqual([])
      await next.call('edits.save', { store: id })
      expect(differing(await contentsOf(place), wanted), `killed at ${at}`).toEqual([])
      await next.call('store.close', { store: id })
      expect(hidden(dirname(place)), `killed at ${at}`).toEqual([])
      rmSync(dirname(place), { recursive: true })
    }
    const places = Array.from({ length: points }, (_, i) => 1 + Math.floor((i * whole.operations) / points))
    const worker = async (): Promise<void> => {
      for (let at = places.pop(); at !== undefined; at = places.pop()) await check(at)
    }
    await Promise.all([worker(), worker()])
    expect(outcomes.finished).toBeGreaterThan(0)
    expect(outcomes.undone).toBeGreaterThan(0)
    expect(outcomes.littered).toBeGreaterThan(0)
  }, 180_000)
})
