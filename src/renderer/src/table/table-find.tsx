import type { ArrayDetail } from '@shared/model/node'
import { useMemo } from 'react'
import { regionsOf } from './cell-edits'
import { FindBar } from './find-bar'
import type { RangeRect } from './ranges'
import { wholeSlice } from './slice-state'
import type { TableModel } from './table-model'

interface Props {
  store: string
  path: string
  array: ArrayDetail
  model: TableModel
  rects: readonly RangeRect[]
  from: number[]
  onFound: (indices: readonly number[]) => void
  onClose: () => void
}

/** Find and replace over the slice on screen, the selection, or the whole array. */
export function TableFind({ store, path, array, model, rects, from, onFound, onClose }: Props) {
  const rect = rects.at(-1)
  const cells = rect ? rect.rows * rect.columns : 0
  const regions = useMemo(() => {
    const all = { row: 0, column: 0, rows: model.rows, columns: model.columns }
    return {
      slice: regionsOf(model, [all])[0] ?? [],
      selection: rect && cells > 1 ? (regionsOf(model, [rect])[0] ?? null) : null,
      array: array.shape.length > 2 ? wholeSlice(array.shape) : null,
    }
  }, [model, rect, cells, array])
  return (
    <FindBar
      store={store}
      path={path}
      dtype={model.dtype.spec}
      rank={array.shape.length}
      dimensionNames={array.dimensionNames}
      regions={regions}
      from={from}
      onFound={onFound}
      onClose={onClose}
    />
  )
}
