/** Save in a process of its own that is killed (SIGKILL) before one of its file operations, at 50 places. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build, type Plugin } from 'vite'
import { nodeFs } from '../files/node'
import { contents, type Values } from '../stores/contract-sample'
import { DirectoryStore } from '../stores/directory'
import { OverlayStore } from '../stores/overlay'
import { finishSave } from '../stores/redo-journal'
import { StoreEdits } from './store-edits'
import { executor, withArray } from './testing/bench'

const POINTS = 50

const parent = mkdtempSync(join(tmpdir(), 'zarrscope-kill-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const original = join(parent, 'original.zarr')
let program: string
let old: Values
let wanted: Values
let operations: number

beforeAll(async () => {
  const src = join(import.meta.dirname, '../../..')
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [noThreads],
    resolve: { alias: { '@shared': join(src, 'shared'), '@engine': join(src, 'main/engine') } },
    build: {
      ssr: join(import.meta.dirname, 'testing/save-program.ts'),
      outDir: join(parent, 'out'),
      minify: false,
    },
  })
  program = join(
    parent,
    'out',
    readdirSync(join(parent, 'out')).find((name) => /^save-program\.m?js$/.test(name))!,
  )
  const options = { shape: [8 * 4096], chunks: [4096], dtype: 'u1', compressor: null } as const
  const ones = Array.from({ length: 8 * 4096 }, () => 1)
  const { base } = await withArray(options, ones, new DirectoryStore(original))
  old = await contents(base)
  const whole = await run(0)
  operations = whole.calls
  wanted = await contents(new DirectoryStore(whole.place))
  expect(operations).toBeGreaterThan(POINTS)
}, 120_000)

/** The program uses no codec that runs on a thread. */
const noThreads: Plugin = {
  name: 'no-threads',
  enforce: 'pre',
  resolveId: (source) => (source.endsWith('?nodeWorker') ? '\0no-thread' : undefined),
  load: (id) => (id === '\0no-thread' ? 'export default () => { throw new Error("no threads") }' : undefined),
}

interface Run {
  place: string
  state: string
  killed: boolean
  calls: number
}

function run(killAt: number, mode = 'save'): Promise<Run> {
  const folder = mkdtempSync(join(parent, 'x-'))
  const [place, state] = [join(folder, 's.zarr'), join(folder, 'state')]
  cpSync(original, place, { recursive: true, preserveTimestamps: true })
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, place, state, String(killAt), mode], (error, stdout, stderr) => {
      const killed = error?.signal === 'SIGKILL'
      if (error && !killed) reject(new Error(stderr))
      else resolve({ place, state, killed, calls: Number(stdout) })
    })
  })
}

/** Files that are neither as they were nor as they were to be. */
const torn = (found: Values): string[] =>
  Object.keys({ ...old, ...found }).filter((key) => {
    const bytes = Buffer.from(found[key] ?? [])
    return !found[key] || !(bytes.equals(old[key]!) || bytes.equals(wanted[key]!))
  })

const same = (one: Values, other: Values): boolean =>
  Object.keys(one).join() === Object.keys(other).join() &&
  Object.keys(one).every((key) => Buffer.from(one[key]!).equals(other[key]!))

test('every file is old or new, and the Save finished or undone with its edits kept', async () => {
  const outcomes = { finished: 0, undone: 0 }
  for (let point = 0; point < POINTS; point++) {
    const at = 1 + Math.floor((point * operations) / POINTS)
    const { place, state, killed } = await run(at)
    expect(killed, `killed at ${at}`).toBe(true)
    expect(torn(await contents(new DirectoryStore(place))), `killed at ${at}`).toEqual([])
    await finishSave(nodeFs, place)
    const base = new DirectoryStore(place, { flush: 'all' })
    const overlay = new OverlayStore(base, { readOnly: true })
    const edits = new StoreEdits({ overlay, executor, frozen: null, folder: state })
    await edits.open()
    const found = await contents(base)
    expect(same(await contents(overlay), wanted), `killed at ${at}`).toBe(true)
    if (same(found, wanted)) outcomes.finished++
    else {
      expect(same(found, old), `killed at ${at}`).toBe(true)
      expect(edits.state.recovered?.edits).toBe(2)
      outcomes.undone++
    }
    const left = readdirSync(join(place, '..'), { recursive: true, encoding: 'utf8' })
    expect(
      left.filter((name) => /zarrscope\.(partial|journal)$/.test(name) && !name.startsWith('state')),
    ).toEqual([])
    await edits.close()
    rmSync(join(place, '..'), { recursive: true })
  }
  expect(outcomes.finished).toBeGreaterThan(0)
  expect(outcomes.undone).toBeGreaterThan(0)
}, 300_000)

test('the same test finds torn files where they are written in place', async () => {
  const { place } = await run(6, 'plain')
  expect(torn(await contents(new DirectoryStore(place)))).toEqual(['a/c/1'])
})
