import { categoryColor, COLOR_MAPS, colorAt, cssColor } from '../ui/color-maps'
import type { Field } from './field'
import type { Measure, Tick } from './measure'
import { paintField, type Palette } from './paint'
import {
  areaOf,
  barMargin,
  columnTicks,
  fittedTitle,
  type FigureSize,
  leftMargin,
  type PlotArea,
  rowTicks,
  tickSettings,
} from './frame-layout'
import type { PlotLayout, PlotTrace } from './plotly-types'
import { axisTitle, positionTicks, type PositionAxis } from './position-axis'
import type { Span } from './window'

export interface HeatmapDrawing {
  field: Field
  measure: Measure
  palette: Palette
  rows: PositionAxis
  columns: PositionAxis
  view: { rows: Span; columns: Span }
  /** The first row is at the bottom. */
  flipped: boolean
  fillMissing: boolean
  valueTitle: string
  /** Of a category: its name. */
  meaning: (value: number) => string | null
}

/** The picture of a field as plotly shows it: an image between axes of our own ticks, and a colour bar. */
export function heatmapFigure(
  drawing: HeatmapDrawing,
  size: FigureSize,
): { data: PlotTrace[]; layout: PlotLayout; area: PlotArea } {
  const { rows, columns, view, flipped, valueTitle } = drawing
  const bar = barTicks(drawing)
  const left = rowTicks(size.height - TOP - BOTTOM, (n) =>
    positionTicks(rows, view.rows.from, view.rows.to, n),
  )
  const margin = { l: leftMargin(left), r: barMargin(bar), t: TOP, b: BOTTOM }
  const area = areaOf(size, margin)
  const below = columnTicks(area.width, (n) => positionTicks(columns, view.columns.from, view.columns.to, n))
  const down = { from: view.rows.to, to: view.rows.from }
  const up = flipped ? view.rows : down
  return {
    area,
    data: [colorBar(drawing, bar, fittedTitle(valueTitle, area.height))],
    layout: {
      dragmode: 'zoom',
      hovermode: false,
      margin,
      xaxis: {
        title: { text: fittedTitle(axisTitle(columns), area.width) },
        range: [view.columns.from, view.columns.to],
        showgrid: false,
        zeroline: false,
        ...tickSettings(below),
      },
      yaxis: {
        title: { text: fittedTitle(axisTitle(rows), area.height) },
        range: [up.from, up.to],
        showgrid: false,
        zeroline: false,
        ...tickSettings(left),
      },
      images: [
        {
          source: pictureUrl(drawing, area),
          xref: 'x',
          yref: 'y',
          x: view.columns.from,
          y: up.to,
          sizex: view.columns.to - view.columns.from,
          sizey: Math.abs(view.rows.to - view.rows.from),
          sizing: 'stretch',
          layer: 'below',
        },
      ],
    },
  }
}

/** As many pixels as the screen has, up to twice the CSS pixels. */
function pictureUrl({ field, view, flipped, palette, fillMissing }: HeatmapDrawing, area: PlotArea): string {
  const scale = Math.min(2, Math.max(1, window.devicePixelRatio))
  const size = { width: Math.round(area.width * scale), height: Math.round(area.height * scale) }
  const rows = flipped ? { from: view.rows.to, to: view.rows.from } : view.rows
  const bytes = paintField(field, { rows, columns: view.columns }, size, palette, fillMissing)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, size.width, size.height), 0, 0)
  return canvas.toDataURL('image/png')
}

/** Margins above and below what is drawn. */
const TOP = 12
const BOTTOM = 48
const STOPS = 33
const BAR_TICKS = 7

/** Ticks of the colour bar, from 0 to 1; of a categorical map its categories. */
function barTicks({ palette, measure, field, meaning }: HeatmapDrawing): Tick[] {
  const { colorMap, range, scale, categories } = palette
  if (COLOR_MAPS[colorMap].group === 'categorical')
    return categories.map((value, i) => ({
      at: (i + 0.5) / categories.length,
      text: categoryText(measure, field, value, meaning),
    }))
  const [low, high] = [scale.forward(range.min), scale.forward(range.max)]
  return measure
    .ticks(range.min, range.max, BAR_TICKS, scale, field.base)
    .map(({ at, text }) => ({ at: (scale.forward(at) - low) / (high - low), text }))
}

/** A trace without points, which carries the colour bar. */
function colorBar({ palette }: HeatmapDrawing, ticks: Tick[], title: string): PlotTrace {
  const { colorMap, reversed, categories } = palette
  const isCategorical = COLOR_MAPS[colorMap].group === 'categorical'
  const colorscale: [number, string][] = isCategorical
    ? categories.flatMap((_, i): [number, string][] => {
        const color = cssColor(categoryColor(colorMap, i, reversed))
        return [
          [i / categories.length, color],
          [(i + 1) / categories.length, color],
        ]
      })
    : Array.from({ length: STOPS }, (_, i) => {
        const t = i / (STOPS - 1)
        return [t, cssColor(colorAt(colorMap, t, reversed))]
      })
  return {
    type: 'scatter',
    mode: 'markers',
    x: [null],
    y: [null],
    showlegend: false,
    hoverinfo: 'skip',
    marker: {
      color: [0],
      cmin: 0,
      cmax: 1,
      colorscale:
        colorscale.length > 1
          ? colorscale
          : [
              [0, '#888888'],
              [1, '#888888'],
            ],
      showscale: true,
      colorbar: {
        title: { text: title, side: 'right', font: { size: 12 } },
        tickfont: { size: 11 },
        ...tickSettings(ticks),
        thickness: 14,
        outlinewidth: 0,
        ticklen: 4,
      },
    },
  }
}

function categoryText(
  measure: Measure,
  field: Field,
  value: number,
  meaning: (value: number) => string | null,
): string {
  const text = measure.text(measure.stored(value, field.base))
  const name = meaning(value)
  return name === null ? text : `${text} ${name}`
}
