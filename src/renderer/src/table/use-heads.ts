import type { NodeDetail } from '@shared/model/node'
import { useMemo } from 'react'
import { useCoordinate } from '../slicer/use-coordinate'
import type { HeaderView } from './cell-view'
import type { Heads } from './copy-form'
import { indexAt } from './slice-state'
import type { TableModel } from './table-model'

export interface TableHeads {
  row: (row: number) => HeaderView
  column: (column: number) => HeaderView
  corner: string
  /** Pixels. */
  rowWidth: number
  height: number
  /** For copying. */
  texts: Heads
}

const CHARACTER = 7.3
const LABEL_CHARACTERS = 20

/** Heads of rows and columns: indices of the array, fields of records, and coordinates where the store has them. */
export function useHeads(store: string, node: NodeDetail, model: TableModel): TableHeads {
  const { slice, fields } = model
  const down = useCoordinate(store, node, slice.row)
  const across = useCoordinate(store, node, slice.column)
  const names = node.array?.dimensionNames ?? null
  return useMemo(() => {
    const rowDim = slice.row === null ? null : (slice.dims[slice.row] ?? null)
    const columnDim = slice.column === null ? null : (slice.dims[slice.column] ?? null)
    const nameOf = (dim: number): string => names?.[dim] ?? `dim ${dim}`
    const row = (n: number): HeaderView => {
      const index = rowDim ? indexAt(rowDim, n) : 0
      return { index: rowDim ? String(index) : '', label: down?.label(index) ?? undefined }
    }
    const column = (n: number): HeaderView => {
      if (fields) return { index: fields[n]?.name ?? '', label: fields[n]?.type.name }
      if (!columnDim) return { index: 'value' }
      const index = indexAt(columnDim, n)
      return { index: String(index), label: across?.label(index) ?? undefined }
    }
    const corner = [
      slice.row === null ? '' : `${nameOf(slice.row)} ↓`,
      slice.column === null ? '' : `${nameOf(slice.column)} →`,
    ]
      .filter(Boolean)
      .join(' ')
    const last = rowDim ? Math.max(rowDim.start, indexAt(rowDim, Math.max(0, rowDim.count - 1))) : 0
    const sample = rowDim ? [0, 1, Math.floor(rowDim.count / 2), rowDim.count - 1] : []
    const label = Math.max(0, ...sample.map((n) => row(n).label?.length ?? 0))
    const labelWidth = label === 0 ? 0 : Math.min(LABEL_CHARACTERS, label) * CHARACTER + 8
    const text = ({ index, label: said }: HeaderView): string => said ?? index
    return {
      row,
      column,
      corner,
      rowWidth: Math.max(
        64,
        String(last).length * 7.5 + 20 + labelWidth,
        Math.min(220, corner.length * 7.2 + 18),
      ),
      height: (fields ?? across) ? 42 : 26,
      texts: { row: (n) => text(row(n)), column: (n) => (fields ? column(n).index : text(column(n))) },
    }
  }, [slice, fields, down, across, names])
}
