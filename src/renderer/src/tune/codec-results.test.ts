import { describe, expect, test } from 'vitest'
import type { ArrayDetail } from '@shared/model/node'
import type { CodecRow, SampleTrial } from '@shared/model/trials'
import { missingCandidates, resultsKey, shownRows, withResult } from './codec-results'

const row = (spec: string, ratio: number | null, decodeMBps: number | null, present = false): CodecRow => ({
  spec,
  name: spec,
  setting: { order: 'C', filters: [], compressor: spec },
  ratio,
  sampleBytes: 1,
  storedBytes: 1,
  encodeMBps: 100,
  decodeMBps,
  lossless: true,
  pareto: true,
  present,
})
const known = {
  present: row('zstd:3', 2, 400, true),
  'zstd:3': row('zstd:3', 2, 410, true),
  'gzip:6': row('gzip:6', 1.9, 200),
  lz4: row('lz4', 1.5, 900),
}

describe('rows', () => {
  test('are those of the chosen candidates, the present setting first and once', () => {
    const { rows } = shownRows(['lz4', 'zstd:3', 'bz2:1'], known)
    expect(rows.map(({ text }) => text)).toEqual(['present', 'lz4'])
  })

  test('have the front over what is shown, whatever each trial said', () => {
    const { rows, suggestion } = shownRows(['gzip:6', 'lz4'], known)
    expect(rows.map(({ spec, pareto }) => [spec, pareto])).toEqual([
      ['zstd:3', true],
      ['gzip:6', false],
      ['lz4', true],
    ])
    expect(suggestion?.spec).toBe('zstd:3')
    expect(shownRows([], {})).toEqual({ rows: [], suggestion: null })
  })

  test('refused ones belong to no front', () =>
    expect(shownRows(['x'], { x: row('x', null, null) }).rows[0]?.pareto).toBe(false))
})

test('only what is not known is measured', () => {
  expect(missingCandidates(['lz4', 'bz2:1'], known)).toEqual(['bz2:1'])
  expect(missingCandidates(['lz4'], {})).toEqual(['present', 'lz4'])
  expect(missingCandidates(['toString'], known)).toEqual(['toString'])
})

test('results of the samples used last are kept, each with its candidates', () => {
  let results = withResult({}, 'a', 'lz4', known.lz4)
  results = withResult(results, 'b', 'lz4', known.lz4)
  results = withResult(results, 'a', 'gzip:6', known['gzip:6'])
  expect(Object.keys(results['a'] ?? {})).toEqual(['lz4', 'gzip:6'])
  expect(Object.keys(results)).toEqual(['b', 'a'])
  for (let i = 0; i < 20; i++) results = withResult(results, `more ${i}`, 'lz4', known.lz4)
  expect(Object.keys(results)).toHaveLength(8)
  expect(results['a']).toBeUndefined()
})

test('results belong to the bytes of a sample, the chunks they stand for and the codecs of the array', () => {
  const trial = { sample: { fingerprint: '4x4 64 abc' }, initialized: 3 } as SampleTrial
  const array = {
    codecs: [{ name: 'zstd', configuration: '{"level":3}', stage: 'bytes-bytes' }],
    order: 'C',
  } as ArrayDetail
  const key = resultsKey(trial, array)
  expect(resultsKey({ ...trial }, { ...array })).toBe(key)
  for (const other of [
    resultsKey({ ...trial, initialized: 4 }, array),
    resultsKey({ ...trial, sample: { ...trial.sample, fingerprint: 'other' } }, array),
    resultsKey(trial, { ...array, order: 'F' }),
    resultsKey(trial, { ...array, codecs: [] }),
  ])
    expect(other).not.toBe(key)
})
