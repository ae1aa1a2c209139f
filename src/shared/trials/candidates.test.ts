import { describe, expect, test } from 'vitest'
import type { DataTypeSpec } from '../dtype/spec'
import type { CandidateFacts } from './candidate-facts'
import { choiceTexts, matrixTexts, PRESETS, presetChoice } from './candidates'
import { filterProblem, usualParameters } from './filters'

const float32: DataTypeSpec = { kind: 'float', format: 'float32' }
const int16: DataTypeSpec = { kind: 'int', bits: 16 }
const text: DataTypeSpec = { kind: 'vlen-text' }
const facts: CandidateFacts = { dtype: int16, rank: 2, order: 'C', zarrFormat: 3 }
const parameters = usualParameters(float32)

describe('a matrix', () => {
  test('is every combination of what was chosen, each once', () => {
    const matrix = {
      compressors: ['none', 'zstd', 'blosc:lz4'],
      levels: ['usual', 3, 30],
      shuffles: ['noshuffle', 'bitshuffle'],
      filters: ['none', 'delta'],
      parameters,
      orders: ['C', 'F'],
    } as const
    const half = [
      'none',
      'blosc:lz4:5:noshuffle',
      'blosc:lz4:5:bitshuffle',
      'blosc:lz4:3:noshuffle',
      'blosc:lz4:3:bitshuffle',
      'zstd:3',
    ]
    const withDelta = half.map((codec) => (codec === 'none' ? 'delta' : `delta+${codec}`))
    const all = [...half, ...withDelta]
    expect(matrixTexts(matrix, facts)).toEqual([...all, ...all.map((codec) => `F+${codec}`)])
  })

  test('leaves out what the type, the rank and the format exclude', () => {
    const matrix = {
      compressors: ['zstd', 'blosc:lz4'],
      levels: ['usual'],
      shuffles: ['shuffle', 'noshuffle'],
      filters: ['none', 'delta', 'bitround', 'quantize', 'fixedscaleoffset'],
      parameters,
      orders: ['C', 'F'],
    } as const
    const of = (other: Partial<CandidateFacts>): string[] => matrixTexts(matrix, { ...facts, ...other })
    expect(of({ dtype: text, rank: 1 })).toEqual(['blosc:lz4:5:noshuffle', 'zstd:3'])
    expect(of({ zarrFormat: 1, rank: 0 })).toEqual(['blosc:lz4:5:shuffle', 'blosc:lz4:5:noshuffle'])
    expect(of({ order: 'F' }).filter((one) => one.startsWith('C+'))).toHaveLength(9)
    expect(of({ dtype: float32, rank: 1 })).toContain('bitround:12+zstd:3')
  })
})

describe('presets', () => {
  const counts = PRESETS.map((name) => choiceTexts(presetChoice(name, facts), facts).length)

  test('grow from quick to thorough, and stay within what one call takes', () => {
    expect(counts[0]).toBeLessThan(10)
    expect(counts[1]).toBeGreaterThan(30)
    expect(counts[2]).toBeGreaterThan(150)
    expect(counts[2]).toBeLessThan(1024)
  })

  test('lose bits of floats only', () => {
    const lossy = /bitround|quantize|fixedscaleoffset/
    for (const name of PRESETS)
      expect(choiceTexts(presetChoice(name, facts), facts).filter((one) => lossy.test(one))).toEqual([])
    const floats = { ...facts, dtype: float32 }
    expect(choiceTexts(presetChoice('usual', floats), floats).filter((one) => lossy.test(one))).toEqual([
      'bitround:12+blosc:zstd:5:shuffle',
      'bitround:6+blosc:zstd:5:shuffle',
      'quantize:2+blosc:zstd:5:shuffle',
      'fixedscaleoffset:u2+blosc:zstd:5:shuffle',
    ])
    expect(presetChoice('thorough', floats).matrix.filters).toEqual(['none'])
  })

  test('format 1 gets what it knows', () => {
    const old = { ...facts, zarrFormat: 1 as const }
    for (const name of PRESETS)
      for (const one of choiceTexts(presetChoice(name, old), old))
        expect(one.replace(/^F\+/, '')).toMatch(/^(none|blosc:|zlib|bz2|lzma)/)
  })
})

test.each([
  ['delta', text, /integers and floats/],
  ['bitround', int16, /floats only/],
  ['quantize', { kind: 'float', format: 'float16' }, /float32 and float64/],
  ['fixedscaleoffset', { kind: 'complex', part: 'float32' }, /integers and floats/],
  ['delta', float32, undefined],
] as const)('%s of %o: %s', (filter, dtype, why) => {
  const problem = filterProblem(filter, { dtype, zarrFormat: 2 })
  if (why) expect(problem).toMatch(why)
  else expect(problem).toBeUndefined()
  expect(filterProblem(filter, { dtype, zarrFormat: 1 })).toBe('Format 1 has no filters.')
})
