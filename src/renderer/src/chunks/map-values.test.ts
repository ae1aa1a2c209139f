import { describe, expect, test } from 'vitest'
import { mapPixels, mapScale, type PixelOptions, storedShare } from './map-values'
import { mapOf } from './testing/maps'

const COLORS: PixelOptions['colors'] = {
  stored: [1, 2, 3],
  fillOnly: [101, 102, 103],
  edited: [10, 20, 30],
  corrupt: [200, 0, 0],
  unknown: [9, 9, 9],
}
const options = (more: Partial<PixelOptions>): PixelOptions => ({
  mode: 'state',
  scale: null,
  projection: 'mean',
  rawBytes: 1000,
  colors: COLORS,
  ...more,
})

function pixelsOf(map: Parameters<typeof mapPixels>[0], more: Partial<PixelOptions> = {}): number[][] {
  const pixels = new Uint8ClampedArray(map.rows * map.columns * 4)
  mapPixels(map, { ...options(more), pixels })
  return Array.from({ length: map.rows * map.columns }, (_, i) => [...pixels.slice(4 * i, 4 * i + 4)])
}

test('missing cells are transparent, stored ones coloured by value', () => {
  const map = mapOf(1, 3, [0, 2, 1], [0, 200, 400])
  const scale = mapScale(map, 'bytes', 1000)
  expect(scale).toEqual({ min: 100, max: 400, log: false })
  const [missing, least, most] = pixelsOf(map, { mode: 'bytes', scale })
  expect(missing![3]).toBe(0)
  expect([least, most]).toEqual([
    [68, 1, 84, 255],
    [253, 231, 37, 166],
  ])
  expect(pixelsOf(map, { projection: 'all' }).map(([, , , alpha]) => alpha)).toEqual([0, 255, 0])
})

test('a state is seen by its colour; of several chunks the worst one, or the share of nothing but fill', () => {
  const map = {
    ...mapOf(1, 5, [2, 2, 2, 2, 0], [9, 9, 9, 9, 0]),
    findings: {
      fillOnly: Uint32Array.of(0, 1, 2, 1, 0),
      corrupt: Uint32Array.of(0, 0, 0, 1, 0),
      edited: Uint32Array.of(0, 0, 0, 1, 1),
    },
  }
  const [stored, half, fill, corrupt, deleted] = pixelsOf(map)
  expect(stored).toEqual([1, 2, 3, 255])
  expect(half).toEqual([51, 52, 53, 255])
  expect(fill).toEqual([101, 102, 103, 255])
  expect(corrupt).toEqual([200, 0, 0, 255])
  // Deleted by an edit that is not saved: it must be seen.
  expect(deleted!.slice(0, 3)).toEqual([10, 20, 30])
  expect(deleted![3]).toBeGreaterThan(100)
})

test('values that are not known yet have a colour of their own', () => {
  const map = { ...mapOf(1, 3, [2, 2, 0], [1, 1, 0]), measured: Float64Array.of(NaN, -5, NaN) }
  const scale = mapScale(map, 'min', 1000)
  expect(scale).toEqual({ min: -5, max: -5, log: false })
  const [unknown, known, missing] = pixelsOf(map, { mode: 'min', scale })
  expect(unknown).toEqual([9, 9, 9, 255])
  expect(known).not.toEqual(unknown)
  expect(missing![3]).toBe(0)
})

describe('scales', () => {
  test('of bytes and ratios come from all chunks, so that zooming does not change them', () => {
    const sizes = { edges: [10, 50, 200], counts: [3, 4], log: false }
    const map = mapOf(1, 1, [2], [60])
    expect(mapScale(map, 'bytes', 1000, sizes)).toEqual({ min: 10, max: 200, log: false })
    expect(mapScale(map, 'ratio', 1000, sizes)).toEqual({ min: 5, max: 100, log: false })
    expect(mapScale(map, 'state', 1000, sizes)).toBeNull()
  })
  test('of values are linear, whatever their sign', () => {
    const map = { ...mapOf(1, 3, [1, 1, 1], [1, 1, 1]), measured: Float64Array.of(-5, 1000, Infinity) }
    expect(mapScale(map, 'max', 1000)).toEqual({ min: -5, max: 1000, log: false })
  })
})

test('one stored chunk among thousands stays visible', () => {
  expect(storedShare(1, 100_000, 'mean')).toBeGreaterThanOrEqual(0.3)
  expect(storedShare(0, 5, 'any')).toBe(0)
})
