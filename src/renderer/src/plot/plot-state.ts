import type { ComplexPart } from '@shared/dtype/numbers'
import { perNode } from '../state/per-node'
import type { ColorMapName } from '../ui/color-maps'
import type { ScaleKind } from './scale'
import type { Span } from './window'

export type PlotKind = 'line' | 'heatmap' | 'histogram'

/** How the range of values is chosen where no bound was typed: from all values, or without the outermost per cent. */
export const AUTO_RANGES = { all: 0, q1: 0.01, q2: 0.02, q5: 0.05 } as const
export type AutoRange = keyof typeof AUTO_RANGES

export const NAN_COLORS = ['background', 'grey', 'black', 'white', 'red'] as const
export type NanColor = (typeof NAN_COLORS)[number]

/** A part of a plot; null shows all along that axis. */
export interface Zoom {
  /** What it was made for, such as axes and slice: it means nothing for another plot. */
  of: string
  x: Span | null
  y: Span | null
}

export interface PlotState {
  /** Null until chosen: then what fits the array. */
  kind: PlotKind | null
  /** Field of a record; null takes the first that can be plotted. */
  field: string | null
  part: ComplexPart
  /** Values decoded by the CF attributes. */
  decode: boolean
  scale: ScaleKind
  auto: AutoRange
  /** As typed; empty is automatic. */
  min: string
  max: string
  colorMap: ColorMapName
  reversed: boolean
  /** The middle of a diverging map stands at 0. */
  centred: boolean
  nanColor: NanColor
  /** Items of missing chunks are shown as the fill value. */
  fillMissing: boolean
  /** The first row is at the bottom. */
  flipped: boolean
  /** Of the line: the dimension it runs along; null takes the last axis of the slice. */
  along: number | null
  /** Of the line: more of them, at other indices of one more dimension. */
  compare: { dim: number; indices: string } | null
  marks: 'lines' | 'points' | 'both'
  /** Of the histogram. */
  bins: number
  over: 'slice' | 'array'
  logBins: boolean
  logCounts: boolean
  /** How much more than usual may be decoded for an overview: each step is 8 times the one before. */
  effort: number
  /** What is zoomed into. */
  zoom: Zoom | null
  set: (change: Partial<Omit<PlotState, 'set'>>) => void
}

/** What the Plot view of an array remembers while its store is open. */
export const plotState = perNode<PlotState>((set) => ({
  kind: null,
  field: null,
  part: 'magnitude',
  decode: true,
  scale: 'linear',
  auto: 'all',
  min: '',
  max: '',
  colorMap: 'viridis',
  reversed: false,
  centred: true,
  nanColor: 'grey',
  fillMissing: false,
  flipped: false,
  along: null,
  compare: null,
  marks: 'lines',
  bins: 100,
  over: 'slice',
  logBins: false,
  logCounts: false,
  effort: 0,
  zoom: null,
  set: (change) => set(change),
}))
