import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { partialName } from '@engine/files/own-names'
import { run } from '../src/main/cli/testing/run'
import { open, zeros, type NdArray } from '../src/main/library'
import { buildProgram } from './programs/build-program'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-killed-write-'))
const original = join(base, 'original.zarr')
let script: string
let store: string
afterAll(() => rmSync(base, { recursive: true, force: true }))
beforeAll(async () => {
  script = await buildProgram('killed-writer', join(base, 'program'))
  const options = { shape: [20], chunks: [5], dtype: 'i4', compressor: null } as const
  await (await zeros({ store: original, path: 'a', ...options })).set('...', 7)
}, 120_000)
beforeEach(() => {
  store = join(mkdtempSync(join(base, 'x-')), 's.zarr')
  cpSync(original, store, { recursive: true })
})

/** Names of unfinished files. */
const partials = (): string[] =>
  readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.partial'))

/** Kills a process between writing the file of its third chunk and putting it into its place. */
function killWriter(): string {
  const { signal, stderr } = spawnSync(process.execPath, [script, store, '3'], { encoding: 'utf8' })
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' })
  const [left, ...more] = partials()
  expect(more).toEqual([])
  return left!
}

test('what a killed write left is never data: not read, listed, counted or copied', async () => {
  killWriter()
  const array = await open(store, { path: 'a', mode: 'r' })
  const nines = Int32Array.from({ length: 20 }, (_, i) => (i < 10 ? 0x09090909 : 7))
  expect(((await array.get()) as NdArray<'int32'>).data).toEqual(nines)
  const chunks = JSON.parse((await run(['chunks', `${store}/a`, '--json'])).out) as Record<string, unknown>
  expect(chunks).toMatchObject({ initialized: 4, nchunks: 4 })
  expect((await run(['tree', store])).out).not.toContain('zarrscope')
  const copy = join(store, '../copy.zarr')
  expect((await run(['copy', store, copy])).status).toBe(0)
  expect(readdirSync(copy, { recursive: true, encoding: 'utf8' }).join()).not.toContain('.partial')
})

test('verify names it and says how it goes, and removes it only where told', async () => {
  const left = killWriter()
  const told = await run(['verify', store])
  expect(told.status).toBe(1)
  expect(told.out).toContain(`stray\t/a\t${left} was left by a write that was cut off`)
  expect(told.out).toContain('1 problem; ')
  expect(partials()).toEqual([left])
  const { out, status } = await run(['verify', store, '--remove-leftovers'])
  expect({ status, out }).toEqual({
    status: 0,
    out: `removed\t${left}\n0 problems; 2 nodes, 4 chunks seen\n`,
  })
  expect(partials()).toEqual([])
  expect(JSON.parse((await run(['verify', store, '--json', '--remove-leftovers'])).out)).toMatchObject({
    problems: [],
    removed: [],
  })
})

test('files of others and of writes that go on stay', async () => {
  const dead = killWriter()
  const put = (name: string): string => {
    writeFileSync(join(store, 'a', name), 'x')
    return `a/${name}`
  }
  const living = put(partialName())
  const elsewhere = put(partialName().replace(/^\.[0-9a-f]{12}/, '.000000000000'))
  const unnamed = put('.11111111-2222-4333-8444-555555555555.zarrscope.partial')
  const fresh = put('.99999999-2222-4333-8444-555555555555.zarrscope.partial')
  const users = put('notes.partial')
  for (const name of [living, elsewhere, unnamed]) utimesSync(join(store, name), 0, 0)
  const { out } = await run(['verify', store, '--json', '--remove-leftovers'])
  const { problems, removed } = JSON.parse(out) as { problems: { key: string }[]; removed: string[] }
  expect(removed).toEqual([dead])
  expect(problems.map(({ key }) => key).sort()).toEqual([elsewhere, unnamed, users].sort())
  expect(partials().sort()).toEqual([living, elsewhere, unnamed, fresh, users].sort())
  expect(readFileSync(join(store, users), 'utf8')).toBe('x')
})
