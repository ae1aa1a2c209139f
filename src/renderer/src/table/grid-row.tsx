import type { VirtualItem } from '@tanstack/react-virtual'
import { memo, type ReactNode } from 'react'
import type { CellView, HeaderView } from './cell-view'
import { HeaderText } from './grid-header'
import { readSpans } from './ranges'
import classes from './grid.module.css'

interface Props {
  id: string
  /** True index of the row. */
  row: number
  top: number
  width: number
  headWidth: number
  header: HeaderView
  columnBase: number
  columns: VirtualItem[]
  /** Column of the focused cell, -1 when the focus is elsewhere. */
  focused: number
  /** Selected columns; see `spansOf`. */
  selected: string
  leftAligned: (column: number) => boolean
  /** Changes when any cell of the row may look different. */
  version: string
  /** Another function when all cells may look different. */
  cell: (row: number, column: number) => CellView
  /** The editor of the focused cell, where this is its row. */
  editor: ReactNode
}

/** One row of cells; memoised so that only rows that came in or changed are drawn. */
export const GridRow = memo(
  function GridRow(props: Props) {
    const {
      id,
      row,
      top,
      width,
      headWidth,
      header,
      columnBase,
      columns,
      focused,
      leftAligned,
      cell,
      editor,
    } = props
    const spans = readSpans(props.selected)
    const isOn = (column: number): boolean => spans.some(([from, to]) => column >= from && column <= to)
    return (
      <div
        role="row"
        aria-rowindex={row + 1}
        className={classes['row']}
        style={{ transform: `translateY(${top}px)`, width }}
        data-editing={editor !== null || undefined}
      >
        <div
          role="rowheader"
          className={classes['rowHead']}
          style={{ width: headWidth }}
          title={header.label}
          data-row={row}
          data-on={focused >= 0 || spans.length > 0 || undefined}
        >
          <HeaderText header={header} />
        </div>
        {columns.map((item) => {
          const column = columnBase + item.index
          const view = cell(row, column)
          const isFocused = column === focused
          return (
            <div
              key={item.index}
              id={isFocused ? `${id}-focus` : undefined}
              role="gridcell"
              aria-rowindex={row + 1}
              aria-colindex={column + 1}
              aria-selected={isOn(column)}
              aria-description={view.description}
              title={view.title}
              className={classes['cell']}
              style={{
                left: item.start,
                width: item.size,
                background: view.background,
                color: view.color,
              }}
              data-align={leftAligned(column) ? 'left' : undefined}
              data-state={view.state === 'stored' ? undefined : view.state}
              data-nan={view.nan || undefined}
              data-masked={view.masked || undefined}
              data-painted={view.background !== undefined || undefined}
              data-selected={isOn(column) || undefined}
              data-focused={isFocused || undefined}
              data-editing={(isFocused && editor !== null) || undefined}
            >
              {isFocused && editor !== null ? editor : view.text}
            </div>
          )
        })}
      </div>
    )
  },
  (before, now) =>
    (Object.keys(now) as (keyof Props)[]).every((key) =>
      key === 'header' ? sameHeader(before.header, now.header) : before[key] === now[key],
    ),
)

const sameHeader = (a: HeaderView, b: HeaderView): boolean => a.index === b.index && a.label === b.label
