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
import { useEdits } from '../state/edits'
import { problemsFound, useHostJobs } from '../state/host-jobs'
import type { TreeNode } from '../state/tree'
import { formatCount, printable } from '../ui/format'
import classes from './explorer.module.css'
import type { FlatRow } from './flat-tree'
import type { RowMenuAt } from './row-menu'
import { describe, type NoteKind, type Row, sideText } from './row-model'

/** Of a level; below the fifth the names need the room. */
const INDENT = 14
const DEEP_INDENT = 3
const DEEP = 5

const indentOf = (level: number): number =>
  4 + Math.min(level - 1, DEEP) * INDENT + Math.max(0, level - 1 - DEEP) * DEEP_INDENT

interface ExplorerRowProps {
  flat: FlatRow
  row: Row
  name: string
  index: number
  top: number
  height: number
  open: boolean
  active: boolean
  /** The one row that the Tab key reaches. */
  focusable: boolean
  onFocusRow: (id: string) => void
  onActivate: (row: Row, keep: boolean) => void
  onToggle: (id: string) => void
  onMenu: (at: RowMenuAt) => void
}

export function ExplorerRow(props: ExplorerRowProps) {
  const { flat, row, name, open, onActivate, onToggle } = props
  const isGroup = row.kind === 'node' && row.node.summary.kind === 'group'

  function onContextMenu(e: MouseEvent<HTMLElement>): void {
    if (row.kind !== 'node') return
    e.preventDefault()
    const box = e.currentTarget.getBoundingClientRect()
    // The menu key has no pointer position.
    const byKey = e.clientX === 0 && e.clientY === 0
    props.onMenu({ x: byKey ? box.left + 40 : e.clientX, y: byKey ? box.bottom : e.clientY, node: row.node })
  }

  return (
    <div
      role="treeitem"
      className={classes['row']}
      style={{ top: props.top, height: props.height, paddingLeft: indentOf(flat.level) }}
      data-index={props.index}
      data-note={row.kind === 'note' ? row.note : undefined}
      tabIndex={props.focusable ? 0 : -1}
      aria-label={name}
      aria-description={row.kind === 'node' ? describe(row.node) : undefined}
      aria-level={flat.level}
      aria-setsize={flat.setSize}
      aria-posinset={flat.posInSet}
      aria-expanded={isGroup ? open : undefined}
      aria-selected={props.active}
      title={row.kind === 'node' ? titleOf(row.node) : row.text}
      onFocus={() => props.onFocusRow(flat.id)}
      onClick={() => {
        onActivate(row, false)
        if (isGroup && !open) onToggle(flat.id)
      }}
      onDoubleClick={() => onActivate(row, true)}
      onContextMenu={onContextMenu}
    >
      <span
        className={classes['chevron']}
        data-open={open || undefined}
        onClick={(e) => {
          if (!isGroup) return
          e.stopPropagation()
          onToggle(flat.id)
        }}
      >
        {isGroup && <IconChevronRight size={14} aria-hidden />}
      </span>
      {row.kind === 'note' ? (
        <Note note={row.note} text={row.text} />
      ) : (
        <NodeCells node={row.node} name={name} open={open} />
      )}
    </div>
  )
}

function Note({ note, text }: { note: NoteKind; text: string }) {
  return (
    <span className={classes['note']}>
      {note === 'loading' && <Loader size={10} />}
      {note === 'error' && <IconAlertTriangle size={13} className={classes['problem']} aria-hidden />}
      {text}
      {note === 'error' && ' Click to retry.'}
    </span>
  )
}

function NodeCells({ node, name, open }: { node: TreeNode; name: string; open: boolean }) {
  const { summary } = node
  const isEdited = useEdits((s) => s.byStore[node.store]?.paths.includes(summary.path) ?? false)
  const found = useHostJobs((s) => problemsFound(s.jobs, node.store, summary.path))
  const foundWords = `${found === 1 ? '1 problem' : `${formatCount(found)} problems`} found by Verify`
  return (
    <>
      <NodeIcon node={node} open={open} />
      <span className={classes['name']}>{printable(name)}</span>
      {isEdited && (
        <span className={classes['edited']} role="img" aria-label="unsaved edits" title="Unsaved edits" />
      )}
      {summary.problem !== undefined && (
        <IconAlertTriangle size={13} className={classes['problem']} aria-hidden />
      )}
      {summary.problem === undefined && found > 0 && (
        <span className={classes['problem']} role="img" aria-label={foundWords} title={foundWords}>
          <IconAlertTriangle size={13} aria-hidden />
        </span>
      )}
      {summary.problem === undefined && summary.unsupported !== undefined && (
        <IconLock size={13} className={classes['unsupported']} aria-hidden />
      )}
      <span className={classes['side']}>{sideText(node)}</span>
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
