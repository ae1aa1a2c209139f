import type { Exact, Histogram } from '@shared/model/plots'
import type { DimSlice } from '@shared/selection/selection'
import { useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { wholeSlice } from '../table/slice-state'
import type { Measure } from './measure'
import { defined } from './line-reading'
import type { PlotSource } from './plot-source'
import type { Reading } from './plot-stage'
import { AUTO_RANGES } from './plot-state'

/** What the person reads beside the bars, and what automatic ranges are taken from. */
export const QUANTILES = [0.01, 0.02, 0.05, 0.25, 0.5, 0.75, 0.95, 0.98, 0.99]

export interface CountsRead {
  histogram: Histogram
  measure: Measure
}

/** Counts the values of the slice, or of the whole array, in bins over the wanted range. */
export function useHistogramReading({ store, node, array, slice, measure, state }: PlotSource): {
  counts: CountsRead | null
  reading: Reading
  problem: string | null
} {
  const dims =
    state.over === 'array'
      ? wholeSlice(array.shape)
      : slice.dims.map((dim, d): DimSlice =>
          d === slice.row || d === slice.column
            ? dim
            : { start: slice.fixed[d] ?? dim.start, step: 1, count: 1, drop: true },
        )
  const question = {
    store,
    path: node.path,
    dims,
    bins: state.bins,
    quantiles: QUANTILES,
    ...(state.logBins ? { log: true } : {}),
    ...defined(measure.value),
  }
  const job = { job: `Histogram of /${node.path}` }
  const whole = useRequest('array.histogram', question, job)
  const { range, problem } = wantedRange(state, measure, whole.data)
  const part = useRequest(
    'array.histogram',
    range ? { ...question, range: { min: String(range.min), max: String(range.max) } } : null,
    job,
  )
  const request = range ? part : whole
  const [kept, setKept] = useState<CountsRead | null>(null)
  const { data } = request
  if (data && (kept?.histogram !== data || kept.measure !== measure)) setKept({ histogram: data, measure })
  const waiting = whole.status === 'done' ? request : whole
  const { status, error, progress, retry, cancel } = waiting
  const share = progress && progress.total > 0 ? progress.done / progress.total : null
  return { counts: kept, reading: { status, error, share, retry, cancel }, problem }
}

/** The range for the bins, where it is not that of all values. */
function wantedRange(
  state: PlotSource['state'],
  measure: Measure,
  whole: Histogram | undefined,
): { range: { min: Exact; max: Exact } | null; problem: string | null } {
  if (!whole || whole.min === null || whole.max === null) return { range: null, problem: null }
  const typed = (text: string): Exact | null | undefined =>
    text.trim() === '' ? undefined : measure.exact(text)
  const [min, max] = [typed(state.min), typed(state.max)]
  if (min === null) return { range: null, problem: 'The minimum is no number of this data type.' }
  if (max === null) return { range: null, problem: 'The maximum is no number of this data type.' }
  const q = AUTO_RANGES[state.auto]
  const quantile = (share: number): Exact | undefined =>
    whole.quantiles.find((one) => Math.abs(one.q - share) < 1e-9)?.value
  const low = min ?? (q === 0 ? whole.min : (quantile(q) ?? whole.min))
  const high = max ?? (q === 0 ? whole.max : (quantile(1 - q) ?? whole.max))
  if (min === undefined && max === undefined && q === 0) return { range: null, problem: null }
  // A packed scale may be negative, and turns smallest and largest round.
  const ends = low <= high ? { min: low, max: high } : { min: high, max: low }
  if (measure.place(low, 0n) > measure.place(high, 0n))
    return { range: null, problem: 'The minimum is above the maximum.' }
  if (state.logBins && Number(ends.min) <= 0)
    return { range: null, problem: 'Logarithmic bins need a minimum above 0.' }
  return { range: ends, problem: null }
}
