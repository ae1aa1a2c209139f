import { shorten } from '../ui/format'
import type { Tick } from './measure'

/** Pixels of a whole figure. */
export interface FigureSize {
  width: number
  height: number
}

/** The rectangle between the axes, in pixels from the figure's left upper corner. */
export interface PlotArea extends FigureSize {
  left: number
  top: number
}

export interface Margins {
  l: number
  r: number
  t: number
  b: number
}

/** Before the figure has been laid out. */
export const USUAL_SIZE: FigureSize = { width: 760, height: 480 }

const CHARACTER = 6.3
const TITLE_CHARACTER = 7.2
const ROW = 42
const COLUMN = 90

/** Room that labels take along a line of text. */
const widthOf = (ticks: readonly Tick[]): number =>
  CHARACTER * ticks.reduce((n, { text }) => Math.max(n, text.length), 0)

/** A title no longer than its axis of so many pixels; plotly would draw the rest outside of the figure. */
export const fittedTitle = (title: string, pixels: number): string =>
  shorten(title, Math.max(6, Math.floor(pixels / TITLE_CHARACTER)))

/** Left: labels of the vertical axis and its title. */
export const leftMargin = (ticks: readonly Tick[]): number => Math.round(Math.min(200, 44 + widthOf(ticks)))

/** Right of a colour bar: the bar, its labels and its title. */
export const barMargin = (ticks: readonly Tick[]): number => Math.round(Math.min(260, 78 + widthOf(ticks)))

export const areaOf = ({ width, height }: FigureSize, { l, r, t, b }: Margins): PlotArea => ({
  left: l,
  top: t,
  width: Math.max(1, width - l - r),
  height: Math.max(1, height - t - b),
})

/** Ticks of a vertical axis of so many pixels. */
export const rowTicks = (height: number, ticks: (count: number) => Tick[]): Tick[] =>
  ticks(Math.max(2, height / ROW))

/** Ticks of a horizontal axis: as many as their labels leave room for. */
export function columnTicks(width: number, ticks: (count: number) => Tick[]): Tick[] {
  const first = ticks(Math.max(2, width / COLUMN))
  const wide = widthOf(first) + 24
  return wide <= COLUMN ? first : ticks(Math.max(1, width / wide))
}

/** Ticks as plotly takes them, upright. */
export const tickSettings = (ticks: readonly Tick[]): { tickvals: number[]; ticktext: string[] } => ({
  tickvals: ticks.map((t) => t.at),
  ticktext: ticks.map((t) => t.text),
})
