import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AbortedError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import type { LayoutChange } from '@shared/model/jobs'
import type { ZarrArray } from '@engine/nodes/array'
import { createArray, createGroup } from '@engine/nodes/creation/create-node'
import type { NewArrayOptions } from '@engine/nodes/creation/new-array-options'
import { itemValues } from '@engine/nodes/item-values'
import { openNode } from '@engine/nodes/open'
import { writeArray } from '@engine/nodes/writing/write-array'
import { InlineExecutor } from '@engine/pool/inline'
import { createEngine, type Engine } from '@engine/session/engine'
import { openSession } from '@engine/session/session'
import { DirectoryStore } from '@engine/stores/directory'
import type { HostServices } from '../host-services'
import { Sessions } from '../sessions'
import { JobStores } from './job-stores'
import type { JobControl, Outcome, PreparedJob } from './prepared-job'
import { prepareRewrite } from './prepare-rewrite'

const executor = new InlineExecutor()
const context = { executor }

let folder: string
let engine: Engine
let sessions: Sessions
let store: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-policy-'))
  engine = createEngine({ executor })
  sessions = new Sessions()
  await fill()
  const session = await openSession(engine, folder, { editing: { readOnly: false } })
  sessions.add(session, folder)
  store = session.id
})
afterEach(async () => {
  await sessions.closeAll()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Whole numbers, floats, texts, no dimension, no items, a nested group, a damaged chunk, an unknown codec. */
const ARRAYS: Record<string, NewArrayOptions> = {
  count: { shape: [6, 4], chunks: [2, 4], dtype: 'i4' },
  damaged: { shape: [6], chunks: [2], dtype: 'i4', compressor: 'zstd:1' },
  'deep/er/steps': { shape: [9], chunks: [4], dtype: 'i4', shards: [8] },
  nothing: { shape: [0, 3], chunks: [1, 3], dtype: 'i4' },
  one: { shape: [], dtype: 'i4' },
  real: { shape: [8], chunks: [4], dtype: 'f4' },
  text: { shape: [3], chunks: [2], dtype: 'string' },
}

async function fill(): Promise<void> {
  const made = new DirectoryStore(folder)
  await createGroup(made, '', {}, context)
  await createGroup(made, 'deep/er', {}, context)
  for (const [path, options] of Object.entries(ARRAYS)) {
    const array = await createArray(made, path, { compressor: null, ...options }, context)
    const count = array.shape.reduce((n, length) => n * length, 1)
    await writeArray(array, whole(array), { ...itemsOf(array, count), shape: array.shape })
  }
  truncateSync(join(folder, 'damaged/c/1'), 5)
  const unknown = readFileSync(join(folder, 'real/zarr.json'), 'utf8').replace('"bytes"', '"jetraw"')
  mkdirSync(join(folder, 'unknown'))
  writeFileSync(join(folder, 'unknown/zarr.json'), unknown)
}

function itemsOf({ dtype }: ZarrArray, count: number): { data: Uint8Array; offsets?: Uint32Array } {
  const type = dataType(dtype)
  const items = Array.from({ length: count }, (_, i) => type.encode(dtype.kind === 'vlen-text' ? `t${i}` : i))
  const offsets = Uint32Array.from({ length: count + 1 }, (_, i) =>
    items.slice(0, i).reduce((n, { length }) => n + length, 0),
  )
  return { data: Buffer.concat(items), ...(dtype.kind === 'vlen-text' && { offsets }) }
}

const whole = ({ shape }: ZarrArray) => ({
  kind: 'basic' as const,
  dims: shape.map((count) => ({ start: 0, step: 1, count })),
})

const prepare = (layout: LayoutChange, only?: { minBytes: number }): Promise<PreparedJob> => {
  const host = { info: () => ({ readOnly: false }) } as HostServices
  const stores = new JobStores({ engine, sessions, host })
  return prepareRewrite({ kind: 'rewrite', source: { store, path: '' }, layout, only }, stores)
}

/** Runs a job; at gate number `stop` it is cancelled. */
async function run(job: PreparedJob, stop = Infinity): Promise<Outcome> {
  const abort = new AbortController()
  let gates = 0
  const gate = async (): Promise<void> => {
    if (++gates === stop) abort.abort()
    if (abort.signal.aborted) throw new AbortedError()
  }
  const control: JobControl = { signal: abort.signal, gate, report: () => undefined }
  return job.run(control).finally(() => job.close())
}

async function read(path: string): Promise<{ array: ZarrArray; values: unknown[] }> {
  const array = (await openNode(new DirectoryStore(folder), path, context)) as ZarrArray
  const { data, offsets } = await array.readAll(whole(array))
  return { array, values: itemValues(dataType(array.dtype), data, offsets) }
}

const readAll = async (): Promise<Map<string, unknown[]>> =>
  new Map(await Promise.all(READABLE.map(async (path) => [path, (await read(path)).values] as const)))
const codecsOf = ({ metadata }: ZarrArray): string[] => metadata.codecs.map(({ name }) => name)
const names = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()

const DELTA: LayoutChange = { filters: ['delta:<i4'], compressor: 'zstd:3' }
const READABLE = Object.keys(ARRAYS).filter((path) => path !== 'damaged')

test('each array is rewritten, kept with the reason, or failed and as before', async () => {
  const before = await readAll()
  const damaged = readFileSync(join(folder, 'damaged/zarr.json'), 'utf8')
  const job = await prepare(DELTA)
  expect(job.label).toBe('Rewrite 5 arrays below /')
  const { message, arrays } = await run(job)
  expect(message).toMatch(
    /^Rewrote 4 arrays, .* stored now, read back and found equal\. 3 arrays kept as before\. 1 array failed and is as before\.$/,
  )
  expect(arrays!.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
    'count rewritten',
    'damaged failed',
    'deep/er/steps rewritten',
    'nothing rewritten',
    'one rewritten',
    'real kept',
    'text kept',
    'unknown kept',
  ])
  const words = (path: string): string => arrays!.find((one) => one.path === path)!.message
  expect(words('count')).toMatch(/before, .* now\.$/)
  expect(words('damaged')).toMatch(/damaged\/c\/1/)
  expect(words('real')).toMatch(/delta.*must be the data type of the chunk/)
  expect(words('text')).toMatch(/delta/)
  expect(words('unknown')).toContain('jetraw')

  for (const path of READABLE) {
    const { array, values } = await read(path)
    expect(values).toEqual(before.get(path))
    expect(codecsOf(array).includes('zstd') || array.layout.shards !== null, path).toBe(
      !['real', 'text'].includes(path),
    )
  }
  expect(readFileSync(join(folder, 'damaged/zarr.json'), 'utf8')).toBe(damaged)
})

test('small arrays are left out; where none is left, or none can be stored so, it does not begin', async () => {
  const { arrays } = await run(await prepare({ compressor: null }, { minBytes: 96 }))
  expect(arrays!.filter(({ outcome }) => outcome === 'rewritten').map(({ path }) => path)).toEqual([
    'count',
    'text',
  ])
  expect(arrays!.find(({ path }) => path === 'real')!.message).toBe('It is smaller than 96 B.')
  await expect(prepare({ compressor: null }, { minBytes: 10_000 })).rejects.toThrow(
    'No array below / is to be rewritten',
  )
  const before = names()
  await expect(prepare({ filters: ['delta:<u8'] })).rejects.toThrow(
    /No array below \/ is to be rewritten: \/count: .*delta/,
  )
  expect(names()).toEqual(before)
})

test('cancelled anywhere, every array is wholly as before or wholly as asked', async () => {
  rmSync(join(folder, 'damaged'), { recursive: true })
  const before = await readAll()
  let cancelled = 0
  for (let stop = 1; ; stop++) {
    const job = await prepare({ chunks: undefined, filters: [], compressor: stop % 2 ? 'gzip:1' : 'zstd:1' })
    const ended = await run(job, stop).then(
      () => 'done',
      (error: unknown) => (error instanceof AbortedError ? 'cancelled' : String(error)),
    )
    for (const path of READABLE)
      expect((await read(path)).values, `${path} at gate ${stop}`).toEqual(before.get(path))
    expect(names().filter((name) => name.includes('.zarrscope.') && !name.endsWith('.lock'))).toEqual([])
    if (ended === 'done') break
    expect(ended).toBe('cancelled')
    expect(job.left()).toMatch(
      /^Nothing was changed\.$|had been rewritten by then; the others are as they were\.$/,
    )
    cancelled++
  }
  // Two passes over each array that holds anything.
  expect(cancelled).toBeGreaterThanOrEqual(2 * (READABLE.length - 1))
})
