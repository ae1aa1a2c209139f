import { type PointerEvent, useRef } from 'react'
import type { VirtualItem } from '@tanstack/react-virtual'
import type { HeaderView } from './cell-view'
import classes from './grid.module.css'

interface Props {
  width: number
  height: number
  corner: string
  rowHeadWidth: number
  columnBase: number
  columns: VirtualItem[]
  header: (column: number) => HeaderView
  isOn: (column: number) => boolean
  /** Heads stand where the values below them do. */
  leftAligned: (column: number) => boolean
  onResize: (column: number, width: number) => void
  /** Gives a column the width of its content. */
  onFit: (column: number) => void
}

/** The sticky row of column heads, and the corner that selects everything. */
export function GridHeader(props: Props) {
  const { width, height, corner, rowHeadWidth, columnBase, columns, header, isOn } = props
  return (
    <div role="row" className={classes['header']} style={{ width, height }}>
      <div className={classes['corner']} style={{ width: rowHeadWidth }} title={corner} data-corner>
        {corner}
      </div>
      {columns.map((item) => {
        const column = columnBase + item.index
        const view = header(column)
        return (
          <div
            key={item.index}
            role="columnheader"
            className={classes['columnHead']}
            style={{ left: item.start, width: item.size }}
            title={view.label === undefined ? view.index : `${view.index}: ${view.label}`}
            data-column={column}
            data-align={props.leftAligned(column) ? 'left' : undefined}
            data-on={isOn(column) || undefined}
          >
            <HeaderText header={view} />
            <Resizer
              width={item.size}
              onResize={(w) => props.onResize(column, w)}
              onFit={() => props.onFit(column)}
            />
          </div>
        )
      })}
    </div>
  )
}

/** The index, and the coordinate beside or below it. */
export function HeaderText({ header }: { header: HeaderView }) {
  return (
    <>
      <span className={classes['headText']}>{header.index}</span>
      {header.label !== undefined && (
        <>
          {' '}
          <span className={classes['headLabel']}>{header.label}</span>
        </>
      )}
    </>
  )
}

function Resizer({
  width,
  onResize,
  onFit,
}: {
  width: number
  onResize: (width: number) => void
  onFit: () => void
}) {
  const from = useRef<{ x: number; width: number } | null>(null)
  const stop = () => {
    from.current = null
  }
  return (
    <div
      className={classes['resizer']}
      onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => {
        if (from.current) onResize(Math.max(40, from.current.width + event.clientX - from.current.x))
      }}
      onPointerUp={stop}
      onPointerCancel={stop}
      onDoubleClick={(event) => {
        event.stopPropagation()
        onFit()
      }}
    />
  )
}
