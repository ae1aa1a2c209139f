import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { formatCount } from '../ui/format'
import { ErrorNote } from '../ui/states'
import { ExplorerRow } from './explorer-row'
import classes from './explorer.module.css'
import type { FlatRow } from './flat-tree'
import { type Row, rowOf } from './row-model'
import { RowMenu, type RowMenuAt } from './row-menu'
import type { Filtered } from './use-filtered'

const ROW_HEIGHT = 24

export interface ExplorerViewProps {
  rows: readonly FlatRow[]
  /** Changes whenever the rows' data do. */
  version: number
  open: ReadonlySet<string>
  focusedIndex: number
  /** Row that should be seen now. */
  revealed: string | null
  activeId: string | null
  filter: string
  onFilter: (text: string) => void
  matches: Filtered | null
  nameOf: (row: Row) => string
  onFocusRow: (id: string) => void
  onKey: (key: string) => boolean
  onActivate: (row: Row, keep: boolean) => void
  onToggle: (id: string) => void
}

/** Filter field and virtualised rows; only what is on screen, and the focused row, is in the document. */
export function ExplorerView(props: ExplorerViewProps) {
  const { rows, open, focusedIndex, revealed, activeId, filter, onFilter, matches } = props
  const scroller = useRef<HTMLDivElement>(null)
  const tree = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<RowMenuAt | null>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- React's compiler, which is not used, could not memoise it
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      return shown.includes(focusedIndex) || focusedIndex >= rows.length ? shown : [...shown, focusedIndex]
    },
  })

  // The keyboard has moved inside the tree: the row comes into view and takes the focus.
  useLayoutEffect(() => {
    const row = tree.current?.querySelector<HTMLElement>(`[data-index="${focusedIndex}"]`)
    const focused = document.activeElement
    if (!row || row === focused || !tree.current?.contains(focused)) return
    virtual.scrollToIndex(focusedIndex)
    row.focus({ preventScroll: true })
  }, [virtual, focusedIndex])
  const lastRevealed = useRef<string | null>(null)
  // Other rows are read from the first; once all are there again, the node in front is looked for.
  useEffect(() => {
    virtual.scrollToOffset(0)
    if (filter === '') lastRevealed.current = null
  }, [virtual, filter])
  useEffect(() => {
    if (revealed === null || revealed === lastRevealed.current) return
    const index = rows.findIndex((r) => r.id === revealed)
    if (index < 0) return
    lastRevealed.current = revealed
    virtual.scrollToIndex(index)
  }, [virtual, rows, revealed])

  function onKeyDown(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    if (props.onKey(e.key)) e.preventDefault()
  }

  return (
    <div className={classes['panel']}>
      <div className={classes['filterRow']}>
        <TextInput
          className={classes['filter'] ?? ''}
          aria-label="Filter nodes"
          placeholder="Filter by path, dtype, attribute"
          leftSection={<IconSearch size={13} />}
          rightSection={
            filter === '' ? null : (
              <CloseButton
                size="xs"
                aria-label="Clear filter"
                title="Clear filter (Esc)"
                onClick={() => onFilter('')}
              />
            )
          }
          value={filter}
          onChange={(e) => onFilter(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === 'Escape' && filter !== '') {
              e.stopPropagation()
              onFilter('')
            }
            if (e.key === 'ArrowDown') {
              e.preventDefault()
              tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
            }
          }}
        />
      </div>
      {matches && <FilterResult matches={matches} />}
      <div className={classes['scroller']} ref={scroller}>
        <div
          ref={tree}
          role="tree"
          aria-label="Explorer"
          className={classes['rows']}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {virtual.getVirtualItems().map((item) => {
            const flat = rows[item.index]
            if (!flat) return null
            const row = rowOf(flat.id)
            return (
              <ExplorerRow
                key={flat.id}
                flat={flat}
                row={row}
                name={props.nameOf(row)}
                index={item.index}
                top={item.start}
                height={ROW_HEIGHT}
                open={open.has(flat.id)}
                active={flat.id === activeId}
                focusable={item.index === focusedIndex}
                onFocusRow={props.onFocusRow}
                onActivate={props.onActivate}
                onToggle={props.onToggle}
                onMenu={setMenu}
              />
            )
          })}
        </div>
      </div>
      <RowMenu at={menu} onClose={() => setMenu(null)} />
    </div>
  )
}

function FilterResult({ matches }: { matches: Filtered }) {
  if (matches.error !== null) return <ErrorNote error={matches.error} onRetry={matches.retry} compact />
  const text =
    matches.matches === 0 && !matches.loading
      ? 'No node has this in its path, dtype or attribute keys.'
      : `${formatCount(matches.matches)} of ${formatCount(matches.total)}${matches.loading ? ' so far…' : ''}`
  return (
    <div className={classes['result']} role="status">
      {text}
    </div>
  )
}
