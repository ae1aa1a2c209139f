import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef, useState } from 'react'
import { AttributeRowView, type RowEditor } from './attribute-row'
import classes from './attributes.module.css'
import { inList } from './row-actions'
import type { AttributeRow } from './rows'

const ROW_HEIGHT = 26

/** The tree-table: key, type and value; arrows move and open, as in any tree, and F2, Del and Alt+arrows edit. */
export function AttributesTable({
  rows,
  isOpen,
  onToggle,
  editorOf,
}: {
  rows: readonly AttributeRow[]
  isOpen: (path: string) => boolean
  onToggle: (path: string) => void
  /** Null where nothing can be edited. */
  editorOf: ((row: AttributeRow) => RowEditor) | null
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(0)
  const at = Math.min(focused, rows.length - 1)
  // eslint-disable-next-line react-hooks/incompatible-library -- React's compiler, which is not used, could not memoise it
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })

  function focusRow(index: number): void {
    const to = Math.max(0, Math.min(rows.length - 1, index))
    setFocused(to)
    virtual.scrollToIndex(to)
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus())
  }
  function onKeyDown(e: KeyboardEvent): void {
    if (!(e.target instanceof HTMLElement) || e.target.dataset['row'] === undefined) return
    const row = rows[at]
    if (!row) return
    const opened = row.count !== null && isOpen(row.path)
    if (editorOf && edits(e, row, editorOf(row))) return e.preventDefault()
    if (e.key === 'ArrowDown') focusRow(at + 1)
    else if (e.key === 'ArrowUp') focusRow(at - 1)
    else if (e.key === 'Home') focusRow(0)
    else if (e.key === 'End') focusRow(rows.length - 1)
    else if (e.key === 'ArrowRight' && row.count !== null && !opened) onToggle(row.path)
    else if (e.key === 'ArrowRight' && opened) focusRow(at + 1)
    else if (e.key === 'ArrowLeft' && opened) onToggle(row.path)
    else if (e.key === 'ArrowLeft') focusRow(rows.findLastIndex((r, i) => i < at && r.depth < row.depth))
    else return
    e.preventDefault()
  }

  return (
    <div
      className={classes['table']}
      role="treegrid"
      aria-label="Attributes"
      aria-rowcount={rows.length + 1}
      onKeyDown={onKeyDown}
    >
      <div className={classes['headRow']} role="row" aria-rowindex={1}>
        <span role="columnheader">Key</span>
        <span role="columnheader">Type</span>
        <span role="columnheader">Value</span>
        <span role="columnheader" aria-label="Actions" />
      </div>
      <div className={classes['scroller']} ref={scroller} role="rowgroup">
        <div className={classes['rows']} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map((v) => {
            const row = rows[v.index]
            return row ? (
              <AttributeRowView
                key={row.path}
                row={row}
                index={v.index}
                top={v.start}
                height={ROW_HEIGHT}
                editor={editorOf?.(row) ?? null}
                focusable={v.index === at}
                open={isOpen(row.path)}
                onToggle={onToggle}
                onFocus={() => setFocused(v.index)}
              />
            ) : null
          })}
        </div>
      </div>
    </div>
  )
}

/** Whether the key was one that edits the row. */
function edits(e: KeyboardEvent, row: AttributeRow, { editing }: RowEditor): boolean {
  if (e.altKey && e.key === 'ArrowUp') editing.move(row, -1)
  else if (e.altKey && e.key === 'ArrowDown') editing.move(row, 1)
  else if (e.altKey || e.ctrlKey || e.metaKey) return false
  else if (e.key === 'F2' && e.shiftKey && !inList(row)) editing.rename(row)
  else if (e.key === 'F2' || e.key === 'Enter') editing.editValue(row)
  else if (e.key === 'Delete') editing.remove(row)
  else return false
  return true
}
