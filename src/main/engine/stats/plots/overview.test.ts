import { describe, expect, test } from 'vitest'
import { readNumbers } from '@shared/dtype/numbers'
import type { Overview } from '@shared/model/plots'
import { overview } from './overview'
import { madeArray, whole } from './testing/made-array'

const BUDGET = 2 ** 30
const numbersOf = ({ dtype, data }: Overview): number[] => [...readNumbers(dtype, data)].map(Number)

describe('overview', () => {
  const values = Array.from({ length: 20 * 30 }, (_, i) => i)
  const plane = () => madeArray({ shape: [20, 30], chunks: [6, 7], dtype: 'int32' }, values)

  test.each([
    [20, 30],
    [10, 10],
    [7, 4],
    [1, 1],
  ])('%d × %d: every n-th value, as stored', async (rows, columns) => {
    const array = await plane()
    const found = await overview(array, { dims: whole(array), most: [rows, columns], budgetBytes: BUDGET })
    const [down, across] = [Math.ceil(20 / rows), Math.ceil(30 / columns)]
    const expected = values.filter((v) => Math.floor(v / 30) % down === 0 && (v % 30) % across === 0)
    expect(numbersOf(found)).toEqual(expected)
    expect(found.dims).toMatchObject([
      { start: 0, step: down },
      { start: 0, step: across },
    ])
    expect(found.isCoarse).toBe(false)
  })

  test('backwards, with a dropped dimension', async () => {
    const array = await plane()
    const dims = [
      { start: 4, step: 1, count: 1, drop: true },
      { start: 29, step: -3, count: 10 },
    ]
    const found = await overview(array, { dims, most: [1, 5], budgetBytes: BUDGET })
    expect(found.shape).toEqual([5])
    expect(numbersOf(found)).toEqual([149, 143, 137, 131, 125])
  })

  test('says of every item where it comes from', async () => {
    const options = { shape: [4, 6], chunks: [2, 3], dtype: 'float32', fillValue: 'NaN' }
    const array = await madeArray(options, values.slice(0, 24), { without: ['c/0/1'], broken: ['c/1/0'] })
    const found = await overview(array, { dims: whole(array), most: [4, 6], budgetBytes: BUDGET })
    const word = ['stored', 'missing', 'error', 'edited']
    const states = Array.from(found.states, (s) => word[s]![0]).join('')
    expect(states).toBe('sssmmm'.repeat(2) + 'eeesss'.repeat(2))
    expect(found.unreadable).toMatchObject({ chunks: 1 })
    expect(numbersOf(found)[0]).toBe(0)
  })

  test('what would decode more than the budget is read more coarsely, and says so', async () => {
    const side = 40_000
    const array = await madeArray({ shape: [side, side], chunks: [1000, 1000], dtype: 'float64' }, [], {})
    const reports: (Overview | undefined)[] = []
    const found = await overview(
      array,
      { dims: whole(array), most: [400, 400], budgetBytes: 8 * 2 ** 20 },
      { onProgress: (_done, _total, coarse) => void reports.push(coarse) },
    )
    // Nothing is stored: asking for 1,600 chunks costs more than the budget, a hundred do not.
    expect(reports.some((coarse) => coarse?.isCoarse)).toBe(true)
    expect(found.isCoarse).toBe(true)
    expect(found.data.length / 8).toBeLessThan(400 * 400)
    const free = await overview(array, { dims: whole(array), most: [400, 400], budgetBytes: 2 ** 40 })
    expect([free.isCoarse, free.shape]).toEqual([false, [400, 400]])
  })
})
