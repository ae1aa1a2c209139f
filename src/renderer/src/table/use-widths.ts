import { useCallback, useEffect } from 'react'
import { isLeftAligned, typicalWidth } from './cell-text'
import type { CellView } from './cell-view'
import { type TableModel, typeOf } from './table-model'
import type { TableState } from './table-store'
import type { Rect } from './tile'
import type { TableHeads } from './use-heads'

const CHARACTER = 7.25
const PADDING = 18
const NARROWEST = 44
const WIDEST = 420

export interface Widths {
  of: (column: number) => number
  /** Gives a column the width of what is on screen. */
  fit: (column: number) => void
}

interface Options {
  table: Pick<TableState, 'widths' | 'grown' | 'setWidth' | 'growTo'>
  model: TableModel
  cell: (row: number, column: number) => CellView
  heads: TableHeads
  /** Another object whenever cells have arrived. */
  stamp: unknown
  /** What is on screen. */
  visible: () => Rect | null
}

/** Widths of columns: set by hand, else as the first cells of the column that come on screen need it. */
export function useWidths({ table, model, cell, heads, stamp, visible }: Options): Widths {
  const { widths, grown, setWidth, growTo } = table

  /** Null while cells are on their way. */
  const needed = useCallback(
    (column: number, { row, rows }: Rect): number | null => {
      const head = heads.column(column)
      let characters = Math.max(head.index.length, head.label?.length ?? 0)
      for (let r = row; r < Math.min(row + rows, model.rows); r++) {
        const view = cell(r, column)
        if (view.state === 'loading') return null
        characters = Math.max(characters, view.text.length)
      }
      return Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, characters * CHARACTER + PADDING)))
    },
    [cell, heads, model],
  )
  useEffect(() => {
    const rect = visible()
    if (!rect) return
    const found = new Map<number, number>()
    for (let column = rect.column; column < Math.min(rect.column + rect.columns, model.columns); column++) {
      const width = grown.has(column) || widths.has(column) ? null : needed(column, rect)
      if (width === null) continue
      const dtype = typeOf(model, column)
      found.set(column, isLeftAligned(dtype) ? width : Math.max(width, typicalWidth(dtype)))
    }
    if (found.size > 0) growTo(found)
  }, [stamp, visible, needed, model, widths, grown, growTo])

  const of = useCallback(
    (column: number) => widths.get(column) ?? grown.get(column) ?? typicalWidth(typeOf(model, column)),
    [widths, grown, model],
  )
  const fit = (column: number): void => {
    const rect = visible()
    const width = rect && needed(column, rect)
    if (width) setWidth(column, width)
  }
  return { of, fit }
}
