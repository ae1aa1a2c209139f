import { ActionIcon } from '@mantine/core'
import { IconChevronRight, IconExternalLink } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useDialogs } from '../state/dialogs'
import { CopyButton } from '../ui/copy-button'
import { formatCount, printable, shorten } from '../ui/format'
import classes from './attributes.module.css'
import { type AttributeRow, linkIn, preview, reservedMeaning, valueText } from './rows'

const ROW_HEIGHT = 26
const LONGEST = 600

/** The tree-table: key, type and value; arrows move and open, as in any tree. */
export function AttributesTable({
  rows,
  isOpen,
  onToggle,
}: {
  rows: readonly AttributeRow[]
  isOpen: (path: string) => boolean
  onToggle: (path: string) => void
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(0)
  const at = Math.min(focused, rows.length - 1)
  // The compiler of React cannot memoise the functions a virtualiser returns; nothing here relies on that.
  // eslint-disable-next-line react-hooks/incompatible-library
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
              <Row
                key={row.path}
                row={row}
                index={v.index}
                top={v.start}
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

function Row({
  row,
  index,
  top,
  focusable,
  open,
  onToggle,
  onFocus,
}: {
  row: AttributeRow
  index: number
  top: number
  focusable: boolean
  open: boolean
  onToggle: (path: string) => void
  onFocus: () => void
}) {
  const hint = reservedMeaning(row)
  const link = linkIn(row.value)
  const isContainer = row.count !== null
  const text = isContainer ? preview(row.value) : valueText(row.value)
  return (
    <div
      className={classes['row']}
      role="row"
      data-row={index}
      style={{ top, height: ROW_HEIGHT }}
      tabIndex={focusable ? 0 : -1}
      aria-rowindex={index + 2}
      aria-level={row.depth + 1}
      aria-expanded={isContainer ? open : undefined}
      onFocus={onFocus}
    >
      <span
        role="gridcell"
        className={classes['key']}
        style={{ paddingLeft: 4 + row.depth * 16 }}
        title={hint}
      >
        <span
          className={classes['chevron']}
          data-open={open || undefined}
          onClick={() => {
            if (isContainer) onToggle(row.path)
          }}
        >
          {isContainer && <IconChevronRight size={14} aria-hidden />}
        </span>
        <span className={classes['keyText']}>{printable(row.key)}</span>
        {hint !== undefined && <span className={classes['hint']}>{hint.split(':')[0]}</span>}
      </span>
      <span role="gridcell" className={classes['type']}>
        {row.type}
        {row.count !== null && ` (${formatCount(row.count)})`}
      </span>
      <span
        role="gridcell"
        className={classes['value']}
        data-type={row.type}
        title={text.length > 60 ? printable(shorten(text, LONGEST)) : undefined}
      >
        {printable(shorten(text, LONGEST))}
      </span>
      <span role="gridcell" className={classes['actions']}>
        {link !== null && (
          <ActionIcon
            size="sm"
            color="gray"
            aria-label="Open link…"
            title="Open link…"
            onClick={() => useDialogs.setState({ link })}
          >
            <IconExternalLink size={14} />
          </ActionIcon>
        )}
        <CopyButton text={() => valueText(row.value)} label="Copy value" />
        <CopyButton text={row.path} label="Copy path" />
      </span>
    </div>
  )
}
