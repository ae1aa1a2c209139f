import { describe, expect, test } from 'vitest'
import type { ChunkRow, LayoutTrial } from '@shared/model/trials'
import { layoutOf } from './apply'
import { layoutKey, sizeVerdict, withTrial } from './layout-rows'
import { shapeProblem, shapesOf } from './shape-drafts'

const row: ChunkRow = {
  chunks: [10, 20],
  shards: null,
  touched: 3,
  bytesRead: 5000,
  rawBytes: 10_000,
  amplification: 2,
  files: 9,
  chunkBytes: 800,
  estimated: true,
  present: false,
  patterns: [],
}
const trial: LayoutTrial = {
  chunks: [10, 20],
  shards: null,
  region: ':, :',
  whole: true,
  rawBytes: 100_000,
  storedBytes: 25_000,
  files: 9,
  ratio: 4,
  writeMs: 1,
  measuredMs: 7,
  patterns: [
    { name: 'a', weight: 3, ms: 8, bytesRead: 1000, touched: 1 },
    { name: 'b', weight: 1, ms: 4, bytesRead: 5000, touched: 9 },
  ],
  notes: [],
}

describe('a trial copy', () => {
  test('of the whole array says what was read', () =>
    expect(withTrial(row, trial)).toMatchObject({ bytesRead: 2000, estimated: false, measuredMs: 7 }))
  test('of a part says how well the layout compresses', () =>
    expect(withTrial(row, { ...trial, whole: false })).toMatchObject({ bytesRead: 2500, estimated: false }))
  test('leaves estimates marked where there is none', () => {
    expect(withTrial(row, undefined)).toEqual({ ...row, key: '10,20/' })
    const refused = { ...row, refused: 'no' }
    expect(withTrial(refused, trial)).toEqual({ ...refused, key: '10,20/' })
  })
})

test('layouts with and without shards have different keys', () =>
  expect(layoutKey({ chunks: [10, 20], shards: [20, 20] })).not.toBe(layoutKey(row)))

test.each([
  [0, 'small'],
  [2 ** 18 - 1, 'small'],
  [2 ** 18, 'fits'],
  [2 ** 24, 'fits'],
  [2 ** 24 + 1, 'large'],
])('a chunk of %d bytes is %s', (bytes, verdict) => expect(sizeVerdict(bytes)).toBe(verdict))

test('typed shapes: those that can be read are asked for, the others say why not', () => {
  expect(shapeProblem('', 2)).toBeUndefined()
  expect(shapeProblem('5, None / 10, None', 2)).toBeUndefined()
  expect(shapeProblem('1, 2, 3', 2)).toBe('3 lengths do not fit an array of 2 dimensions.')
  expect(shapeProblem('1 / 1, 2', 1)).toBe('2 lengths do not fit an array of 1 dimension.')
  expect(shapeProblem('5, q', 2)).toMatch(/"q" is no whole number/)
  expect(shapesOf(['', '5, q', '5', '1, 2, 3'], 2)).toEqual([{ chunks: [5], shards: null }])
})

test('a setting as what a copy changes: what was not chosen stays', () => {
  const codecs = { order: 'F', filters: ['delta'], compressor: null } as const
  expect(layoutOf({ codecs: { ...codecs, filters: ['delta'] } })).toEqual({ ...codecs })
  expect(layoutOf({ chunks: [10, null] })).toEqual({ chunks: [10, null], shards: null })
  expect(layoutOf({ dtype: 'uint16' })).toEqual({ dtype: 'uint16' })
})
