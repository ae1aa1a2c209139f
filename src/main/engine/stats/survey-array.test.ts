import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { AbortedError, UnsupportedError } from '@shared/errors'
import type { ChunkMap, ChunkMeasure, ChunkSurvey } from '@shared/model/chunk-map'
import type { ZarrArray } from '../nodes/array'
import { createArray } from '../nodes/creation/create-node'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import { openNode } from '../nodes/open'
import { writeArray } from '../nodes/writing/write-array'
import { InlineExecutor } from '../pool/inline'
import { DirectoryStore } from '../stores/directory'
import { OverlayStore } from '../stores/overlay'
import { array2, storeOf } from '../nodes/testing/sample-nodes'
import { chunkMap } from './chunk-map'
import { expireCounts } from './scan-age'
import { surveyArray } from './survey-array'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-survey-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
const context = { executor: new InlineExecutor() }

async function arrayOf(
  options: NewArrayOptions,
  items: ArrayBufferView,
): Promise<{ array: ZarrArray; folder: string }> {
  const folder = mkdtempSync(join(base, 'array-'))
  const store = new DirectoryStore(folder, { flush: 'none' })
  const made = await createArray(store, '', options, context)
  const dims = made.shape.map((count) => ({ start: 0, step: 1, count }))
  const data = new Uint8Array(items.buffer, items.byteOffset, items.byteLength)
  await writeArray(made, { kind: 'basic', dims }, { data, shape: made.shape }, { writeEmptyChunks: true })
  return { array: (await openNode(store, '', context)) as ZarrArray, folder }
}

/** 2 × 3 chunks of 2 × 2 over 4 × 5: values row * 10 + column, but those of chunk (0, 1) are the fill value. */
const GRID: NewArrayOptions = {
  shape: [4, 5],
  chunks: [2, 2],
  dtype: 'int32',
  fillValue: '-1',
  compressor: 'none',
  zarrFormat: 2,
}
const VALUES = Int32Array.from({ length: 20 }, (_, i) => {
  const [row, column] = [Math.floor(i / 5), i % 5]
  return row < 2 && column >= 2 && column < 4 ? -1 : row * 10 + column
})

async function mapOf(array: ZarrArray, measure?: ChunkMeasure): Promise<ChunkMap> {
  const query = { axes: { row: 0, column: 1 }, fixed: [null, null], ...(measure ? { measure } : {}) }
  return chunkMap(array, query, { maxRows: 99, maxColumns: 99 })
}

describe('surveyArray', () => {
  let array: ZarrArray
  let folder: string
  beforeEach(async () => {
    ;({ array, folder } = await arrayOf(GRID, VALUES))
  })

  test('tells chunks of nothing but fill from others, and least and greatest of those', async () => {
    expect((await mapOf(array, 'min')).findings).toBeUndefined()
    expect(await surveyArray(array, 'known')).toMatchObject({ total: 6, checked: 0, done: false })
    expect(await surveyArray(array, 'new')).toEqual({
      total: 6,
      checked: 6,
      fillOnly: { chunks: 1, bytes: 16 },
      corrupt: { chunks: 0, bytes: 0 },
      problems: [],
      done: true,
    })
    const map = await mapOf(array, 'min')
    expect([...map.findings!.fillOnly]).toEqual([0, 1, 0, 0, 0, 0])
    // At the edge only what lies inside the array counts, not the fill value behind it.
    expect([...map.measured!]).toEqual([0, -1, 4, 20, 22, 24])
    expect([...(await mapOf(array, 'max')).measured!]).toEqual([11, -1, 14, 31, 33, 34])
    expect(map.sum).toMatchObject({ checked: 6, fillOnly: 1, corrupt: 0 })
  })

  test('names those that cannot be decoded', async () => {
    writeFileSync(join(folder, '1.2'), 'cut')
    const { corrupt, problems } = await surveyArray(array, 'new')
    expect(corrupt).toEqual({ chunks: 1, bytes: 3 })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ coords: [1, 2], key: '1.2' })
    expect(problems[0]!.message).toContain('1.2')
    const map = await mapOf(array, 'max')
    expect([...map.findings!.corrupt]).toEqual([0, 0, 0, 0, 0, 1])
    expect(map.measured![5]).toBeNaN()
  })

  test('keeps what it found, and looks again only at what was written since', async () => {
    await surveyArray(array, 'new')
    writeFileSync(join(folder, '0.0'), readFileSync(join(folder, '0.1')))
    rmSync(join(folder, '1.0'))
    expireCounts(array.store)
    expect(await surveyArray(array, 'known')).toMatchObject({ total: 5, checked: 4, fillOnly: { chunks: 1 } })
    const seen: ChunkSurvey[] = []
    const report = (survey: ChunkSurvey): void => void seen.push(survey)
    const found = await surveyArray(array, 'new', { onProgress: report })
    expect(seen[0]).toMatchObject({ checked: 4, done: false })
    expect(found).toMatchObject({ total: 5, checked: 5, fillOnly: { chunks: 2, bytes: 32 }, done: true })
    expect([...(await mapOf(array)).findings!.fillOnly]).toEqual([1, 1, 0, 0, 0, 0])
  })

  test('looks at everything again where it is asked to: damage that changed neither size nor time', async () => {
    const path = join(folder, '1.1')
    const sameTime = (): void => utimesSync(path, 1_600_000_000, 1_600_000_000)
    sameTime()
    await surveyArray(array, 'new')
    writeFileSync(path, readFileSync(join(folder, '0.1')))
    sameTime()
    expect(await surveyArray(array, 'new')).toMatchObject({ fillOnly: { chunks: 1 } })
    expect(await surveyArray(array, 'again')).toMatchObject({ fillOnly: { chunks: 2 } })
  })

  test('stops when it is cancelled, and what was found stays', async () => {
    const abort = new AbortController()
    const stopped = surveyArray(array, 'new', { signal: abort.signal, onProgress: () => abort.abort() })
    await expect(stopped).rejects.toThrow(AbortedError)
    expect(await surveyArray(array, 'new')).toMatchObject({ checked: 6, done: true })
  })

  test('refuses an array whose codecs are unknown; its map shows all the same', async () => {
    const store = storeOf({ '.zarray': array2({ compressor: { id: 'jetraw' } }), '0': 'x' })
    const unknown = (await openNode(store, '', context)) as ZarrArray
    await expect(surveyArray(unknown, 'new')).rejects.toThrow(UnsupportedError)
    const query = { axes: { row: null, column: 0 }, fixed: [null] }
    const map = await chunkMap(unknown, query, { maxRows: 1, maxColumns: 9 })
    expect([...map.initialized]).toEqual([1, 0])
  })
})

