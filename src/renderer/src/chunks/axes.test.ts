import { describe, expect, test } from 'vitest'
import { defaultAxes, fixedFor, isOnMap, withAxis } from './axes'

describe('axes', () => {
  test.each([
    [[13, 8, 8], { row: 0, column: 2, fixed: [null, null, null] }],
    [[6, 6, 9], { row: 1, column: 2, fixed: [null, null, null] }],
    [[4, 1, 1000], { row: 0, column: 2, fixed: [null, 0, null] }],
    [[365, 1, 1], { row: null, column: 0, fixed: [null, 0, 0] }],
    [[1, 1], { row: null, column: 1, fixed: [0, 0] }],
    [[], { row: null, column: null, fixed: [] }],
  ])('a grid of %j is shown along %j', (grid, axes) => expect(defaultAxes(grid)).toEqual(axes))

  test('a dimension that is on the other axis swaps places', () => {
    const axes = { row: 0, column: 1, fixed: [null, null, null] }
    expect(withAxis(axes, 'row', 1)).toMatchObject({ row: 1, column: 0 })
    expect(withAxis(axes, 'row', 2)).toMatchObject({ row: 2, column: 1 })
  })

  test('what is fixed on an axis counts no more', () => {
    const axes = { row: 0, column: 2, fixed: [4, 7, null] }
    expect(fixedFor(axes)).toEqual([null, 7, null])
    expect(isOnMap(axes, [9, 7, 3])).toBe(true)
    expect(isOnMap(axes, [4, 6, 3])).toBe(false)
  })
})
