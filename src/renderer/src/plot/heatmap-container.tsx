import { useMemo, useRef, useState } from 'react'
import { useCoordinate } from '../slicer/use-coordinate'
import { columnCount, rowCount } from '../table/slice-state'
import { COLOR_MAPS } from '../ui/color-maps'
import { exportFigure } from './export-figure'
import { fieldFacts, type FieldFacts } from './field'
import { heatmapFigure } from './heatmap-figure'
import { type Plane, useHeatmapReading } from './heatmap-reading'
import { heatmapCsv, heatmapNotes, heatmapPoint, heatmapText } from './heatmap-words'
import { distinctValues, type Palette } from './paint'
import { fixedColors } from './fixed-colors'
import { type FigureSize, USUAL_SIZE } from './frame-layout'
import { PlotFrame, type FramePoint } from './plot-frame'
import { dimName, type PlotSource } from './plot-source'
import { PlotStage } from './plot-stage'
import { usePlotTheme } from './plot-theme'
import { type FigureHandle, PlotlyFigure } from './plotly-figure'
import type { PositionAxis } from './position-axis'
import { RangeControls } from './range-controls'
import { partOf, partOfReversed, relayoutSpans } from './relayout'
import { useRange } from './use-range'
import { useZoom, type ZoomView } from './use-zoom'
import { type Span, wholeSpan } from './window'

const MOST_CATEGORIES = 24
const NO_VALUES = new Float64Array()
const CONFIG = { scrollZoom: true, doubleClick: false } as const

/** The plane that the slice's rows and columns span, as colours. */
export function HeatmapContainer({ source }: { source: PlotSource }) {
  const { slice, state } = source
  const [size, setSize] = useState(USUAL_SIZE)
  const [rowCounts, columnCounts] = [rowCount(slice), columnCount(slice)]
  const zoom = useZoom(state, axesText(source), {
    x: { outer: wholeSpan(columnCounts), least: Math.min(2, columnCounts) },
    y: { outer: wholeSpan(rowCounts), least: Math.min(2, rowCounts) },
  })
  const view = useMemo(() => ({ rows: zoom.y ?? wholeSpan(1), columns: zoom.x }), [zoom])
  const { plane, reading } = useHeatmapReading(source, view, size)
  const facts = useMemo(() => (plane ? fieldFacts(plane.field) : null), [plane])
  const figure = useRef<FigureHandle>(null)
  const axes = usePlaneAxes(source, plane)
  const range = useRange(state, plane?.measure ?? source.measure, {
    values: plane?.field.values ?? NO_VALUES,
    base: plane?.field.base ?? 0n,
    all: useAllRange(facts),
    forColors: true,
  })
  const isCategorical = COLOR_MAPS[state.colorMap].group === 'categorical'
  const distinct = useMemo(
    () => (isCategorical && plane ? distinctValues(plane.field.values, MOST_CATEGORIES) : null),
    [isCategorical, plane],
  )
  return (
    <PlotStage
      what="Reading the values"
      reading={reading}
      controls={
        <RangeControls
          {...{ source, range }}
          base={plane?.field.base ?? 0n}
          hasValues={(facts?.values ?? 0) > 0}
        />
      }
      notes={
        plane && facts
          ? [
              ...heatmapNotes(plane, facts, reading.status === 'done' ? state.effort : null),
              ...(distinct?.more
                ? [`More than ${MOST_CATEGORIES} distinct values: the others have no colour of their own.`]
                : []),
            ]
          : []
      }
      onFiner={
        plane?.overview.isCoarse && reading.status === 'done'
          ? () => state.set({ effort: state.effort + 1 })
          : null
      }
      onZoom={zoom.zoomBy}
      onReset={zoom.isZoomed ? zoom.reset : null}
      onExport={(format) => {
        if (!plane || !axes) return
        const rows = () => heatmapCsv(plane, axes)
        void exportFigure(format, { node: source.node, what: 'heatmap', figure: figure.current, rows })
      }}
      figure={
        plane && facts && axes ? (
          <HeatmapView
            {...{ source, plane, facts, axes, range, view, zoom, size, figure }}
            categories={distinct?.values ?? []}
            onSize={setSize}
          />
        ) : null
      }
    />
  )
}

