import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react'
import type { CellView, HeaderView } from './cell-view'
import { GridHeader } from './grid-header'
import { useHit, usePointer } from './grid-pointer'
import { GridRow } from './grid-row'
import { keyTarget } from './grid-keys'
import type { Position } from './movement'
import { activeOf, type Range, rangeRect, spansOf } from './ranges'
import type { Rect } from './tile'
import { Scrollbar } from './scrollbar'
import { useScaledAxis } from './use-scaled-axis'
import classes from './grid.module.css'

const ROW_HEIGHT = 24

export interface GridHandle {
  reveal: (position: Position) => void
  focus: () => void
  /** Lower left corner of the focused cell in the window; null where it is not drawn. */
  activeCorner: () => { x: number; y: number } | null
}

interface Props {
  rows: number
  columns: number
  /** Another function when every cell may look different. */
  cell: (row: number, column: number) => CellView
  /** Changes when cells of a row between two columns may look different. */
  stampOf: (row: number, first: number, last: number) => string
  rowHeader: (row: number) => HeaderView
  columnHeader: (column: number) => HeaderView
  corner: string
  rowHeadWidth: number
  headerHeight: number
  columnWidth: (column: number) => number
  onResize: (column: number, width: number) => void
  onFit: (column: number) => void
  leftAligned: (column: number) => boolean
  range: Range
  others: readonly Range[]
  onRange: (range: Range, how: 'replace' | 'add' | 'change') => void
  /** Where Ctrl and an arrow lead from a cell. */
  onEdge: (from: Position, step: Position) => Position
  onVisible: (rect: Rect) => void
  /** Keys that do not move. */
  onKey: (event: KeyboardEvent) => void
  /** Enter or Tab, wherever it leads: what was typed is meant. */
  onEnter: () => void
  onDoubleClick: () => void
  onMenu: (x: number, y: number) => void
  onPaste: (text: string) => void
  onCopy: () => void
  /** In the place of the focused cell, while it is edited. */
  editor: ReactNode
  /** Asked before a press changes the selection; false where an editor must stay. */
  onLeave: () => boolean
  handle: React.Ref<GridHandle>
}

/** Pixels of the data table: a WAI-ARIA grid that draws only what is visible. Knows nothing of arrays or stores. */
export function GridView(props: Props) {
  const { rows, columns, range, others, onRange, onVisible, rowHeadWidth, headerHeight, columnWidth } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const down = useScaledAxis({
    total: rows,
    horizontal: false,
    scroller,
    padding: headerHeight,
    size: rowSize,
    overscan: 6,
  })
  const across = useScaledAxis({
    total: columns,
    horizontal: true,
    scroller,
    padding: rowHeadWidth,
    size: columnWidth,
    overscan: 2,
  })
  const active = activeOf(range)

  const rowItems = down.virtualizer.getVirtualItems()
  const columnItems = across.virtualizer.getVirtualItems()
  const rowBase = down.axis.base
  const columnBase = across.axis.base
  const firstRow = rowBase + (rowItems[0]?.index ?? 0)
  const lastRow = rowBase + (rowItems.at(-1)?.index ?? -1)
  const firstColumn = columnBase + (columnItems[0]?.index ?? 0)
  const lastColumn = columnBase + (columnItems.at(-1)?.index ?? -1)
  useEffect(() => {
    if (lastRow < firstRow || lastColumn < firstColumn) return
    onVisible({
      row: firstRow,
      column: firstColumn,
      rows: lastRow - firstRow + 1,
      columns: lastColumn - firstColumn + 1,
    })
  }, [onVisible, firstRow, lastRow, firstColumn, lastColumn])

  const reveal = ({ row, column }: Position) => {
    down.reveal(row)
    across.reveal(column)
  }
  useImperativeHandle(props.handle, () => ({
    reveal,
    focus: () => scroller.current?.focus(),
    activeCorner: () => {
      const box = document.getElementById(`${id}-focus`)?.getBoundingClientRect()
      return box ? { x: box.left + 8, y: box.bottom } : null
    },
  }))

  const keyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' || event.key === 'Tab') props.onEnter()
    const next = keyTarget(event, range, { rows, columns, page: down.visible }, props.onEdge)
    if (!next) return props.onKey(event)
    event.preventDefault()
    onRange(next.range, next.how)
    reveal(next.reveal)
  }
  const parts = { scroller, down, across, rowHeadWidth, headerHeight }
  const hit = useHit(parts)
  const pointer = usePointer({ ...parts, hit, rows, columns, range, onRange, onLeave: props.onLeave })

  const all = useMemo(() => [...others, range], [others, range])
  const rects = all.map(rangeRect)
  const width = across.virtualizer.getTotalSize()
  return (
    <div className={classes['frame']}>
      <div
        ref={scroller}
        id={id}
        role="grid"
        aria-label="Data"
        aria-rowcount={rows}
        aria-colcount={columns}
        aria-multiselectable
        aria-activedescendant={rows > 0 && columns > 0 ? `${id}-focus` : undefined}
        tabIndex={0}
        className={classes['scroller']}
        onKeyDown={keyDown}
        onDoubleClick={(event) => {
          if (hit(event.clientX, event.clientY)?.zone === 'cell') props.onDoubleClick()
        }}
        onContextMenu={(event) => {
          if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
          event.preventDefault()
          props.onMenu(event.clientX, event.clientY)
        }}
        onCopy={(event) => {
          if (event.target !== event.currentTarget) return
          event.preventDefault()
          props.onCopy()
        }}
        onPaste={(event) => {
          if (event.target !== event.currentTarget) return
          event.preventDefault()
          props.onPaste(event.clipboardData.getData('text/plain'))
        }}
        {...pointer}
      >
        <div className={classes['canvas']} style={{ width, height: down.virtualizer.getTotalSize() }}>
          <GridHeader
            width={width}
            height={headerHeight}
            corner={props.corner}
            leftAligned={props.leftAligned}
            rowHeadWidth={rowHeadWidth}
            columnBase={columnBase}
            columns={columnItems}
            header={props.columnHeader}
            isOn={(column) => rects.some((r) => column >= r.column && column < r.column + r.columns)}
            onResize={props.onResize}
            onFit={props.onFit}
          />
          {rowItems.map((item) => {
            const row = rowBase + item.index
            const isActive = active.row === row
            return (
              <GridRow
                key={item.index}
                id={id}
                row={row}
                top={item.start}
                width={width}
                headWidth={rowHeadWidth}
                header={props.rowHeader(row)}
                columnBase={columnBase}
                columns={columnItems}
                focused={isActive ? active.column : -1}
                selected={spansOf(all, row)}
                leftAligned={props.leftAligned}
                version={props.stampOf(row, firstColumn, lastColumn)}
                cell={props.cell}
                editor={isActive ? props.editor : null}
              />
            )
          })}
        </div>
      </div>
      <Scrollbar
        axis={down.axis}
        first={down.first}
        visible={down.visible}
        vertical
        label="Rows"
        controls={id}
        onScrollTo={down.scrollTo}
      />
      <Scrollbar
        axis={across.axis}
        first={across.first}
        visible={across.visible}
        vertical={false}
        label="Columns"
        controls={id}
        onScrollTo={across.scrollTo}
      />
    </div>
  )
}

const rowSize = () => ROW_HEIGHT
