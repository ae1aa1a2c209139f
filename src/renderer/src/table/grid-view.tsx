import { type KeyboardEvent, useEffect, useId, useImperativeHandle, useRef } from 'react'
import type { CellView } from './cell-view'
import { HEADER_HEIGHT, useHit, usePointer } from './grid-pointer'
import { GridRow } from './grid-row'
import { move, type Position, type Range, rangeRect } from './movement'
import type { Rect } from './tile'
import { Scrollbar } from './scrollbar'
import { useScaledAxis } from './use-scaled-axis'
import classes from './grid.module.css'

const ROW_HEIGHT = 24

export interface GridHandle {
  reveal: (position: Position) => void
  focus: () => void
}

interface Props {
  rows: number
  columns: number
  cell: (row: number, column: number) => CellView
  /** Changes whenever cells may look different. */
  version: unknown
  rowHeader: (row: number) => string
  columnHeader: (column: number) => string
  corner: string
  rowHeadWidth: number
  columnWidth: (column: number) => number
  onResize: (column: number, width: number) => void
  leftAligned: boolean
  range: Range
  onRange: (range: Range) => void
  onVisible: (rect: Rect) => void
  onKey: (event: KeyboardEvent) => void
  handle: React.Ref<GridHandle>
}

/** Pixels of the data table: a WAI-ARIA grid that draws only what is visible. Knows nothing of arrays or stores. */
export function GridView(props: Props) {
  const { rows, columns, cell, version, range, onRange, onVisible, rowHeadWidth, columnWidth } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const down = useScaledAxis({
    total: rows,
    horizontal: false,
    scroller,
    padding: HEADER_HEIGHT,
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
  const { head } = range

  const rowItems = down.virtualizer.getVirtualItems()
  const columnItems = across.virtualizer.getVirtualItems()
  const firstRow = rowItems[0]?.index
  const lastRow = rowItems.at(-1)?.index
  const firstColumn = columnItems[0]?.index
  const lastColumn = columnItems.at(-1)?.index
  const rowBase = down.axis.base
  const columnBase = across.axis.base
  useEffect(() => {
    if (
      firstRow === undefined ||
      lastRow === undefined ||
      firstColumn === undefined ||
      lastColumn === undefined
    )
      return
    onVisible({
      row: rowBase + firstRow,
      column: columnBase + firstColumn,
      rows: lastRow - firstRow + 1,
      columns: lastColumn - firstColumn + 1,
    })
  }, [onVisible, rowBase, columnBase, firstRow, lastRow, firstColumn, lastColumn])

  const reveal = ({ row, column }: Position) => {
    down.reveal(row)
    across.reveal(column)
  }
  useImperativeHandle(props.handle, () => ({ reveal, focus: () => scroller.current?.focus() }))

  const go = (to: Position, extend: boolean) => {
    onRange(extend ? { anchor: range.anchor, head: to } : { anchor: to, head: to })
    reveal(to)
  }
  const keyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return
    const to = event.altKey
      ? undefined
      : move({ key: event.key, ctrl: event.ctrlKey || event.metaKey }, head, {
          rows,
          columns,
          page: down.visible,
        })
    if (to) {
      event.preventDefault()
      go(to, event.shiftKey)
    } else props.onKey(event)
  }
  const hit = useHit({ scroller, down, across, rowHeadWidth })
  const pointer = usePointer({ hit, rows, columns, range, onRange })

  const selected = rangeRect(range)
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
        {...pointer}
      >
        <div className={classes['canvas']} style={{ width, height: down.virtualizer.getTotalSize() }}>
          <div role="row" className={classes['header']} style={{ width }}>
            <div
              className={classes['corner']}
              style={{ width: rowHeadWidth }}
              title={props.corner}
              data-corner
            >
              {props.corner}
            </div>
            {columnItems.map((item) => {
              const column = columnBase + item.index
              return (
                <div
                  key={item.index}
                  role="columnheader"
                  className={classes['columnHead']}
                  style={{ left: item.start, width: item.size }}
                  title={props.columnHeader(column)}
                  data-column={column}
                  data-on={
                    (column >= selected.column && column < selected.column + selected.columns) || undefined
                  }
                >
                  {props.columnHeader(column)}
                  <Resizer width={item.size} onResize={(w) => props.onResize(column, w)} />
                </div>
              )
            })}
          </div>
          {rowItems.map((item) => {
            const row = rowBase + item.index
            const inRows = row >= selected.row && row < selected.row + selected.rows
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
                focused={head.row === row ? head.column : -1}
                selectedFrom={inRows ? selected.column : 0}
                selectedTo={inRows ? selected.column + selected.columns - 1 : -1}
                leftAligned={props.leftAligned}
                version={version}
                cell={cell}
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

function Resizer({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const from = useRef<{ x: number; width: number } | null>(null)
  return (
    <div
      className={classes['resizer']}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => {
        if (from.current) onResize(Math.max(40, from.current.width + event.clientX - from.current.x))
      }}
      onPointerUp={() => {
        from.current = null
      }}
    />
  )
}
