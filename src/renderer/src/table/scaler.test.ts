import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullWindow, isWindowed, itemAtThumb, thumb, WINDOW, windowAround } from './scaler'

const totals = fc.oneof(
  fc.integer({ min: 0, max: 3 * WINDOW }),
  fc.integer({ min: 3 * WINDOW, max: 2 ** 53 - 1 }),
)

test('a window always holds what is visible, exactly, up to 2^53 items', () => {
  fc.assert(
    fc.property(
      totals,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 80 }),
      (total, at, visible) => {
        const first = Math.floor(at * Math.max(0, total - visible))
        const axis = windowAround(fullWindow(total), first, Math.min(visible, total))
        expect(axis.base).toBeLessThanOrEqual(first)
        expect(axis.base + axis.count).toBeGreaterThanOrEqual(Math.min(total, first + visible))
        expect(axis.count).toBe(Math.min(total, WINDOW))
        expect(Number.isSafeInteger(axis.base)).toBe(true)
      },
    ),
  )
})

test('a window in the middle is left alone', () => {
  const axis = { total: 1e12, base: 5e11, count: WINDOW }
  expect(windowAround(axis, 5e11 + WINDOW / 2, 40)).toBe(axis)
  expect(windowAround(axis, 5e11 + 10, 40).base).toBeLessThan(5e11)
})

test('the ends of the scrollbar are the ends of the axis', () => {
  for (const total of [10, 1e6, 1e12, 2 ** 53 - 1]) {
    const axis = fullWindow(total)
    const { size } = thumb(axis, 0, 5)
    expect(itemAtThumb(axis, 0, 5)).toBe(0)
    expect(itemAtThumb(axis, 1 - size, 5)).toBe(total - 5)
  }
  expect(isWindowed(fullWindow(WINDOW))).toBe(false)
})
