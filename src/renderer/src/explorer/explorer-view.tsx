import type { ItemInstance, TreeInstance } from '@headless-tree/core'
import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { formatCount } from '../ui/format'
import { ErrorNote } from '../ui/states'
import type { Filtered } from './explorer-container'
import { ExplorerRow } from './explorer-row'
import classes from './explorer.module.css'
import type { Row } from './row-model'
import { RowMenu, type RowMenuAt } from './row-menu'

const ROW_HEIGHT = 24

export interface ExplorerViewProps {
  tree: TreeInstance<Row>
  /** Changes whenever the rows' data do. */
  version: number
  filter: string
  onFilter: (text: string) => void
  matches: Filtered | null
  activeId: string | null
  scrollTo: RefObject<(index: number) => void>
  onActivate: (row: Row, keep: boolean) => void
  onToggle: (item: ItemInstance<Row>) => void
  onTyped: (key: string) => void
}

/** Filter field and virtualised rows; only what is on screen is in the document. */
export function ExplorerView(props: ExplorerViewProps) {
  const { tree, filter, onFilter, matches, activeId, scrollTo, onActivate, onToggle } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<RowMenuAt | null>(null)
  const items = tree.getItems()
  // The compiler of React cannot memoise the functions a virtualiser returns; nothing here relies on that.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollPaddingStart: ROW_HEIGHT,
    scrollPaddingEnd: ROW_HEIGHT,
  })
  useEffect(() => {
    scrollTo.current = (index) => rows.scrollToIndex(index)
  }, [rows, scrollTo])

  const visible = rows.getVirtualItems()
  const focusedShown = visible.some((v) => items[v.index]?.isFocused())

  function onKeyDown(e: KeyboardEvent): void {
    const plain = !e.ctrlKey && !e.metaKey && !e.altKey
    if (plain && e.key.length === 1 && e.key !== ' ') {
      e.preventDefault()
      props.onTyped(e.key)
    }
  }

  return (
    <div className={classes['panel']}>
      <div className={classes['filterRow']}>
        <TextInput
          className={classes['filter']}
          aria-label="Filter nodes"
          placeholder="Filter by path, dtype, attribute"
          leftSection={<IconSearch size={13} />}
          rightSection={
            filter === '' ? null : (
              <CloseButton size="xs" aria-label="Clear filter" onClick={() => onFilter('')} />
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
              items[0]?.setFocused()
              tree.updateDomFocus()
            }
          }}
        />
      </div>
      {matches && <FilterResult matches={matches} />}
      <div className={classes['scroller']} ref={scroller}>
        <div
          {...tree.getContainerProps('Explorer')}
          className={classes['rows']}
          style={{ height: rows.getTotalSize() }}
          // The focused row may be scrolled out of the document: then the tree itself takes the Tab key.
          tabIndex={focusedShown ? -1 : 0}
          onFocus={(e) => {
            if (e.target === e.currentTarget) tree.updateDomFocus()
          }}
          onKeyDown={onKeyDown}
        >
          {visible.map((v) => {
            const item = items[v.index]
            if (!item) return null
            return (
              <ExplorerRow
                key={item.getKey()}
                item={item}
                top={v.start}
                height={ROW_HEIGHT}
                active={item.getId() === activeId}
                onActivate={onActivate}
                onToggle={onToggle}
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
