import { readNumbers, type Numbers } from '@shared/dtype/numbers'
import type { LineBins, Overview } from '@shared/model/plots'
import { ITEM_STATES } from '@shared/model/plots'
import type { DimSlice } from '@shared/selection/selection'
import { shownBy } from './field'
import { baseOf, type Measure } from './measure'

/** A line in points or, where it has more of them than there are pixels, in bins; places count along the slice. */
export interface LineSeries {
  /** Place of the first point or bin, and from one to the next. */
  start: number
  every: number
  count: number
  /** Whether the value at `i` is to be drawn. */
  isShown: (i: number) => boolean
  /** Items of missing chunks, and unreadable ones, at `i`: all of the bin, or the point itself. */
  gap: (i: number) => 'missing' | 'error' | null
  /** The value of a point; the smallest of a bin. */
  low: Numbers
  /** Only of bins: the largest, and the mean above the smallest. */
  bins: { high: Numbers; meanAbove: Float64Array; values: Float64Array } | null
  counts: { items: number; invalid: number; missing: number; unreadable: number }
}

const MISSING = ITEM_STATES.indexOf('missing')
const ERROR = ITEM_STATES.indexOf('error')

/** Every item of an overview as a point. */
export function pointSeries(overview: Overview, axis: number, dim: DimSlice, measure: Measure): LineSeries {
  const own = overview.dims[axis] ?? dim
  const low = readNumbers(overview.dtype, overview.data, measure.part)
  const { states } = overview
  const shown = shownBy(states, measure)
  const counts = { items: low.length, invalid: 0, missing: 0, unreadable: 0 }
  for (let i = 0; i < low.length; i++) {
    if (states[i] === MISSING) counts.missing++
    if (states[i] === ERROR) counts.unreadable++
    else if (shown(i) && !Number.isFinite(measure.place(low[i] ?? NaN, 0n))) counts.invalid++
  }
  return {
    start: (own.start - dim.start) / dim.step + 0,
    every: own.step / dim.step,
    count: low.length,
    isShown: shown,
    gap: (i) =>
      states[i] === ERROR ? 'error' : states[i] === MISSING && !measure.value.countMissing ? 'missing' : null,
    low,
    bins: null,
    counts,
  }
}

/** The bins of a long line that begins at position `start` of its slice. */
export function binSeries(line: LineBins, start: number): LineSeries {
  const { tally, values, missing, unreadableItems } = line
  return {
    start,
    every: line.binSize,
    count: values.length,
    isShown: (i) => (values[i] ?? 0) > 0,
    gap: (i) => {
      if ((values[i] ?? 0) > 0) return null
      return (unreadableItems[i] ?? 0) > 0 ? 'error' : (missing[i] ?? 0) > 0 ? 'missing' : null
    },
    low: line.min,
    bins: { high: line.max, meanAbove: line.meanAbove, values },
    counts: {
      items: tally.items,
      invalid: tally.nans + tally.infinite + tally.masked,
      missing: tally.missing,
      unreadable: tally.unreadable,
    },
  }
}

/** A line to be drawn: places along x, heights by the measure. */
export interface DrawnLine {
  x: Float64Array
  /** The value of a point; the mean of a bin. NaN leaves a gap. */
  y: Float64Array
  low: Float64Array
  high: Float64Array | null
}

/** The one base of several lines, so that they share an axis. */
export function commonBase(lines: readonly LineSeries[], measure: Measure): bigint {
  if (!measure.isWide) return 0n
  const bases = lines.filter((line) => line.count > 0).map((line) => baseOf(line.isShown, line.low))
  return bases.reduce((least, base) => (base < least ? base : least), bases[0] ?? 0n)
}

/** The line in coordinates of the plot; NaN where nothing is shown. */
export function drawnLine(line: LineSeries, measure: Measure, base: bigint): DrawnLine {
  const { start, every, count, isShown, bins } = line
  const heights = (numbers: Numbers): Float64Array => {
    const places = measure.toPlot(numbers, base)
    return Float64Array.from(places, (place, i) => (isShown(i) && Number.isFinite(place) ? place : NaN))
  }
  const x = Float64Array.from({ length: count }, (_, i) => start + i * every + (bins ? (every - 1) / 2 : 0))
  const low = heights(line.low)
  if (!bins) return { x, y: low, low, high: null }
  const high = heights(bins.high)
  // A packed scale may be negative, and turns smallest and largest round.
  const factor = measure.place(1, 0n) - measure.place(0, 0n)
  const y = low.map((place, i) => place + (bins.meanAbove[i] ?? NaN) * (measure.isWide ? 1 : factor))
  return factor < 0 && !measure.isWide ? { x, y, low: high, high: low } : { x, y, low, high }
}

/** Stretches of x where a line has a gap of one kind. */
export function gapStretches(line: LineSeries, kind: 'missing' | 'error'): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  for (let i = 0; i < line.count; i++) {
    if (line.gap(i) !== kind) continue
    const from = line.start + i * line.every - 0.5
    const last = found.at(-1)
    if (last && last.to === from) last.to = from + line.every
    else found.push({ from, to: from + line.every })
  }
  return found
}
