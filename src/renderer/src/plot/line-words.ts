import { formatBytes, formatCount } from '../ui/format'
import type { DrawnLine, LineSeries } from './line-series'
import type { LinesRead } from './line-reading'
import { positionText, type PositionAxis } from './position-axis'
import type { Scale } from './scale'
import { countText, everyText, sentence, unreadableText } from './words'

interface Sums {
  items: number
  invalid: number
  missing: number
  unreadable: number
}

function sumsOf(series: readonly LineSeries[]): Sums {
  const sums: Sums = { items: 0, invalid: 0, missing: 0, unreadable: 0 }
  for (const { counts } of series)
    for (const name of Object.keys(sums) as (keyof Sums)[]) sums[name] += counts[name]
  return sums
}

/** What of the lines is shown, and what is not; `budget` is null while a finer line may still come. */
export function lineNotes(
  { series, isCoarse, unreadable, measure }: LinesRead,
  drawn: readonly DrawnLine[],
  scale: Scale,
  budget: number | null,
): string[] {
  const notes: string[] = []
  const every = series[0]?.every ?? 1
  if (series[0]?.bins)
    notes.push(
      `The band reaches from the smallest to the largest of every ${formatCount(every)} values, the line is their mean.`,
    )
  else if (every > 1)
    notes.push(
      `${sentence(`shows ${everyText(every, 'value')}`)} What lies between is not read; zoom in for all of them.`,
    )
  if (isCoarse && budget !== null) notes.push(`A finer line would decode more than ${formatBytes(budget)}.`)
  if (unreadable) notes.push(unreadableText(unreadable))
  const { missing, invalid } = sumsOf(series)
  const shaded = measure.value.countMissing !== true
  const counts = [
    ...(missing > 0 ? [`${countText(missing, 'value')} in missing chunks${shaded ? ' (shaded)' : ''}`] : []),
    ...(invalid > 0 ? [`${formatCount(invalid)} without a number (NaN, infinite or masked)`] : []),
  ]
  if (counts.length > 0) notes.push(sentence(counts.join(', ')))
  if (scale.kind === 'log') {
    const hidden = drawn.reduce((n, { y }) => n + y.reduce((m, v) => m + (v <= 0 ? 1 : 0), 0), 0)
    if (hidden > 0) notes.push(`${countText(hidden, 'value')} of 0 and less have no logarithm.`)
  }
  return notes
}

/** The figure in words: lines, range, counts. */
export function lineText(
  { series, places, measure, dim }: LinesRead,
  name: string,
  range: { min: number; max: number } | null,
  base: bigint,
): string {
  const { items, invalid, missing, unreadable } = sumsOf(series)
  const text = (place: number): string => measure.text(measure.stored(place, base))
  const lines =
    series.length === 1 ? 'One line' : `${series.length} lines (${places.map((p) => p.name).join('; ')})`
  const values = range ? `values from ${text(range.min)} to ${text(range.max)}` : 'no values'
  return `${lines} along ${name}, which has ${countText(dim.count, 'index', 'indices')}; ${countText(items, 'value')} read; ${values}; ${formatCount(invalid)} without a number, ${formatCount(missing)} in missing chunks, ${formatCount(unreadable)} unreadable.`
}

/** What every line is at a position. */
export function linePoint(
  { series, places, measure }: LinesRead,
  axis: PositionAxis,
  position: number,
): string {
  const first = series[0]
  if (!first) return ''
  const i = Math.floor((position - first.start) / first.every)
  if (i < 0 || i >= first.count) return 'not read yet'
  const from = first.start + i * first.every
  const last = Math.min(axis.dim.count - 1, from + first.every - 1)
  const where = first.bins
    ? `${axis.name} ${positionText(axis, from)} to ${positionText(axis, last)}`
    : `${axis.name} ${positionText(axis, from)}`
  const values = series.map((line, s) => {
    const text = valueAt(line, i, measure)
    return series.length === 1 ? text : `${places[s]?.name ?? ''}: ${text}`
  })
  return `${where}: ${values.join(' · ')}`
}

function valueAt(line: LineSeries, i: number, measure: LinesRead['measure']): string {
  const gap = line.gap(i)
  if (gap === 'error') return 'cannot be read'
  if (gap === 'missing') return 'missing chunk'
  const low = line.low[i] ?? NaN
  if (!line.bins) return measure.text(low)
  if (!line.isShown(i)) return 'no number'
  const high = line.bins.high[i] ?? NaN
  return `${measure.text(low)} to ${measure.text(high)} (${countText(line.bins.values[i] ?? 0, 'value')})`
}

/** The lines exactly: a row for each point, or for each bin with smallest, largest and number of values. */
export function* lineCsv({ series, places, measure }: LinesRead, axis: PositionAxis): Generator<string[]> {
  const first = series[0]
  if (!first) return
  const name = (s: number): string => places[s]?.name ?? ''
  const index = (position: number): string => positionText({ ...axis, coordinate: null }, position)
  const label = (position: number): string[] =>
    axis.coordinate ? [axis.coordinate.label(axis.dim.start + position * axis.dim.step) ?? ''] : []
  const head = axis.coordinate ? [axis.name, `${axis.name} coordinate`] : [axis.name]
  if (!first.bins) {
    yield [...head, ...series.map((_, s) => name(s))]
    for (let i = 0; i < first.count; i++) {
      const position = first.start + i * first.every
      const cells = series.map((line) => (line.isShown(i) ? measure.text(line.low[i] ?? NaN) : ''))
      yield [index(position), ...label(position), ...cells]
    }
    return
  }
  yield [
    `${axis.name} from`,
    `${axis.name} to`,
    ...series.flatMap((_, s) => ['smallest', 'largest', 'values'].map((what) => `${name(s)} ${what}`.trim())),
  ]
  for (let i = 0; i < first.count; i++) {
    const from = first.start + i * first.every
    const cells = series.flatMap((line) =>
      line.isShown(i)
        ? [
            measure.text(line.low[i] ?? NaN),
            measure.text(line.bins?.high[i] ?? NaN),
            String(line.bins?.values[i] ?? 0),
          ]
        : ['', '', '0'],
    )
    yield [index(from), index(Math.min(axis.dim.count - 1, from + first.every - 1)), ...cells]
  }
}
