import type { ItemInstance } from '@headless-tree/core'
import { Loader } from '@mantine/core'
import {
  IconAlertTriangle,
  IconChevronRight,
  IconDatabase,
  IconFolder,
  IconFolderOpen,
  IconGridDots,
  IconLock,
} from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import type { TreeNode } from '../state/tree'
import { printable } from '../ui/format'
import classes from './explorer.module.css'
import type { RowMenuAt } from './row-menu'
import { describe, type Row, sideText } from './row-model'

const INDENT = 14

export function ExplorerRow({
  item,
  top,
  height,
  active,
  onActivate,
  onToggle,
  onMenu,
}: {
  item: ItemInstance<Row>
  top: number
  height: number
  active: boolean
  onActivate: (row: Row, keep: boolean) => void
  onToggle: (item: ItemInstance<Row>) => void
  onMenu: (at: RowMenuAt) => void
}) {
  const row = item.getItemData()
  const level = item.getItemMeta().level
  const props = item.getProps()

  function onContextMenu(e: MouseEvent<HTMLElement>): void {
    if (row.kind !== 'node') return
    e.preventDefault()
    item.setFocused()
    const box = e.currentTarget.getBoundingClientRect()
    // The menu key has no pointer position.
    const byKey = e.clientX === 0 && e.clientY === 0
    onMenu({ x: byKey ? box.left + 40 : e.clientX, y: byKey ? box.bottom : e.clientY, node: row.node })
  }

  return (
    <div
      {...props}
      className={classes['row']}
      style={{ top, height, paddingLeft: 4 + level * INDENT }}
      aria-selected={active}
      aria-description={row.kind === 'node' ? describe(row.node) : undefined}
      data-note={row.kind === 'note' ? row.note : undefined}
      title={row.kind === 'node' ? titleOf(row.node) : row.text}
      onClick={() => {
        item.setFocused()
        onActivate(row, false)
        if (item.isFolder() && !item.isExpanded()) item.expand()
      }}
      onDoubleClick={() => onActivate(row, true)}
      onContextMenu={onContextMenu}
    >
      <span
        className={classes['chevron']}
        data-open={item.isExpanded() || undefined}
        onClick={(e) => {
          if (!item.isFolder()) return
          e.stopPropagation()
          item.setFocused()
          onToggle(item)
        }}
      >
        {item.isFolder() && <IconChevronRight size={14} aria-hidden />}
      </span>
      {row.kind === 'note' ? (
        <span className={classes['note']}>
          {row.note === 'loading' && <Loader size={10} />}
          {row.note === 'error' && <IconAlertTriangle size={13} className={classes['problem']} aria-hidden />}
          {row.text}
          {row.note === 'error' && ' Click to retry.'}
        </span>
      ) : (
        <NodeCells node={row.node} name={item.getItemName()} open={item.isExpanded()} />
      )}
    </div>
  )
}

function NodeCells({ node, name, open }: { node: TreeNode; name: string; open: boolean }) {
  const { summary } = node
  const { dtype, shape } = sideText(node)
  return (
    <>
      <NodeIcon node={node} open={open} />
      <span className={classes['name']}>{printable(name)}</span>
      {summary.problem !== undefined && (
        <IconAlertTriangle size={13} className={classes['problem']} aria-hidden />
      )}
      {summary.problem === undefined && summary.unsupported !== undefined && (
        <IconLock size={13} className={classes['unsupported']} aria-hidden />
      )}
      <span className={classes['side']}>
        {dtype !== '' && <span className={classes['dtype']}>{dtype}</span>}
        <span className={classes['shape']}>{shape}</span>
      </span>
    </>
  )
}

function NodeIcon({ node, open }: { node: TreeNode; open: boolean }) {
  const { summary } = node
  const Icon =
    summary.kind === 'array'
      ? IconGridDots
      : summary.path === ''
        ? IconDatabase
        : open
          ? IconFolderOpen
          : IconFolder
  return <Icon size={14} className={classes['icon']} data-kind={summary.kind} aria-hidden />
}

const titleOf = (node: TreeNode): string => `/${printable(node.summary.path)}\n${describe(node)}`
