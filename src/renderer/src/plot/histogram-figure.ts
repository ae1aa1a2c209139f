import type { Exact } from '@shared/model/plots'
import type { CountsRead } from './histogram-reading'
import {
  areaOf,
  columnTicks,
  fittedTitle,
  type FigureSize,
  leftMargin,
  type PlotArea,
  rowTicks,
  tickSettings,
} from './frame-layout'
import type { PlotLayout, PlotTrace } from './plotly-types'
import { formatCount } from '../ui/format'
import type { PlotTheme } from './plot-theme'
import { scaleOf, type Scale, tickText } from './scale'
import type { Span } from './window'

/** A bar: a bin in exact edges and in places along the axis. */
export interface Bar {
  from: number
  to: number
  low: Exact
  high: Exact
  count: number
}

export interface Bars {
  bars: Bar[]
  /** Of the places along x. */
  scale: Scale
  base: bigint
}

/** Margins above and below what is drawn. */
const TOP = 12
const BOTTOM = 48

/** The bins from left to right as the measure places them. */
export function barsOf({ histogram, measure }: CountsRead, log: boolean): Bars {
  const { edges, counts } = histogram
  const first = edges[0]
  const base = measure.isWide && typeof first === 'bigint' ? first : 0n
  const places = edges.map((edge) => placeOfEdge(edge, measure, base))
  const isLog = log && !measure.isWide && Math.min(...places) > 0
  const scale = scaleOf(isLog ? 'log' : 'linear', 1)
  const bars = Array.from(counts, (count, i): Bar => {
    const [a, b] = [scale.forward(places[i] ?? 0), scale.forward(places[i + 1] ?? 0)]
    const [low, high] = [edges[i] ?? 0, edges[i + 1] ?? 0]
    return a <= b ? { from: a, to: b, low, high, count } : { from: b, to: a, low: high, high: low, count }
  })
  return { bars: bars.sort((a, b) => a.from - b.from), scale, base }
}

/** An edge may be a value that is masked, and still has a place. */
const placeOfEdge = (edge: Exact, measure: CountsRead['measure'], base: bigint): number => {
  const place = measure.place(edge, base)
  if (!Number.isNaN(place)) return place
  const [zero, one] = [measure.place(0, 0n), measure.place(1, 0n)]
  return measure.isWide ? Number(BigInt(edge) - base) : zero + Number(edge) * (one - zero)
}

/** All that the bars cover; one place wide without any. */
export const barSpan = ({ bars }: Bars): Span => ({ from: bars[0]?.from ?? 0, to: bars.at(-1)?.to ?? 1 })

export function histogramFigure(
  {
    counts,
    bars,
    view,
    logCounts,
    valueTitle,
  }: {
    counts: CountsRead
    bars: Bars
    view: Span
    logCounts: boolean
    valueTitle: string
  },
  theme: PlotTheme,
  size: FigureSize,
): { data: PlotTrace[]; layout: PlotLayout; area: PlotArea } {
  const shown = bars.bars.filter(({ from, to }) => to >= view.from && from <= view.to)
  const most = shown.reduce((n, { count }) => Math.max(n, count), 1)
  // A logarithmic axis begins below 1, so that a bin with a single value is to be seen.
  const height = (count: number): number => (logCounts ? Math.log10(Math.max(count, 0.5) / 0.5) : count)
  const { scale, base } = bars
  const left = rowTicks(size.height - TOP - BOTTOM, (n) =>
    scaleOf(logCounts ? 'log' : 'linear', most)
      .ticks(logCounts ? 1 : 0, most, n)
      .filter(Number.isInteger)
      .map((at) => ({ at: height(at), text: at >= 1e6 ? tickText(at) : formatCount(at) })),
  )
  const margin = { l: leftMargin(left), r: 16, t: TOP, b: BOTTOM }
  const area = areaOf(size, margin)
  const below = columnTicks(area.width, (n) =>
    counts.measure
      .ticks(scale.inverse(view.from), scale.inverse(view.to), n, scale, base)
      .map(({ at, text }) => ({ at: scale.forward(at), text })),
  )
  return {
    area,
    data: [
      {
        type: 'bar',
        x: shown.map(({ from, to }) => (from + to) / 2),
        width: shown.map(({ from, to }) => to - from),
        y: shown.map(({ count }) => height(count)),
        marker: { color: theme.series[0] ?? theme.accent, line: { color: theme.background, width: 0.5 } },
        hoverinfo: 'skip',
      },
    ],
    layout: {
      dragmode: 'zoom',
      hovermode: false,
      margin,
      bargap: 0,
      xaxis: {
        title: { text: fittedTitle(valueTitle, area.width) },
        range: [view.from, view.to],
        zeroline: false,
        showgrid: false,
        ...tickSettings(below),
      },
      yaxis: {
        title: { text: 'values' },
        range: [0, height(most) * 1.05],
        zeroline: false,
        fixedrange: true,
        ...tickSettings(left),
      },
    },
  }
}