test('the last write of every chunk colours the map, the latest of several', async () => {
  const { array, folder } = await arrayOf(GRID, VALUES)
  const chunks = ['0.0', '0.1', '0.2', '1.0', '1.1', '1.2']
  chunks.forEach((name, i) => utimesSync(join(folder, name), 1_600_000_000, 1_600_000_000 + i))
  const times = chunks.map((_, i) => 1_600_000_000_000 + i * 1000)
  expect([...(await mapOf(array, 'modified')).measured!]).toEqual(times)
  const query = { axes: { row: 0, column: null }, fixed: [null, null], measure: 'modified' as const }
  const rows = await chunkMap(array, query, { maxRows: 9, maxColumns: 9 })
  expect([...rows.measured!]).toEqual([times[2], times[5]])
})

describe('inner chunks of shards', () => {
  const SHARDED: NewArrayOptions = { ...GRID, zarrFormat: 3, shape: [4, 4], chunks: [2, 2], shards: [2, 4] }
  const items = Int32Array.from({ length: 16 }, (_, i) => i)

  test('are looked at one by one', async () => {
    const { array } = await arrayOf(SHARDED, items)
    expect(await surveyArray(array, 'new')).toMatchObject({ total: 4, checked: 4, corrupt: { chunks: 0 } })
    expect([...(await mapOf(array, 'min')).measured!]).toEqual([0, 2, 8, 10])
  })

  test('of a shard whose index is damaged are not known, which is told', async () => {
    const { array, folder } = await arrayOf(SHARDED, items)
    writeFileSync(join(folder, 'c/1/0'), readFileSync(join(folder, 'c/1/0')).fill(9))
    const { total, problems } = await surveyArray(array, 'new')
    expect(total).toBe(2)
    expect(problems).toMatchObject([{ coords: [1, 0], key: 'c/1/0' }])
    expect((await mapOf(array)).unreadable).toEqual(problems)
  })
})

test('chunks with staged edits are told, also those that an edit deletes', async () => {
  const { folder } = await arrayOf(GRID, VALUES)
  const overlay = new OverlayStore(new DirectoryStore(folder))
  const array = (await openNode(overlay, '', context)) as ZarrArray
  await surveyArray(array, 'new')
  await overlay.set('1.0', new Uint8Array(7))
  await overlay.delete('0.1')
  expireCounts(overlay)
  const map = await mapOf(array)
  expect([...map.findings!.edited]).toEqual([0, 1, 0, 1, 0, 0])
  expect([...map.initialized]).toEqual([1, 0, 1, 1, 1, 1])
  expect(map.bytes[3]).toBe(7)
  // What was found about the staged chunk before says nothing about it now.
  expect(map.sum).toMatchObject({ initialized: 5, checked: 4, fillOnly: 0, edited: 2 })
})
