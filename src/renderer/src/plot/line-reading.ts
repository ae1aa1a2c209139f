import { useDebouncedValue } from '@mantine/hooks'
import { itemSize } from '@shared/dtype/itemsize'
import type { LineBins, Overview, Unreadable } from '@shared/model/plots'
import { product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import { useMemo, useState } from 'react'
import { useRequests } from '../rpc/use-requests'
import { indexAt } from '../table/slice-state'
import { binSeries, type LineSeries, pointSeries } from './line-series'
import type { PlotSource } from './plot-source'
import type { Reading } from './plot-stage'
import { positionsIn, type Span } from './window'

/** Up to so many items a line is drawn point by point. */
const MOST_POINTS = 4096
/** Items and decoded bytes that are read for bins without being asked to. */
const MOST_ITEMS = 2 ** 28
const MOST_BYTES = 4 * 2 ** 30
const BUDGET_BYTES = 512 * 2 ** 20

/** A line to read: the array index in every other dimension. */
export interface LinePlace {
  name: string
  fixed: readonly number[]
}

export interface LinesRead {
  places: readonly LinePlace[]
  series: LineSeries[]
  /** The slice of the dimension that the lines run along. */
  dim: DimSlice
  isCoarse: boolean
  unreadable: Unreadable | null
  measure: PlotSource['measure']
}

/** Reads lines along a dimension: as points where there are few, in bins or at evenly spaced places where there are many. */
export function useLineReading(
  source: PlotSource,
  along: number,
  places: readonly LinePlace[],
  view: Span,
  pixels: number,
): { lines: LinesRead | null; reading: Reading } {
  const { store, node, slice, measure, state } = source
  const [rested] = useDebouncedValue(view, 120)
  const dim = slice.dims[along] ?? { start: 0, step: 1, count: 0 }
  const part = positionsIn(rested, dim.count)
  const shown: DimSlice = { start: indexAt(dim, part.start), step: dim.step, count: part.count }
  const how = part.count <= MOST_POINTS ? 'points' : isTooMuch(source, along, shown) ? 'spaced' : 'bins'
  const inputs = places.map(({ fixed }) => ({
    store,
    path: node.path,
    dims: slice.dims.map((_, d): DimSlice =>
      d === along ? shown : { start: fixed[d] ?? 0, step: 1, count: 1, drop: true },
    ),
  }))
  const { field } = measure.value
  const job = { job: `Plot of /${node.path}` }
  const overviews = useRequests(
    'array.overview',
    how === 'bins'
      ? []
      : inputs.map((input) => ({
          ...input,
          most: input.dims.map((_, d) => (d === along ? MOST_POINTS : 1)),
          ...(field === undefined ? {} : { field }),
          budgetBytes: BUDGET_BYTES * 8 ** state.effort,
        })),
    job,
  )
  const bins = Math.min(4096, Math.max(256, Math.ceil(pixels / 128) * 128))
  const binned = useRequests(
    'array.line',
    how === 'bins' ? inputs.map((input) => ({ ...input, bins, ...defined(measure.value) })) : [],
    job,
  )
  const handle = how === 'bins' ? binned : overviews
  const answers = (how === 'bins' ? binned.snapshots : overviews.snapshots).map(
    ({ data, progress }) => data ?? (progress && 'coarse' in progress ? progress.coarse : undefined),
  )
  const isComplete = answers.length > 0 && answers.every((answer) => answer !== undefined)
  const [kept, setKept] = useState<Kept | null>(null)
  const isNew =
    isComplete &&
    (kept?.measure !== measure ||
      kept.answers.length !== answers.length ||
      answers.some((answer, i) => answer !== kept.answers[i]) ||
      kept.places.some(({ name }, i) => name !== places[i]?.name))
  if (isNew) setKept({ answers, places, along, dim, start: part.start, measure })
  const lines = useMemo(() => (kept ? linesOf(kept) : null), [kept])
  return { lines, reading: readingOf(handle) }
}

interface Kept {
  answers: (Overview | LineBins)[]
  places: readonly LinePlace[]
  along: number
  dim: DimSlice
  /** Position of the first bin. */
  start: number
  measure: PlotSource['measure']
}

function linesOf({ answers, places, along, dim, start, measure }: Kept): LinesRead {
  const series = answers.map((answer) =>
    'binSize' in answer ? binSeries(answer, start) : pointSeries(answer, along, dim, measure),
  )
  return {
    places,
    series,
    dim,
    measure,
    isCoarse: answers.some((answer) => 'isCoarse' in answer && answer.isCoarse),
    unreadable: answers.find((answer) => answer.unreadable !== null)?.unreadable ?? null,
  }
}

/** Reading every item would decode more than a person waits for without having asked for it. */
function isTooMuch({ array, state }: PlotSource, along: number, { count, step }: DimSlice): boolean {
  const chunk = array.chunks[along] ?? 1
  const chunks = Math.min(count, Math.ceil((count * Math.abs(step)) / chunk))
  const chunkBytes = product(array.chunks) * (array.dtype ? (itemSize(array.dtype) ?? 1) : 1)
  const more = 8 ** state.effort
  return count > MOST_ITEMS * more || chunks * chunkBytes > MOST_BYTES * more
}

interface Handle {
  snapshots: readonly {
    status: Reading['status']
    error: unknown
    progress: { done: number; total: number } | undefined
  }[]
  retry: () => void
  cancel: () => void
}

/** One state for several questions: the worst of theirs. */
function readingOf({ snapshots, retry, cancel }: Handle): Reading {
  const one = (status: Reading['status']) => snapshots.find((s) => s.status === status)
  const worst = one('error') ?? one('cancelled') ?? one('loading') ?? snapshots[0]
  const shares = snapshots.map(({ status, progress }) =>
    status === 'done' ? 1 : progress && progress.total > 0 ? progress.done / progress.total : 0,
  )
  return {
    status: worst?.status ?? 'loading',
    error: worst?.error,
    share: shares.length === 0 ? null : shares.reduce((a, b) => a + b, 0) / shares.length,
    retry,
    cancel,
  }
}

/** Without members that are undefined, which the contract does not take. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
