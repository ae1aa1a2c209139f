import type { VirtualItem } from '@tanstack/react-virtual'
import { memo } from 'react'
import type { CellView } from './cell-view'
import classes from './grid.module.css'

interface Props {
  id: string
  /** True index of the row. */
  row: number
  top: number
  width: number
  headWidth: number
  header: string
  columnBase: number
  columns: VirtualItem[]
  /** Column of the focused cell, -1 when the focus is elsewhere. */
  focused: number
  /** First and last selected column, empty when `selectedTo` is smaller. */
  selectedFrom: number
  selectedTo: number
  leftAligned: boolean
  /** Changes when any cell of the row may look different. */
  version: unknown
  cell: (row: number, column: number) => CellView
}

/** One row of cells; memoised so that scrolling down draws only the rows that come in. */
export const GridRow = memo(function GridRow(props: Props) {
  const { id, row, top, width, headWidth, header, columnBase, columns, focused, leftAligned, cell } = props
  return (
    <div
      role="row"
      aria-rowindex={row + 1}
      className={classes['row']}
      style={{ transform: `translateY(${top}px)`, width }}
    >
      <div
        role="rowheader"
        className={classes['rowHead']}
        style={{ width: headWidth }}
        data-row={row}
        data-on={focused >= 0 || props.selectedTo >= props.selectedFrom || undefined}
      >
        {header}
      </div>
      {columns.map((item) => {
        const column = columnBase + item.index
        const view = cell(row, column)
        return (
          <div
            key={item.index}
            id={column === focused ? `${id}-focus` : undefined}
            role="gridcell"
            aria-rowindex={row + 1}
            aria-colindex={column + 1}
            aria-selected={column >= props.selectedFrom && column <= props.selectedTo}
            aria-description={view.description}
            title={view.title}
            className={classes['cell']}
            style={{ left: item.start, width: item.size, background: view.background }}
            data-align={leftAligned ? 'left' : undefined}
            data-state={view.state === 'stored' ? undefined : view.state}
            data-nan={view.nan || undefined}
            data-selected={(column >= props.selectedFrom && column <= props.selectedTo) || undefined}
            data-focused={column === focused || undefined}
          >
            {view.text}
          </div>
        )
      })}
    </div>
  )
})
