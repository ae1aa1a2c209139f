import type { Exact } from '@shared/model/plots'
import { formatCount, formatShare } from '../ui/format'
import type { Bar, Bars } from './histogram-figure'
import type { CountsRead } from './histogram-reading'
import { countText, sentence, unreadableText } from './words'

/** What was counted, and what was not. */
export function histogramNotes({ histogram }: CountsRead): string[] {
  const { tally, below, above, sampledFrom, unreadable } = histogram
  const notes: string[] = []
  if (sampledFrom !== null)
    notes.push(
      `A sample: ${formatCount(tally.items)} of ${formatCount(sampledFrom)} values, in evenly spread chunks; counts and quantiles are those of the sample.`,
    )
  if (unreadable) notes.push(unreadableText(unreadable))
  const parts = [
    countText(tally.values, 'value'),
    ...(below > 0 ? [`${formatCount(below)} below the bins`] : []),
    ...(above > 0 ? [`${formatCount(above)} above`] : []),
    ...(tally.nans > 0 ? [`${formatCount(tally.nans)} NaN or NaT`] : []),
    ...(tally.infinite > 0 ? [`${formatCount(tally.infinite)} infinite`] : []),
    ...(tally.masked > 0 ? [`${formatCount(tally.masked)} masked`] : []),
    ...(tally.missing > 0 ? [`${formatCount(tally.missing)} in missing chunks`] : []),
    ...(tally.unreadable > 0 ? [`${formatCount(tally.unreadable)} unreadable`] : []),
  ]
  notes.push(sentence(parts.join(', ')))
  return notes
}

/** Smallest, quantiles, largest, as label and exact text. */
export function quantileTexts({ histogram, measure }: CountsRead): { label: string; text: string }[] {
  const { min, max, quantiles } = histogram
  if (min === null || max === null) return []
  const shown = quantiles
    .filter(({ q }) => [0.01, 0.25, 0.5, 0.75, 0.99].some((one) => Math.abs(one - q) < 1e-9))
    .map(({ q, value }) => ({ label: q === 0.5 ? 'median' : `${Math.round(q * 100)} %`, value }))
  const all: { label: string; value: Exact }[] = [
    { label: 'smallest', value: min },
    ...shown,
    { label: 'largest', value: max },
  ]
  const isFalling = measure.place(1, 0n) < measure.place(0, 0n)
  const labels = all.map(({ label }) => label)
  // A negative packing turns the order round: the smallest stored value is the largest decoded one.
  return (isFalling ? all.toReversed() : all).map(({ value }, i) => ({
    label: labels[i] ?? '',
    text: measure.text(value),
  }))
}

/** The figure in words: range and counts. */
export function histogramText(counts: CountsRead, bars: Bars): string {
  const { tally } = counts.histogram
  const facts = quantileTexts(counts)
    .map(({ label, text }) => `${label} ${text}`)
    .join(', ')
  const fullest = bars.bars.reduce<Bar | null>((a, b) => (a === null || b.count > a.count ? b : a), null)
  return `${countText(bars.bars.length, 'bin')} over ${countText(tally.values, 'value')}${facts === '' ? '' : `; ${facts}`}${fullest ? `; the fullest bin, ${barText(counts, fullest)}` : ''}.`
}

/** The bin at a place. */
export function histogramPoint(counts: CountsRead, { bars }: Bars, place: number): string {
  const bar =
    bars.find(({ from, to }) => place >= from && place < to) ??
    (bars.at(-1)?.to === place ? bars.at(-1) : undefined)
  return bar ? barText(counts, bar) : 'no bin'
}

function barText({ histogram, measure }: CountsRead, { low, high, count }: Bar): string {
  const { values } = histogram.tally
  return `from ${measure.text(low)} to ${measure.text(high)}: ${countText(count, 'value')} (${formatShare(count, values)})`
}

/** Bins exactly: edges and counts. */
export function* histogramCsv({ measure }: CountsRead, { bars }: Bars): Generator<string[]> {
  yield ['from', 'to', 'values']
  for (const { low, high, count } of bars) yield [measure.text(low), measure.text(high), String(count)]
}
