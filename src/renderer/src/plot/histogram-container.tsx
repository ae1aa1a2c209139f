import { NativeSelect, NumberInput } from '@mantine/core'
import { type RefObject, useMemo, useRef, useState } from 'react'
import { Empty } from '../ui/states'
import { exportFigure } from './export-figure'
import { barsOf, barSpan, type Bars, histogramFigure } from './histogram-figure'
import { type CountsRead, useHistogramReading } from './histogram-reading'
import { histogramCsv, histogramNotes, histogramPoint, histogramText, quantileTexts } from './histogram-words'
import classes from './plot.module.css'
import { type FigureSize, USUAL_SIZE } from './frame-layout'
import { PlotFrame } from './plot-frame'
import type { PlotSource } from './plot-source'
import { PlotStage } from './plot-stage'
import type { PlotState } from './plot-state'
import { usePlotTheme } from './plot-theme'
import { type FigureHandle, PlotlyFigure } from './plotly-figure'
import { BoundControls } from './range-controls'
import { partOf, relayoutSpans } from './relayout'
import { useZoom, type ZoomView } from './use-zoom'

const CONFIG = { scrollZoom: true, doubleClick: false } as const
const MOST_BINS = 4096
const OVER: { value: PlotState['over']; label: string }[] = [
  { value: 'slice', label: 'This slice' },
  { value: 'array', label: 'The whole array' },
]

/** How the values of the slice are distributed. */
export function HistogramContainer({ source }: { source: PlotSource }) {
  const { state, node } = source
  const [size, setSize] = useState(USUAL_SIZE)
  const { counts, reading, problem } = useHistogramReading(source)
  const bars = useMemo(() => (counts ? barsOf(counts, state.logBins) : null), [counts, state.logBins])
  const outer = bars ? barSpan(bars) : { from: 0, to: 1 }
  const zoom = useZoom(state, `histogram ${outer.from} ${outer.to}`, {
    x: { outer, least: (outer.to - outer.from) / 1e6 },
    y: null,
  })
  const figure = useRef<FigureHandle>(null)
  const ends = counts?.histogram
  const hint = (value: 'min' | 'max'): string => {
    const end = ends?.[value] ?? null
    return end === null || !counts ? '' : counts.measure.text(end)
  }
  return (
    <PlotStage
      what="Counting the values"
      reading={reading}
      controls={
        <>
          <NativeSelect
            size="xs"
            aria-label="Values of"
            w={132}
            data={OVER}
            value={state.over}
            onChange={(event) => state.set({ over: event.currentTarget.value as PlotState['over'] })}
          />
          <NumberInput
            w={74}
            aria-label="Bins"
            title="Bins at most"
            min={1}
            max={MOST_BINS}
            value={state.bins}
            onChange={(bins) => {
              if (typeof bins === 'number' && Number.isInteger(bins) && bins >= 1 && bins <= MOST_BINS)
                state.set({ bins })
            }}
          />
          <BoundControls
            {...{ state, problem }}
            hints={{ min: hint('min'), max: hint('max') }}
            keep={() => ({ min: hint('min'), max: hint('max') })}
          />
        </>
      }
      notes={counts ? histogramNotes(counts) : []}
      onZoom={zoom.zoomBy}
      onReset={zoom.isZoomed ? zoom.reset : null}
      onExport={(format) => {
        if (!counts || !bars) return
        const rows = () => histogramCsv(counts, bars)
        void exportFigure(format, { node, what: 'histogram', figure: figure.current, rows })
      }}
      figure={
        counts &&
        bars &&
        (bars.bars.length === 0 ? (
          <Empty title="No values to count">{histogramNotes(counts).join(' ')}</Empty>
        ) : (
          <HistogramView {...{ source, counts, bars, zoom, size, figure }} onSize={setSize} />
        ))
      }
    />
  )
}

interface ViewProps {
  source: PlotSource
  counts: CountsRead
  bars: Bars
  zoom: ZoomView
  size: FigureSize
  onSize: (size: FigureSize) => void
  figure: RefObject<FigureHandle | null>
}

function HistogramView({ source, counts, bars, zoom, size, onSize, figure }: ViewProps) {
  const { state, valueTitle, node } = source
  const { logCounts } = state
  const theme = usePlotTheme()
  const view = zoom.x
  const { data, layout, area } = useMemo(
    () => histogramFigure({ counts, bars, view, logCounts, valueTitle }, theme, size),
    [counts, bars, view, logCounts, valueTitle, theme, size],
  )
  const width = (bars.bars[0]?.to ?? 1) - (bars.bars[0]?.from ?? 0)
  return (
    <>
      <PlotFrame
        label="Histogram, arrow keys read bins"
        area={area}
        readout={({ x }) => histogramPoint(counts, bars, partOf(view, { from: x, to: 1 }).from)}
        step={{ x: width / (view.to - view.from), y: null }}
        onZoom={({ x }) => zoom.show(partOf(view, x), null)}
        onReset={zoom.reset}
      >
        <PlotlyFigure
          handle={figure}
          label={`Histogram of /${node.path}`}
          description={histogramText(counts, bars)}
          data={data}
          layout={layout}
          config={CONFIG}
          onSize={onSize}
          onDoubleClick={zoom.reset}
          onRelayout={(change) => {
            const { x } = relayoutSpans(change)
            if (x) zoom.show(x, null)
          }}
        />
      </PlotFrame>
      <dl className={classes['quantiles']} aria-label="Quantiles">
        {quantileTexts(counts).map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