interface ViewProps {
  source: PlotSource
  plane: Plane
  facts: FieldFacts
  axes: { rows: PositionAxis; columns: PositionAxis }
  range: ReturnType<typeof useRange>
  categories: readonly number[]
  view: { rows: Span; columns: Span }
  zoom: ZoomView
  size: FigureSize
  onSize: (size: FigureSize) => void
  figure: React.RefObject<FigureHandle | null>
}

function HeatmapView(props: ViewProps) {
  const { source, plane, facts, axes, range, categories, view, zoom, size, onSize, figure } = props
  const { state, valueTitle, meaning, node } = source
  const { colorMap, reversed, nanColor, flipped, fillMissing } = state
  const theme = usePlotTheme()
  const drawing = useMemo(() => {
    const palette: Palette = {
      colorMap,
      reversed,
      scale: range.scale,
      range: range.range,
      categories,
      ...fixedColors(theme, nanColor),
    }
    return { ...plane, ...axes, palette, view, flipped, fillMissing, valueTitle, meaning }
  }, [
    plane,
    axes,
    view,
    colorMap,
    reversed,
    range,
    categories,
    theme,
    nanColor,
    flipped,
    fillMissing,
    valueTitle,
    meaning,
  ])
  const { data, layout, area } = useMemo(() => heatmapFigure(drawing, size), [drawing, size])
  const rowAt = (y: number): number => partOf(view.rows, { from: flipped ? 1 - y : y, to: 1 }).from
  const columnAt = (x: number): number => partOf(view.columns, { from: x, to: 1 }).from
  const readout = ({ x, y }: FramePoint): string =>
    heatmapPoint(plane, axes, Math.round(rowAt(y)), Math.round(columnAt(x)))
  return (
    <PlotFrame
      label={`Heatmap, arrow keys read values`}
      area={area}
      readout={readout}
      step={{
        x: 1 / (view.columns.to - view.columns.from),
        y: 1 / (view.rows.to - view.rows.from),
      }}
      onZoom={({ x, y }) =>
        zoom.show(partOf(view.columns, x), (flipped ? partOfReversed : partOf)(view.rows, y))
      }
      onReset={zoom.reset}
    >
      <PlotlyFigure
        handle={figure}
        label={`Heatmap of /${node.path}`}
        description={heatmapText(plane, axes, facts)}
        data={data}
        layout={layout}
        config={CONFIG}
        onSize={onSize}
        onDoubleClick={zoom.reset}
        onRelayout={(change) => {
          const { x, y } = relayoutSpans(change)
          if (x || y) zoom.show(x ?? view.columns, y ?? view.rows)
        }}
      />
    </PlotFrame>
  )
}

/** Names and coordinates of the plane's own dimensions, which stay while another slice is being read. */
function usePlaneAxes(
  { store, node, array, slice }: PlotSource,
  plane: Plane | null,
): ViewProps['axes'] | null {
  const shown = plane?.slice ?? slice
  const rowCoordinate = useCoordinate(store, node, shown.row)
  const columnCoordinate = useCoordinate(store, node, shown.column)
  return useMemo(() => {
    const rowDim = shown.row === null ? undefined : shown.dims[shown.row]
    const columnDim = shown.column === null ? undefined : shown.dims[shown.column]
    if (shown.row === null || shown.column === null || !rowDim || !columnDim) return null
    return {
      rows: { dim: rowDim, name: dimName(array, shown.row), coordinate: rowCoordinate },
      columns: { dim: columnDim, name: dimName(array, shown.column), coordinate: columnCoordinate },
    }
  }, [array, shown, rowCoordinate, columnCoordinate])
}

function useAllRange(facts: FieldFacts | null) {
  const { min = null, max = null } = facts ?? {}
  return useMemo(() => (min === null || max === null ? null : { min, max }), [min, max])
}

/** Another plane has another zoom. */
function axesText({ slice }: PlotSource): string {
  const along = (axis: number | null): string =>
    axis === null ? '-' : `${axis}:${JSON.stringify(slice.dims[axis])}`
  return `heatmap ${along(slice.row)} ${along(slice.column)}`
}
