import type { ComplexPart, Numbers } from '../dtype/numbers'
import type { DataTypeSpec } from '../dtype/spec'
import type { DimSlice } from '../selection/selection'

/** A number as exact as its data type: a bigint for 64-bit integers and times (ticks), a double for everything else. */
export type Exact = number | bigint

/** What of an item is plotted. */
export interface PlotValue {
  /** Field of a record. */
  field?: string | undefined
  /** Part of a complex number; the magnitude when absent. */
  part?: ComplexPart | undefined
  /** Values that stand for "no value" (such as CF's `_FillValue`), as the data type prints them. */
  masked?: string[] | undefined
  /** Items of missing chunks count as the fill value; they are left out and counted apart when absent. */
  countMissing?: boolean | undefined
}

/** Where each item of an overview comes from. */
export const ITEM_STATES = ['stored', 'missing', 'error', 'edited'] as const

/** A slice seen from afar: evenly spaced items of it, each exactly as it is stored. */
export interface Overview {
  /** What was read: the asked slice with steps that may be multiples of the asked ones. */
  dims: DimSlice[]
  /** Without dropped dimensions. */
  shape: number[]
  /** Of the items: a field's where one was asked for. */
  dtype: DataTypeSpec
  /** Canonical items in C order. */
  data: Uint8Array
  /** Index into ITEM_STATES per item. */
  states: Uint8Array
  unreadable: Unreadable | null
  /** A finer reading of this slice was left out, because it would decode more than the budget. */
  isCoarse: boolean
}

/** Chunks that could not be read. */
export interface Unreadable {
  chunks: number
  /** What the first one said: one sentence. */
  message: string
}

/** What became of the items that were looked at. */
export interface Tally {
  /** All of them. */
  items: number
  /** Those that are finite numbers and count. */
  values: number
  /** NaN or NaT. */
  nans: number
  infinite: number
  masked: number
  /** In missing chunks, whether they count or not. */
  missing: number
  /** In chunks that cannot be read. */
  unreadable: number
}

/** A long line in bins of `binSize` items each (the last may have fewer), so that no spike is lost. */
export interface LineBins {
  binSize: number
  dtype: DataTypeSpec
  min: Numbers
  max: Numbers
  /** Mean minus `min`. */
  meanAbove: Float64Array
  /** Finite numbers in each bin; where 0, the others mean nothing. */
  values: Float64Array
  /** Items of missing chunks in each bin. */
  missing: Float64Array
  unreadableItems: Float64Array
  tally: Tally
  unreadable: Unreadable | null
}

export interface Quantile {
  q: number
  /** The smallest value that at least `q` of all values do not exceed. */
  value: Exact
}

export interface Histogram {
  /** Bins are half open, [edge, next edge), the last one closed unless edges are whole numbers; one more than counts. */
  edges: Exact[]
  counts: Float64Array
  /** Values outside of the edges. */
  below: number
  above: number
  min: Exact | null
  max: Exact | null
  quantiles: Quantile[]
  tally: Tally
  /** Items of the slice where only evenly spread chunks of it were looked at; null where all were. */
  sampledFrom: number | null
  dtype: DataTypeSpec
  unreadable: Unreadable | null
}

export interface WorkDone {
  done: number
  total: number
}
