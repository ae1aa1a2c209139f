import { describe, expect, test } from 'vitest'
import { chooseRange, smallestPositive, type RangeWish } from './value-range'

const auto = { min: -4, max: 16 }
const wish = (change: Partial<RangeWish> = {}): RangeWish => ({
  min: null,
  max: null,
  kind: 'linear',
  symmetric: false,
  ...change,
})

describe('chooseRange', () => {
  test.each<[Partial<RangeWish>, { min: number; max: number }]>([
    [{}, { min: -4, max: 16 }],
    [{ min: 2 }, { min: 2, max: 16 }],
    [
      { min: 0, max: 5 },
      { min: 0, max: 5 },
    ],
    [{ symmetric: true }, { min: -16, max: 16 }],
    [
      { symmetric: true, max: 5 },
      { min: -4, max: 5 },
    ],
    [{ kind: 'log' }, { min: 0.5, max: 16 }],
    [
      { kind: 'log', min: 1 },
      { min: 1, max: 16 },
    ],
    [{ kind: 'symlog' }, { min: -4, max: 16 }],
  ])('%j', (change, range) => {
    const found = chooseRange(auto, wish(change), 0.5)
    expect(found.range).toEqual(range)
    expect(found.problem).toBeNull()
    expect(found.scale.kind).toBe(change.kind ?? 'linear')
  })

  test.each<[Partial<RangeWish>, RegExp]>([
    [{ min: 5, max: 2 }, /above the maximum/],
    [{ min: NaN }, /minimum is no number/],
    [{ max: NaN }, /maximum is no number/],
    [{ min: 17 }, /beyond all values/],
    [{ kind: 'log', min: 0 }, /minimum above 0/],
    [{ kind: 'log', max: -1 }, /beyond all values|maximum above 0/],
  ])('%j is refused in words, and the automatic range stays', (change, problem) => {
    const found = chooseRange(auto, wish(change), 0.5)
    expect(found.problem).toMatch(problem)
    expect(found.range).toEqual(auto)
  })

  test('no value above 0 has no logarithm', () => {
    const found = chooseRange({ min: -4, max: -1 }, wish({ kind: 'log' }), null)
    expect(found.problem).toMatch(/above 0/)
    expect(found.scale.kind).toBe('linear')
  })

  test('a constant, and nothing at all, still have an axis', () => {
    expect(chooseRange({ min: 3, max: 3 }, wish(), 3).range).toEqual({ min: 2.85, max: 3.15 })
    expect(chooseRange({ min: 0, max: 0 }, wish({ symmetric: true }), null).range).toEqual({
      min: -1,
      max: 1,
    })
    expect(chooseRange(null, wish(), null).range).toEqual({ min: 0, max: 1 })
  })
})

test('the smallest value above 0', () => {
  expect(smallestPositive([-1, 0, NaN, 4, 2])).toBe(2)
  expect(smallestPositive([0, -1])).toBeNull()
})
