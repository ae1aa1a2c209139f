import { useEffect } from 'react'
import { publishSelection } from '../state/selection'
import { regionsOf } from './cell-edits'
import { hexBytes } from './cell-text'
import { activeOf, type Range, rangeRect } from './ranges'
import { cellIndices } from './slice-state'
import { cellAt, type TableModel, typeOf } from './table-model'
import type { TileCache } from './tile-cache'

interface Options {
  store: string
  path: string
  model: TableModel
  stamp: { cache: TileCache; version: number }
  range: Range
  others: readonly Range[]
}

/** Tells the inspector of the focused cell and the selected regions, as long as the table is there. */
export function useSelectionReport({ store, path, model, stamp, range, others }: Options): void {
  useEffect(() => {
    if (model.rows === 0 || model.columns === 0) return publishSelection(null)
    const { row, column } = activeOf(range)
    const known = cellAt(model, stamp.cache, row, column)
    const ready = known.kind === 'ready' ? known : null
    const dtype = typeOf(model, column)
    publishSelection({
      store,
      path,
      cell: cellIndices(model.slice, row, model.fields ? 0 : column),
      field: model.fields?.[column]?.name ?? null,
      ranges: regionsOf(model, [...others, range].map(rangeRect)),
      part: ready?.part ?? null,
      dtype: dtype.spec,
      value: ready ? dtype.format(ready.value) : null,
      raw: ready ? hexBytes(ready.bytes) : null,
      bytes: ready?.bytes ?? null,
    })
  }, [model, stamp, range, others, store, path])
  useEffect(() => () => publishSelection(null), [])
}
