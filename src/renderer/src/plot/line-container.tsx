import { type RefObject, useMemo, useRef, useState } from 'react'
import { useCoordinate } from '../slicer/use-coordinate'
import { exportFigure } from './export-figure'
import { lineFigure } from './line-figure'
import { type LinePlace, type LinesRead, useLineReading } from './line-reading'
import { commonBase, type DrawnLine, drawnLine } from './line-series'
import { lineCsv, lineNotes, linePoint, lineText } from './line-words'
import { type FigureSize, USUAL_SIZE } from './frame-layout'
import { PlotFrame } from './plot-frame'
import type { PlotSource } from './plot-source'
import { PlotStage } from './plot-stage'
import { usePlotTheme } from './plot-theme'
import { type FigureHandle, PlotlyFigure } from './plotly-figure'
import type { PositionAxis } from './position-axis'
import { RangeControls } from './range-controls'
import { partOf, relayoutSpans } from './relayout'
import { useRange } from './use-range'
import { useZoom, type ZoomView } from './use-zoom'
import type { ValueRange } from './value-range'
import { wholeSpan } from './window'

const CONFIG = { scrollZoom: true, doubleClick: false } as const
const BUDGET_BYTES = 512 * 2 ** 20

interface Props {
  source: PlotSource
  along: number
  /** The name of the dimension. */
  name: string
  places: readonly LinePlace[]
}

/** Lines along one dimension of the slice. */
export function LineContainer({ source, along, name, places }: Props) {
  const { store, node, slice, state } = source
  const [size, setSize] = useState(USUAL_SIZE)
  const dim = slice.dims[along] ?? { start: 0, step: 1, count: 0 }
  const zoom = useZoom(state, `line ${along} ${JSON.stringify(dim)}`, {
    x: { outer: wholeSpan(dim.count), least: Math.min(2, dim.count) },
    y: null,
  })
  const { lines, reading } = useLineReading(source, along, places, zoom.x, size.width)
  const coordinate = useCoordinate(store, node, along)
  const shownDim = lines?.dim ?? dim
  const axis = useMemo<PositionAxis>(
    () => ({ dim: shownDim, name, coordinate }),
    [shownDim, name, coordinate],
  )
  const figure = useRef<FigureHandle>(null)
  const base = useMemo(() => (lines ? commonBase(lines.series, lines.measure) : 0n), [lines])
  const drawn = useMemo(
    () => lines?.series.map((line) => drawnLine(line, lines.measure, base)) ?? [],
    [lines, base],
  )
  const all = useMemo(() => rangeOf(drawn), [drawn])
  const values = useMemo(() => heightsOf(drawn), [drawn])
  const range = useRange(state, lines?.measure ?? source.measure, { values, base, all, forColors: false })
  const budget = BUDGET_BYTES * 8 ** state.effort
  return (
    <PlotStage
      what="Reading the line"
      reading={reading}
      controls={<RangeControls {...{ source, range, base }} hasValues={all !== null} />}
      notes={lines ? lineNotes(lines, drawn, range.scale, reading.status === 'done' ? budget : null) : []}
      onFiner={
        lines?.isCoarse && reading.status === 'done' ? () => state.set({ effort: state.effort + 1 }) : null
      }
      onZoom={zoom.zoomBy}
      onReset={zoom.isZoomed ? zoom.reset : null}
      onExport={(format) => {
        if (!lines) return
        const rows = () => lineCsv(lines, axis)
        void exportFigure(format, { node, what: 'line', figure: figure.current, rows })
      }}
      figure={
        lines && (
          <LineView
            {...{ source, lines, drawn, base, all, axis, range, zoom, size, figure }}
            onSize={setSize}
          />
        )
      }
    />
  )
}

interface ViewProps {
  source: PlotSource
  lines: LinesRead
  drawn: readonly DrawnLine[]
  base: bigint
  all: ValueRange | null
  axis: PositionAxis
  range: ReturnType<typeof useRange>
  zoom: ZoomView
  size: FigureSize
  onSize: (size: FigureSize) => void
  figure: RefObject<FigureHandle | null>
}

function LineView({ source, lines, drawn, base, all, axis, range, zoom, size, onSize, figure }: ViewProps) {
  const { state, valueTitle, node } = source
  const { marks } = state
  const theme = usePlotTheme()
  const view = zoom.x
  const { data, layout, area } = useMemo(
    () =>
      lineFigure(
        { lines, drawn, base, axis, view, scale: range.scale, range: range.range, valueTitle, marks },
        theme,
        size,
      ),
    [lines, drawn, base, axis, view, range, valueTitle, marks, theme, size],
  )
  return (
    <PlotFrame
      label="Line plot, arrow keys read values"
      area={area}
      readout={({ x }) => linePoint(lines, axis, Math.round(partOf(view, { from: x, to: 1 }).from))}
      step={{ x: (lines.series[0]?.every ?? 1) / (view.to - view.from), y: null }}
      onZoom={({ x }) => zoom.show(partOf(view, x), null)}
      onReset={zoom.reset}
    >
      <PlotlyFigure
        handle={figure}
        label={`Line plot of /${node.path}`}
        description={lineText(lines, axis.name, all, base)}
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
  )
}

function rangeOf(drawn: readonly DrawnLine[]): ValueRange | null {
  let [min, max] = [Infinity, -Infinity]
  for (const { low, high } of drawn) {
    for (const value of low) if (value < min) min = value
    for (const value of high ?? low) if (value > max) max = value
  }
  return min <= max ? { min, max } : null
}

function heightsOf(drawn: readonly DrawnLine[]): Float64Array {
  const parts = drawn.flatMap(({ low, high }) => (high ? [low, high] : [low]))
  const all = new Float64Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
