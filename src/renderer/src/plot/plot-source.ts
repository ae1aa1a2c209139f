import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import type { SliceState } from '../table/slice-state'
import type { Measure } from './measure'
import type { PlotState } from './plot-state'

/** What every kind of plot is made from. */
export interface PlotSource {
  store: string
  node: NodeDetail
  array: ArrayDetail
  slice: SliceState
  measure: Measure
  state: PlotState
  /** What the values are called: "2 metre temperature (K)". */
  valueTitle: string
  /** Of an integer, where CF flags give it one. */
  meaning: (value: number) => string | null
}

/** The name of a dimension, or "dim 0" without one. */
export const dimName = (array: Pick<ArrayDetail, 'dimensionNames'>, dim: number): string =>
  array.dimensionNames?.[dim] || `dim ${dim}`
