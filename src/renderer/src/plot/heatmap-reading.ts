import { useDebouncedValue } from '@mantine/hooks'
import type { Overview } from '@shared/model/plots'
import { useMemo, useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { columnCount, rectangle, rowCount, type SliceState } from '../table/slice-state'
import { type Field, fieldOf } from './field'
import type { Measure } from './measure'
import type { PlotSource } from './plot-source'
import type { Reading } from './plot-stage'
import type { FigureSize } from './frame-layout'
import { positionsIn, type Span } from './window'

/** What is drawn: what was read last, with the slice and measure that it was read for. */
export interface Plane {
  overview: Overview
  slice: SliceState
  measure: Measure
  field: Field
}

/** Bytes decoded for a picture, unless the person asks for more. */
export const BUDGET_BYTES = 512 * 2 ** 20
const MOST_SIDE = 2048
/** Sizes are rounded up to this many pixels, so that a window that is resized does not read again and again. */
const SIZE_STEP = 128

/** Reads as many items of the plane as there are pixels, coarse ones first; what was read before stays meanwhile. */
export function useHeatmapReading(
  { store, node, slice, measure, state }: PlotSource,
  view: { rows: Span; columns: Span },
  size: FigureSize,
): { plane: Plane | null; reading: Reading } {
  const [rested] = useDebouncedValue(view, 120)
  const rows = positionsIn(rested.rows, rowCount(slice))
  const columns = positionsIn(rested.columns, columnCount(slice))
  const { dims } = rectangle(slice, rows, columns)
  const pixels = (size: number): number => Math.min(MOST_SIDE, Math.ceil(size / SIZE_STEP) * SIZE_STEP)
  const most = dims.map((_, dim) =>
    dim === slice.row ? pixels(size.height) : dim === slice.column ? pixels(size.width) : 1,
  )
  const { field } = measure.value
  const request = useRequest(
    'array.overview',
    {
      store,
      path: node.path,
      dims,
      most,
      ...(field === undefined ? {} : { field }),
      budgetBytes: BUDGET_BYTES * 8 ** state.effort,
    },
    { job: `Plot of /${node.path}` },
  )
  const latest = request.data ?? request.progress?.coarse
  const [kept, setKept] = useState<Omit<Plane, 'field'> | null>(null)
  const isNew = latest !== undefined && (kept?.overview !== latest || kept.measure !== measure)
  if (isNew) setKept({ overview: latest, slice, measure })
  const plane = useMemo(
    () => (kept ? { ...kept, field: fieldOf(kept.overview, kept.slice, kept.measure) } : null),
    [kept],
  )
  const { status, error, progress, retry, cancel } = request
  const share = progress && progress.total > 0 ? progress.done / progress.total : null
  return { plane, reading: { status, error, share, retry, cancel } }
}
