import { describe, expect, test } from 'vitest'
import { CompensatedSum, exactMean } from './sums'

const sum = (...values: number[]): number => {
  const total = new CompensatedSum()
  for (const value of values) total.add(value)
  return total.total()
}

describe('CompensatedSum', () => {
  test('keeps what a plain sum loses', () => {
    expect(sum(1, 1e100, 1, -1e100)).toBe(2)
    expect(sum(...Array<number>(10).fill(0.1))).toBe(1)
  })
  test('passes infinities on', () => {
    expect(sum(1, Infinity, 2)).toBe(Infinity)
    expect(sum(Infinity, -Infinity)).toBeNaN()
  })
})

describe('exactMean', () => {
  test.each([
    [10n, 4, 2.5],
    [-10n, 4, -2.5],
    [0n, 3, 0],
    [2n ** 64n * 3n, 3, 2 ** 64],
    [9007199254740993n * 2n, 2, 9007199254740992],
    [1n, 3, 1 / 3],
  ])('of %s over %d is %d', (total, count, mean) => expect(exactMean(total, count)).toBe(mean))
})
