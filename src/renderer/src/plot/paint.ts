import { ITEM_STATES } from '@shared/model/plots'
import { categoryColor, COLOR_MAPS, colorAt, type ColorMapName, type Rgb } from '../ui/color-maps'
import type { Field } from './field'
import type { Scale } from './scale'
import type { ValueRange } from './value-range'
import type { Span } from './window'

/** Colours of everything a heatmap shows. */
export interface Palette {
  colorMap: ColorMapName
  reversed: boolean
  scale: Scale
  range: ValueRange
  /** Of a categorical map: the values that have a colour each, ascending. */
  categories: readonly number[]
  nan: Rgb
  /** Stripes for what was never stored, and crosses for what cannot be read. */
  missing: { back: Rgb; line: Rgb }
  error: { back: Rgb; line: Rgb }
}

const SHADES = 1024
const MISSING = ITEM_STATES.indexOf('missing')
const ERROR = ITEM_STATES.indexOf('error')

/**
 * Paints the part of a field that two spans show, one item after another at its place: what is smaller than a pixel is
 * stepped over, what is larger fills several. Pixels beyond the field stay clear. Gives RGBA bytes, the first row of
 * pixels at `rows.from`.
 *
 * @param fillMissing items of missing chunks have a value, and look like others
 */
export function paintField(
  field: Field,
  view: { rows: Span; columns: Span },
  size: { width: number; height: number },
  palette: Palette,
  fillMissing: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = size
  const bytes = new Uint8ClampedArray(width * height * 4)
  const pixels = new Uint32Array(bytes.buffer)
  const items = (span: Span, count: number, run: Field['rows']): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => {
      const position = Math.round(span.from + ((i + 0.5) / count) * (span.to - span.from))
      const item = Math.floor((position - run.start) / run.every)
      return item < run.count ? item : -1
    })
  const rows = items(view.rows, height, field.rows)
  const columns = items(view.columns, width, field.columns)
  const colorOf = colorizer(palette)
  const { values, states, rowStride, columnStride } = field
  const [missing, error] = [pattern(palette.missing), pattern(palette.error)]
  for (let y = 0; y < height; y++) {
    const row = rows[y] ?? -1
    if (row < 0) continue
    for (let x = 0; x < width; x++) {
      const column = columns[x] ?? -1
      if (column < 0) continue
      const item = row * rowStride + column * columnStride
      const state = states[item]
      pixels[y * width + x] =
        state === ERROR
          ? error[(x + y) % 6 === 0 || (x - y + 6 * height) % 6 === 0 ? 1 : 0]
          : state === MISSING && !fillMissing
            ? missing[(x + y) % 6 < 2 ? 1 : 0]
            : colorOf(values[item] ?? NaN)
    }
  }
  return bytes
}

/** The colour of each value as a pixel. */
function colorizer(palette: Palette): (value: number) => number {
  const { colorMap, reversed, scale, range, categories } = palette
  const nan = pixel(palette.nan)
  if (COLOR_MAPS[colorMap].group === 'categorical') {
    const known = new Map(categories.map((value, i) => [value, pixel(categoryColor(colorMap, i, reversed))]))
    return (value) => known.get(value) ?? nan
  }
  const shades = Uint32Array.from({ length: SHADES }, (_, i) =>
    pixel(colorAt(colorMap, i / (SHADES - 1), reversed)),
  )
  const [low, high] = [scale.forward(range.min), scale.forward(range.max)]
  return (value) => {
    const t = (scale.forward(value) - low) / (high - low)
    if (Number.isNaN(t)) return nan
    return shades[Math.min(SHADES - 1, Math.max(0, Math.round(t * (SHADES - 1))))] ?? nan
  }
}

/** Distinct values, ascending, at most `most`; the rest has no colour of its own. */
export function distinctValues(values: Float64Array, most: number): { values: number[]; more: boolean } {
  const seen = new Set<number>()
  for (const value of values) {
    if (!Number.isFinite(value) || seen.has(value)) continue
    if (seen.size >= most) return { values: [...seen].sort((a, b) => a - b), more: true }
    seen.add(value)
  }
  return { values: [...seen].sort((a, b) => a - b), more: false }
}

/** Canvas pixels are red, green, blue, alpha in memory, which is little-endian. */
const pixel = ([r, g, b]: Rgb): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0

const pattern = ({ back, line }: { back: Rgb; line: Rgb }): readonly [number, number] => [
  pixel(back),
  pixel(line),
]
