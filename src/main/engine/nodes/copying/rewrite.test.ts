import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { InlineExecutor } from '../../pool/inline'
import { DirectoryStore } from '../../stores/directory'
import { ZarrArray } from '../array'
import { createArray } from '../creation/create-node'
import { openNode } from '../open'
import { appendItems } from '../writing/resize'
import { writeArray } from '../writing/write-array'
import type { CopyProgress } from './copy-control'
import { migrateToV3 } from './migrate'
import { rewriteArray } from './rewrite-array'

const context = { executor: new InlineExecutor() }

let folder: string
let store: DirectoryStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-rewrite-'))
  store = new DirectoryStore(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const names = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
const int16 = (values: number[]) => new Uint8Array(Int16Array.from(values).buffer)
const all = async (array: ZarrArray): Promise<number[]> => {
  const dims = array.shape.map((count) => ({ start: 0, step: 1, count }))
  const { data } = await array.readAll({ kind: 'basic', dims })
  return [...new Int16Array(data.slice().buffer)]
}

async function half(options: object = {}): Promise<ZarrArray> {
  const array = await createArray(
    store,
    '',
    { shape: [8], chunks: [2], dtype: 'i2', fillValue: 7, compressor: null, ...options },
    context,
  )
  const dims = [{ start: 0, step: 1, count: 4 }]
  await writeArray(array, { kind: 'basic', dims }, { data: int16([1, 2, 3, 4]), shape: [4] })
  return array
}

test.each([3, 2] as const)(
  'format %i: another fill value keeps what missing chunks read as',
  async (format) => {
    const array = await half({ zarrFormat: format })
    const { array: made } = await rewriteArray(array, { fillValue: '0', separator: '/' })
    expect(await all(made)).toEqual([1, 2, 3, 4, 7, 7, 7, 7])
    expect([...made.metadata.fill!]).toEqual([0, 0])
    expect(made.metadata.keyEncoding.separator).toBe('/')
  },
)

test('reports both passes and waits at the gate', async () => {
  const array = await half()
  const seen: CopyProgress[] = []
  let waited = 0
  await rewriteArray(
    array,
    { chunks: [4] },
    {
      onProgress: (one) => seen.push({ ...one }),
      gate: async () => {
        waited++
      },
    },
  )
  expect(seen.at(-1)).toMatchObject({ done: 32, total: 32, phase: 'verifying' })
  expect(waited).toBe(2)
})

test('cancelled at any gate, the array is as it was', async () => {
  const array = await half()
  const before = names()
  for (const stop of [1, 2]) {
    const abort = new AbortController()
    let gates = 0
    const gate = async (): Promise<void> => {
      if (++gates === stop) abort.abort()
    }
    await expect(rewriteArray(array, { chunks: [4] }, { signal: abort.signal, gate })).rejects.toMatchObject({
      code: 'ABORTED',
    })
    expect(names()).toEqual(before)
  }
})

test('an append that fails half-way leaves no chunk and no value beyond the edge', async () => {
  const array = await half({ shape: [5] })
  const before = names()
  const failing = appendItems(array, [6], 0, {}, async (grown, selection) => {
    await writeArray(grown, selection, { data: int16([9, 9, 9, 9, 9, 9]), shape: [6] })
    throw new Error('the source ended')
  })
  await expect(failing).rejects.toThrow('the source ended')
  expect(names()).toEqual(before)
  expect(await all((await openNode(store, '', context)) as ZarrArray)).toEqual([1, 2, 3, 4, 7])
})

test('a migration that cannot write every document writes none', async () => {
  await half({ zarrFormat: 2 })
  class Full extends DirectoryStore {
    override async set(key: string, value: Uint8Array): Promise<void> {
      await super.set(key, value)
      throw new Error('the disk is full')
    }
  }
  const before = names()
  await expect(migrateToV3(await openNode(new Full(folder), '', context))).rejects.toThrow('the disk is full')
  expect(names()).toEqual(before)
})
