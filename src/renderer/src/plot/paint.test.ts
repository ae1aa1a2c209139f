import { describe, expect, test } from 'vitest'
import type { Field } from './field'
import { distinctValues, paintField, type Palette } from './paint'
import { scaleOf } from './scale'

const palette: Palette = {
  colorMap: 'gray',
  reversed: false,
  scale: scaleOf('linear', 1),
  range: { min: 0, max: 10 },
  categories: [],
  nan: [1, 2, 3],
  missing: { back: [9, 9, 9], line: [8, 8, 8] },
  error: { back: [7, 7, 7], line: [6, 6, 6] },
}

function field(rows: number, columns: number, values: number[], states: number[] = []): Field {
  return {
    rows: { start: 0, every: 1, count: rows },
    columns: { start: 0, every: 1, count: columns },
    rowStride: columns,
    columnStride: 1,
    numbers: Float64Array.from(values),
    values: Float64Array.from(values),
    states: Uint8Array.from({ length: values.length }, (_, i) => states[i] ?? 0),
    base: 0n,
  }
}

/** Red of every pixel, rows as lists; "-" where it is clear. */
function reds(bytes: Uint8ClampedArray, width: number): (number | '-')[][] {
  const rows: (number | '-')[][] = []
  for (let i = 0; i < bytes.length / 4; i++)
    (rows[Math.floor(i / width)] ??= []).push(bytes[i * 4 + 3] === 0 ? '-' : (bytes[i * 4] ?? 0))
  return rows
}

const whole = (n: number) => ({ from: -0.5, to: n - 0.5 })

describe('paintField', () => {
  test('every item at its pixels, in the colour of its value', () => {
    const found = paintField(
      field(2, 2, [0, 10, 5, 20]),
      { rows: whole(2), columns: whole(2) },
      { width: 4, height: 2 },
      palette,
      false,
    )
    expect(reds(found, 4)).toEqual([
      [0, 0, 255, 255],
      [128, 128, 255, 255],
    ])
  })

  test('zoomed into a part, and beyond the end', () => {
    const found = paintField(
      field(1, 4, [0, 2, 4, 10]),
      { rows: whole(1), columns: { from: 1.5, to: 5.5 } },
      { width: 4, height: 1 },
      palette,
      false,
    )
    expect(reds(found, 4)).toEqual([[102, 255, '-', '-']])
  })

  test('NaN, missing and unreadable look different from every value and from each other', () => {
    const paint = (fillMissing: boolean) =>
      new Set(
        reds(
          paintField(
            field(1, 3, [NaN, 5, 5], [0, 1, 2]),
            { rows: whole(1), columns: whole(3) },
            { width: 24, height: 8 },
            palette,
            fillMissing,
          ),
          24,
        ).flat(),
      )
    expect(paint(false)).toEqual(new Set([1, 9, 8, 7, 6]))
    expect(paint(true)).toEqual(new Set([1, 128, 7, 6]))
  })

  test('a logarithm gives equal ratios equal steps, and values without one the colour of NaN', () => {
    const found = paintField(
      field(1, 4, [1, 10, 100, 0]),
      { rows: whole(1), columns: whole(4) },
      { width: 4, height: 1 },
      { ...palette, scale: scaleOf('log', 100), range: { min: 1, max: 100 } },
      false,
    )
    expect(reds(found, 4)).toEqual([[0, 128, 255, 1]])
  })

  test('categories have the colours of their order', () => {
    const found = paintField(
      field(1, 3, [7, 3, 4]),
      { rows: whole(1), columns: whole(3) },
      { width: 3, height: 1 },
      { ...palette, colorMap: 'tab10', categories: [3, 7] },
      false,
    )
    expect(reds(found, 3)).toEqual([[0xf2, 0x4e, 1]])
  })
})

test('distinct values are counted up to a limit', () => {
  expect(distinctValues(Float64Array.of(3, NaN, 1, 3), 5)).toEqual({ values: [1, 3], more: false })
  expect(distinctValues(Float64Array.of(3, 2, 1), 2)).toEqual({ values: [2, 3], more: true })
})
