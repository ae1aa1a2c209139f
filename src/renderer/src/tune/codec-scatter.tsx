import { figure } from '@shared/trials/figure'
import { useMemo } from 'react'
import { PlotlyFigure } from '../plot/plotly-figure'
import { type PlotTheme, usePlotTheme } from '../plot/plot-theme'
import type { PlotAxis, PlotLayout, PlotTrace, ScatterTrace } from '../plot/plotly-types'
import type { ShownRow } from './codec-results'
import { isChosenBy } from './codec-table'
import type { ChosenSetting } from './tune-state'
import classes from './tune.module.css'

type Measured = ShownRow & { ratio: number; decodeMBps: number }

const LAYOUT: PlotLayout = {
  showlegend: true,
  legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' },
  margin: { l: 52, r: 12, t: 12, b: 42 },
  dragmode: 'zoom',
  uirevision: 'codecs',
}

/** Logarithmic where the values are far apart. */
function axis(text: string, values: readonly number[]): PlotAxis {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return {
    title: { text },
    tickformat: '~g',
    ...(most > 4 * least ? { type: 'log', dtick: 'D2' } : { type: 'linear' }),
  }
}

/** Ratio against decoding speed: what lies on the front is beaten by nothing in both. A click chooses a candidate. */
export function CodecScatter({
  rows,
  chosen,
  onChoose,
}: {
  rows: readonly ShownRow[]
  chosen: ChosenSetting | null
  onChoose: (row: ShownRow) => void
}) {
  const theme = usePlotTheme()
  const measured = useMemo(() => rows.filter(isMeasured), [rows])
  const data = useMemo(() => traces(measured, chosen, theme), [measured, chosen, theme])
  const layout = useMemo(
    () => ({
      ...LAYOUT,
      xaxis: axis(
        'Decode, MB/s',
        measured.map(({ decodeMBps }) => decodeMBps),
      ),
      yaxis: axis(
        'Ratio',
        measured.map(({ ratio }) => ratio),
      ),
    }),
    [measured],
  )
  return (
    <div className={classes['scatter']}>
      <PlotlyFigure
        label="Ratio against decode speed"
        description={describe(measured)}
        data={data}
        layout={layout}
        onClick={({ points }) => {
          const row = measured.find(({ text }) => text === points[0]?.customdata)
          if (row) onChoose(row)
        }}
      />
    </div>
  )
}

const isMeasured = (row: ShownRow): row is Measured => row.ratio !== null && row.decodeMBps !== null

/** One trace a kind of candidate, told apart by shape as well as colour. */
function traces(rows: readonly Measured[], chosen: ChosenSetting | null, theme: PlotTheme): PlotTrace[] {
  const [blue, orange, green, purple] = theme.series
  const front = rows.filter(({ pareto }) => pareto).sort((a, b) => a.decodeMBps - b.decodeMBps)
  const isChosen = isChosenBy(chosen)
  const plain = rows.filter(({ pareto, present }) => !pareto && !present)
  const all: ScatterTrace[] = [
    points(
      'lossless',
      plain.filter(({ lossless }) => lossless === true),
      'circle-open',
      theme.dim,
      7,
    ),
    points(
      'loses bits',
      plain.filter(({ lossless }) => lossless === false),
      'triangle-up-open',
      orange,
      8,
    ),
    {
      ...points('Pareto front', front, 'diamond', blue, 9),
      mode: 'lines+markers',
      line: { width: 1, dash: 'dot', ...(blue !== undefined && { color: blue }) },
    },
    points(
      'present',
      rows.filter(({ present }) => present),
      'star',
      green,
      13,
    ),
    points('chosen', rows.filter(isChosen), 'circle-open', purple, 17),
  ]
  return all.filter(({ x }) => (x?.length ?? 0) > 0)
}

function points(
  name: string,
  rows: readonly Measured[],
  symbol: string,
  color: string | undefined,
  size: number,
): ScatterTrace {
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: rows.map(({ decodeMBps }) => decodeMBps),
    y: rows.map(({ ratio }) => ratio),
    text: rows.map((row) => `${row.name}<br>ratio ${figure(row.ratio)}, ${figure(row.decodeMBps)} MB/s`),
    customdata: rows.map(({ text }) => text),
    hoverinfo: 'text',
    marker: {
      symbol,
      size,
      line: { width: 1.5, ...(color !== undefined && { color }) },
      ...(color !== undefined && { color }),
    },
  }
}

function describe(rows: readonly Measured[]): string {
  if (rows.length === 0) return 'Nothing is measured yet.'
  const front = rows.filter(({ pareto }) => pareto).map(({ name }) => name)
  const best = rows.reduce((a, b) => (b.ratio > a.ratio ? b : a))
  const fastest = rows.reduce((a, b) => (b.decodeMBps > a.decodeMBps ? b : a))
  return `${rows.length} candidates. Best ratio: ${best.name}, ${figure(best.ratio)}. Fastest: ${fastest.name}, ${figure(fastest.decodeMBps)} MB/s. On the Pareto front: ${front.join('; ')}.`
}
