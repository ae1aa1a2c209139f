import { readNumbers, type Numbers } from '@shared/dtype/numbers'
import type { Overview } from '@shared/model/plots'
import { ITEM_STATES } from '@shared/model/plots'
import type { SliceState } from '../table/slice-state'
import { baseOf, type Measure } from './measure'

/** Where the items of one dimension of an overview lie along the slice's own dimension. */
export interface Run {
  /** Position of the first in the slice, and from one to the next. */
  start: number
  every: number
  count: number
}

/** A plane of an overview as numbers to be drawn. */
export interface Field {
  rows: Run
  columns: Run
  rowStride: number
  columnStride: number
  numbers: Numbers
  /** Places of `numbers` by the measure. */
  values: Float64Array
  states: Uint8Array
  base: bigint
}

const MISSING = ITEM_STATES.indexOf('missing')
const ERROR = ITEM_STATES.indexOf('error')

/** What an overview of a slice shows in the slice's rows and columns. */
export function fieldOf(overview: Overview, slice: SliceState, measure: Measure): Field {
  const run = (axis: number | null): Run => {
    const own = axis === null ? undefined : overview.dims[axis]
    const dim = axis === null ? undefined : slice.dims[axis]
    if (!own || !dim) return { start: 0, every: 1, count: 1 }
    return {
      // Never -0.
      start: (own.start - dim.start) / dim.step + 0,
      every: own.step / dim.step,
      count: own.count,
    }
  }
  const [rows, columns] = [run(slice.row), run(slice.column)]
  const rowFirst = slice.row === null || slice.column === null || slice.row < slice.column
  const numbers = readNumbers(overview.dtype, overview.data, measure.part)
  const isShown = shownBy(overview.states, measure)
  const base = measure.isWide ? baseOf(isShown, numbers) : 0n
  const places = measure.toPlot(numbers, base)
  const values = overview.states.some((state) => state !== 0)
    ? places.map((value, i) => (isShown(i) ? value : NaN))
    : places
  return {
    rows,
    columns,
    rowStride: rowFirst ? columns.count : 1,
    columnStride: rowFirst ? 1 : rows.count,
    numbers,
    values,
    states: overview.states,
    base,
  }
}

/** Whether an item has a value to show: unreadable ones have none, those of missing chunks where the measure says so. */
export const shownBy =
  (states: Uint8Array, measure: Measure): ((i: number) => boolean) =>
  (i) =>
    states[i] !== ERROR && (states[i] !== MISSING || measure.value.countMissing === true)

/** Number of the item at a position of the slice; undefined where the overview has none. */
export function itemAt(field: Field, row: number, column: number): number | undefined {
  const r = Math.floor((row - field.rows.start) / field.rows.every)
  const c = Math.floor((column - field.columns.start) / field.columns.every)
  const isInside = r >= 0 && r < field.rows.count && c >= 0 && c < field.columns.count
  return isInside ? r * field.rowStride + c * field.columnStride : undefined
}

export interface FieldFacts {
  items: number
  /** Items with a finite value. */
  values: number
  /** NaN, NaT, infinite and masked ones. */
  invalid: number
  missing: number
  unreadable: number
  min: number | null
  max: number | null
}

/** Counts and the range of what is shown. */
export function fieldFacts({ values, states }: Pick<Field, 'values' | 'states'>): FieldFacts {
  const facts: FieldFacts = {
    items: values.length,
    values: 0,
    invalid: 0,
    missing: 0,
    unreadable: 0,
    min: null,
    max: null,
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN
    if (states[i] === MISSING) facts.missing++
    if (states[i] === ERROR) facts.unreadable++
    if (Number.isFinite(value)) {
      facts.values++
      if (facts.min === null || value < facts.min) facts.min = value
      if (facts.max === null || value > facts.max) facts.max = value
    } else if (states[i] !== MISSING && states[i] !== ERROR) facts.invalid++
  }
  return facts
}

/** Values looked at for a quantile of what is shown. */
const MOST_SORTED = 200_000

/** The values between which all but the outermost `q` at each end lie; of many, evenly spaced ones are looked at. */
export function quantileRange(values: Float64Array, q: number): { min: number; max: number } | null {
  const every = Math.max(1, Math.ceil(values.length / MOST_SORTED))
  const kept: number[] = []
  for (let i = 0; i < values.length; i += every) {
    const value = values[i] ?? NaN
    if (Number.isFinite(value)) kept.push(value)
  }
  if (kept.length === 0) return null
  const sorted = Float64Array.from(kept).sort()
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? NaN
  return { min: at(q), max: at(1 - q) }
}
