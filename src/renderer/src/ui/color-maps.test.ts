import { expect, test } from 'vitest'
import { categoryColor, colorAt, colorMapNames, COLOR_MAPS } from './color-maps'

test('the ends of a map are its first and last colour, and change places when it is reversed', () => {
  expect(colorAt('viridis', 0)).toEqual([0x44, 0x01, 0x54])
  expect(colorAt('viridis', 1)).toEqual([0xfd, 0xe7, 0x25])
  expect(colorAt('viridis', 0, true)).toEqual([0xfd, 0xe7, 0x25])
  expect(colorAt('gray', 0.5)).toEqual([128, 128, 128])
  expect([colorAt('gray', -3), colorAt('gray', 7)]).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ])
})

test('lightness of the maps for magnitudes rises or falls all the way', () => {
  for (const name of ['viridis', 'plasma', 'inferno', 'magma', 'cividis', 'gray'] as const) {
    const lightness = Array.from({ length: 33 }, (_, i) => {
      const [r, g, b] = colorAt(name, i / 32)
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    })
    expect(lightness).toEqual(lightness.toSorted((a, b) => a - b))
  }
})

test('diverging maps are lightest in the middle', () => {
  for (const name of colorMapNames('diverging')) {
    const sum = (t: number): number => colorAt(name, t).reduce((a, b) => a + b)
    expect(sum(0.5)).toBeGreaterThan(sum(0))
    expect(sum(0.5)).toBeGreaterThan(sum(1))
  }
})

test('categories have a colour each and begin again after the last', () => {
  const { length } = COLOR_MAPS.tab10.colors
  const colors = Array.from({ length }, (_, i) => categoryColor('tab10', i).join())
  expect(new Set(colors).size).toBe(length)
  expect(categoryColor('tab10', length)).toEqual(categoryColor('tab10', 0))
  expect(categoryColor('tab10', 0, true)).toEqual(categoryColor('tab10', length - 1))
})
