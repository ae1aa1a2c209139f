import { describe, expect, test } from 'vitest'
import { dimensionPatterns, presetPatterns } from '@shared/trials/preset-patterns'
import { draftOf, nextId, parsePattern, type PatternDraft } from './pattern-drafts'

const array = { shape: [365, 180, 360], dimensionNames: ['time', 'lat', null] }
const draft = (kind: PatternDraft['kind'], text: string, more: Partial<PatternDraft> = {}): PatternDraft => ({
  id: 1,
  kind,
  text,
  weight: 2,
  name: null,
  ...more,
})

describe('a typed pattern', () => {
  test.each([
    ['window', '1, None, none', { dims: [1, null, null], weight: 2 }],
    ['window', '10', { dims: [10, null, null], weight: 2 }],
    ['slice', 'time=3, lat=::2', { selection: 'time=3, lat=::2', weight: 2 }],
    ['slice', '', { selection: '', weight: 2 }],
  ] as const)('%s %j', (kind, text, pattern) =>
    expect(parsePattern(draft(kind, text), array)).toEqual({ pattern }),
  )

  test.each([
    ['window', '1, 2, 3, 4', '4 lengths do not fit an array of 3 dimensions.'],
    ['window', 'x', '"x" is not right: "x" is no whole number from 1 up and not None.'],
    ['window', '0', '"0" is not right: "0" is no whole number from 1 up and not None.'],
  ] as const)('%s %j is refused: %s', (kind, text, problem) =>
    expect(parsePattern(draft(kind, text), array)).toEqual({ problem }),
  )

  test('a slice that does not fit is pointed at; a weight of nothing is none', () => {
    expect(parsePattern(draft('slice', '0, 999'), array)).toMatchObject({
      problem: expect.stringContaining('999') as string,
      position: 3,
    })
    expect(parsePattern(draft('window', '1', { weight: 0 }), array).problem).toMatch(/above 0/)
    expect(parsePattern(draft('window', '1', { weight: NaN }), array).problem).toMatch(/above 0/)
  })
})

test('presets come back from their drafts, named after dimensions', () => {
  const presets = presetPatterns(array)
  const drafts = presets.map((pattern, i) => draftOf(pattern, i + 1))
  expect(drafts.map(({ text }) => text)).toEqual(['None, None, None', '1, None, None', 'None, 1, 1'])
  expect(drafts.map((one) => parsePattern(one, array).pattern)).toEqual(presets)
  expect(nextId(drafts)).toBe(4)
  expect(nextId([])).toBe(1)
  expect(dimensionPatterns(array).map(({ name }) => name)).toEqual([
    'full read',
    'map at one time',
    'map at one lat',
    'map at one dim 2',
    'series along time at one point',
    'series along lat at one point',
    'series along dim 2 at one point',
  ])
  expect(dimensionPatterns({ shape: [5, 6], dimensionNames: null }).map(({ name }) => name)).toEqual([
    'full read',
    'row at one dim 0',
    'column at one dim 1',
    'series along dim 0 at one point',
  ])
  expect(dimensionPatterns({ shape: [5], dimensionNames: null })).toHaveLength(1)
})
