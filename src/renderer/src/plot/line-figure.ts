import { gapStretches, type DrawnLine } from './line-series'
import type { LinesRead } from './line-reading'
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
import type { PlotLayout, PlotShape, PlotTrace } from './plotly-types'
import { axisTitle, positionTicks, type PositionAxis } from './position-axis'
import type { PlotTheme } from './plot-theme'
import type { PlotState } from './plot-state'
import type { Scale } from './scale'
import type { ValueRange } from './value-range'
import type { Span } from './window'

export interface LineDrawing {
  lines: LinesRead
  drawn: readonly DrawnLine[]
  base: bigint
  axis: PositionAxis
  view: Span
  scale: Scale
  range: ValueRange
  valueTitle: string
  marks: PlotState['marks']
}

const BOTTOM = 48
/** Up to so many points their marks can be told apart. */
const MARKED = 80
/** Stretches that are shaded; more of them are too small to be seen. */
const MOST_SHAPES = 400

/** Lines as plotly shows them; of bins, a band from the smallest to the largest with the mean inside. */
export function lineFigure(
  drawing: LineDrawing,
  theme: PlotTheme,
  size: FigureSize,
): { data: PlotTrace[]; layout: PlotLayout; area: PlotArea } {
  const { lines, drawn, base, axis, view, scale, range, valueTitle, marks } = drawing
  const data = drawn.flatMap((line, i): PlotTrace[] => {
    const color = theme.series[i % theme.series.length] ?? theme.accent
    const name = lines.places[i]?.name ?? ''
    const isSparse = line.x.length <= MARKED
    const mode = marks === 'points' ? 'markers' : marks === 'both' || isSparse ? 'lines+markers' : 'lines'
    const main: PlotTrace = {
      type: 'scatter',
      mode,
      name,
      x: line.x,
      y: line.y.map(scale.forward),
      line: { color, width: 1.5 },
      marker: { color, size: 5 },
      connectgaps: false,
      hoverinfo: 'skip',
    }
    return line.high ? [band(line, line.high, scale, color), main] : [main]
  })
  const [low, high] = [scale.forward(range.min), scale.forward(range.max)]
  const pad = (high - low) * 0.04
  const top = drawn.length > 1 ? 34 : 12
  const left = rowTicks(size.height - top - BOTTOM, (n) =>
    lines.measure.ticks(scale.inverse(low - pad), scale.inverse(high + pad), n, scale, base),
  )
  const margin = { l: leftMargin(left), r: 16, t: top, b: BOTTOM }
  const area = areaOf(size, margin)
  const below = columnTicks(area.width, (n) => positionTicks(axis, view.from, view.to, n))
  return {
    area,
    data,
    layout: {
      dragmode: 'zoom',
      hovermode: false,
      margin,
      showlegend: drawn.length > 1,
      legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', font: { size: 11 } },
      xaxis: {
        title: { text: fittedTitle(axisTitle(axis), area.width) },
        range: [view.from, view.to],
        zeroline: false,
        ...tickSettings(below),
      },
      yaxis: {
        title: { text: fittedTitle(valueTitle, area.height) },
        range: [low - pad, high + pad],
        zeroline: false,
        fixedrange: true,
        ...tickSettings(left.map(({ at, text }) => ({ at: scale.forward(at), text }))),
      },
      shapes: [...shapes(lines, 'missing', theme.hatch), ...shapes(lines, 'error', theme.danger)],
    },
  }
}

/** A closed outline around every stretch without a gap. */
function band({ x, low }: DrawnLine, high: Float64Array, scale: Scale, color: string): PlotTrace {
  const [outlineX, outlineY]: [(number | null)[], (number | null)[]] = [[], []]
  const place = (value: number | undefined): number => scale.forward(value ?? NaN)
  const isDrawn = (i: number): boolean => !Number.isNaN(place(low[i])) && !Number.isNaN(place(high[i]))
  for (let from = 0; from < x.length; from++) {
    if (!isDrawn(from)) continue
    let to = from
    while (to + 1 < x.length && isDrawn(to + 1)) to++
    for (let i = from; i <= to; i++) {
      outlineX.push(x[i] ?? null)
      outlineY.push(place(high[i]))
    }
    for (let i = to; i >= from; i--) {
      outlineX.push(x[i] ?? null)
      outlineY.push(place(low[i]))
    }
    outlineX.push(null)
    outlineY.push(null)
    from = to
  }
  return {
    type: 'scatter',
    mode: 'lines',
    x: outlineX,
    y: outlineY,
    fill: 'toself',
    fillcolor: `${color}59`,
    line: { color: `${color}99`, width: 1 },
    showlegend: false,
    hoverinfo: 'skip',
  }
}

function shapes(lines: LinesRead, kind: 'missing' | 'error', color: string): PlotShape[] {
  return lines.series
    .flatMap((line) => gapStretches(line, kind))
    .slice(0, MOST_SHAPES)
    .map(({ from, to }) => ({
      type: 'rect',
      xref: 'x',
      yref: 'paper',
      x0: from,
      x1: to,
      y0: 0,
      y1: 1,
      fillcolor: `${long(color)}40`,
      line: { width: 0 },
      layer: 'below',
    }))
}

/** #rgb as #rrggbb, to which an opacity can be added. */
const long = (color: string): string => (color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color)
