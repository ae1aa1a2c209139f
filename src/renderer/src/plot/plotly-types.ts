/** The part of plotly.js (its cartesian bundle) that the window uses, as types. Units are those of plotly's reference. */

export type PlotValues = readonly (number | string | null)[] | Float64Array | Float32Array

export interface PlotFont {
  family?: string
  size?: number
  color?: string
}

export interface ColorBar {
  title?: { text: string; side?: 'right' | 'top'; font?: PlotFont }
  tickvals?: readonly number[]
  ticktext?: readonly string[]
  tickfont?: PlotFont
  thickness?: number
  len?: number
  outlinewidth?: number
  ticklen?: number
  tickcolor?: string
}

export interface PlotMarker {
  color?: string | PlotValues | readonly string[]
  size?: number | readonly number[]
  symbol?: string | readonly string[]
  opacity?: number | readonly number[]
  line?: { color?: string | readonly string[]; width?: number | readonly number[] }
  colorscale?: readonly (readonly [number, string])[]
  cmin?: number
  cmax?: number
  showscale?: boolean
  colorbar?: ColorBar
}

interface TraceBase {
  name?: string
  x?: PlotValues
  y?: PlotValues
  showlegend?: boolean
  hoverinfo?: 'none' | 'skip' | 'text' | 'x' | 'y' | 'x+y'
  hovertemplate?: string
  /** One value per point, handed back with events. */
  customdata?: readonly unknown[]
  text?: string | readonly string[]
  opacity?: number
  xaxis?: string
  yaxis?: string
}

export interface ScatterTrace extends TraceBase {
  type: 'scatter'
  mode: 'lines' | 'markers' | 'lines+markers' | 'text' | 'markers+text'
  line?: { color?: string; width?: number; shape?: 'linear' | 'hv'; dash?: 'solid' | 'dot' | 'dash' }
  marker?: PlotMarker
  fill?: 'none' | 'tonexty' | 'toself' | 'tozeroy'
  fillcolor?: string
  connectgaps?: boolean
  textposition?: string
}

export interface BarTrace extends TraceBase {
  type: 'bar'
  width?: PlotValues
  base?: PlotValues
  marker?: PlotMarker
}

export type PlotTrace = ScatterTrace | BarTrace

export interface PlotAxis {
  title?: { text: string; standoff?: number; font?: PlotFont }
  type?: 'linear' | 'log' | 'category'
  range?: readonly [number, number]
  autorange?: boolean | 'reversed'
  tickvals?: readonly number[]
  ticktext?: readonly string[]
  tickformat?: string
  /** Logarithmic axes: "D2" labels 1, 2 and 5 of each decade. */
  dtick?: number | 'D1' | 'D2'
  tickangle?: number
  tickfont?: PlotFont
  color?: string
  gridcolor?: string
  linecolor?: string
  zerolinecolor?: string
  zeroline?: boolean
  showgrid?: boolean
  showline?: boolean
  ticks?: '' | 'outside' | 'inside'
  ticklen?: number
  tickcolor?: string
  automargin?: boolean
  fixedrange?: boolean
  scaleanchor?: string
  scaleratio?: number
  constrain?: 'domain' | 'range'
  exponentformat?: 'none' | 'e' | 'E' | 'power' | 'SI' | 'B'
}

/** A picture on the axes, in their units; `y` is its upper edge. */
export interface PlotImage {
  source: string
  xref: 'x'
  yref: 'y'
  x: number
  y: number
  sizex: number
  sizey: number
  sizing: 'stretch'
  layer: 'below' | 'above'
}

/** A filled stretch of the x axis over the whole height. */
export interface PlotShape {
  type: 'rect'
  xref: 'x'
  yref: 'paper'
  x0: number
  x1: number
  y0: 0
  y1: 1
  fillcolor: string
  line: { width: 0 }
  layer: 'below'
}

export interface PlotLayout {
  width?: number
  height?: number
  margin?: { l?: number; r?: number; t?: number; b?: number }
  title?: { text: string; font?: PlotFont; x?: number }
  font?: PlotFont
  paper_bgcolor?: string
  plot_bgcolor?: string
  hovermode?: 'closest' | 'x' | 'y' | false
  hoverlabel?: { bgcolor?: string; bordercolor?: string; font?: PlotFont }
  dragmode?: 'zoom' | 'pan' | false
  showlegend?: boolean
  legend?: {
    orientation?: 'h' | 'v'
    x?: number
    y?: number
    yanchor?: 'top' | 'bottom'
    font?: PlotFont
    bgcolor?: string
  }
  xaxis?: PlotAxis
  yaxis?: PlotAxis
  images?: readonly PlotImage[]
  shapes?: readonly PlotShape[]
  bargap?: number
  /** The same value as before keeps zoom and hidden series of the person over updates. */
  uirevision?: string | number
}

export interface PlotConfig {
  displayModeBar?: boolean
  displaylogo?: boolean
  responsive?: boolean
  scrollZoom?: boolean
  showTips?: boolean
  doubleClick?: false | 'reset' | 'autosize' | 'reset+autosize'
  showAxisRangeEntryBoxes?: boolean
}

export interface PlotPoint {
  x: number | string
  y: number | string
  curveNumber: number
  pointNumber: number
  customdata?: unknown
}

/** What events of plotly bring along. */
export interface PlotEvents {
  plotly_hover: { points: readonly PlotPoint[]; event: MouseEvent }
  plotly_unhover: undefined
  plotly_click: { points: readonly PlotPoint[]; event: MouseEvent }
  /** Changed settings by path, such as "xaxis.range[0]". */
  plotly_relayout: Readonly<Record<string, unknown>>
  plotly_doubleclick: undefined
}

/** The element that plotly drew in. */
export interface PlotElement extends HTMLElement {
  on: <E extends keyof PlotEvents>(event: E, listener: (data: PlotEvents[E]) => void) => void
}

export interface PlotlyLibrary {
  react: (
    element: HTMLElement,
    data: readonly PlotTrace[],
    layout: PlotLayout,
    config: PlotConfig,
  ) => Promise<PlotElement>
  purge: (element: HTMLElement) => void
  /** With `imageDataOnly`: the text of the SVG, or the PNG in base64 without its "data:" prefix. */
  toImage: (
    element: HTMLElement,
    options: {
      format: 'png' | 'svg'
      width: number
      height: number
      scale?: number
      imageDataOnly: true
    },
  ) => Promise<string>
}
