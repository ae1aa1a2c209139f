import { expect, test } from 'vitest'
import { axisTitle, positionText, positionTicks } from './position-axis'

const lat = {
  dim: { start: 180, step: -2, count: 91 },
  name: 'lat',
  coordinate: {
    units: 'degrees_north',
    label: (index: number) => (index % 4 === 0 ? String(index - 90) : null),
  },
}

test('ticks stand at whole positions and tell coordinates, or the index where none is known', () => {
  expect(positionTicks(lat, -0.5, 9.2, 4)).toEqual([
    { at: 0, text: '90' },
    { at: 5, text: '170' },
  ])
  expect(positionTicks({ ...lat, coordinate: null }, 88, 200, 3)).toEqual([
    { at: 88, text: '4' },
    { at: 89, text: '2' },
    { at: 90, text: '0' },
  ])
})

test('a place is read as index and coordinate', () => {
  expect(positionText(lat, 1)).toBe('178')
  expect(positionText(lat, 2)).toBe('176 (86)')
  expect(axisTitle(lat)).toBe('lat (degrees_north)')
  expect(axisTitle({ ...lat, coordinate: null })).toBe('lat')
})
