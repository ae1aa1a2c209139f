import { dtypeLabel, formatCount, formatShape } from '../ui/format'
import { childrenOf, type TreeNode, treeNode } from '../state/tree'
import { messageOf } from '../state/problems'

/** Rows that stand for no node: what a group says while, or when, its children cannot be shown. */
const NOTE_MARK = '\u0000'

export type NoteKind = 'loading' | 'error' | 'empty'

export type Row =
  { kind: 'node'; node: TreeNode } | { kind: 'note'; note: NoteKind; parent: string; text: string }

const noteId = (parent: string, note: NoteKind): string => `${parent}${NOTE_MARK}${note}`

/** The row behind an id of the tree. */
export function rowOf(id: string): Row {
  const mark = id.indexOf(NOTE_MARK)
  if (mark >= 0) {
    const parent = id.slice(0, mark)
    const note = id.slice(mark + 1) as NoteKind
    return { kind: 'note', note, parent, text: noteText(parent, note) }
  }
  const node = treeNode(id)
  if (node) return { kind: 'node', node }
  return { kind: 'note', note: 'empty', parent: id, text: '' }
}

/** Ids of the rows below a group: its children, or one note. */
export function rowsBelow(id: string): string[] {
  const children = childrenOf(id)
  if (!children) return [noteId(id, 'loading')]
  if (children.status === 'loading') return [...children.ids, noteId(id, 'loading')]
  if (children.status === 'error') return [noteId(id, 'error')]
  return children.ids.length > 0 ? children.ids : [noteId(id, 'empty')]
}

/** What stands at the right of a row: the child count of a group, dtype and shape of an array. */
export function sideText({ id, summary }: TreeNode): string {
  if (summary.kind === 'group') {
    const children = childrenOf(id)
    const count = children?.status === 'ready' ? children.ids.length : summary.childCount
    return count === undefined ? '' : formatCount(count)
  }
  return [dtypeLabel(summary.dtype ?? ''), summary.shape ? formatShape(summary.shape) : '']
    .filter(Boolean)
    .join(' ')
}

/** The same in words, for those who do not see it. */
export function describe(node: TreeNode): string {
  const { summary } = node
  const side = sideText(node)
  const children = side === '' ? '' : side === '1' ? '1 child' : `${side} children`
  const facts = summary.kind === 'group' ? ['group', children] : ['array', side]
  const trouble = summary.problem ?? summary.unsupported
  return [...facts, trouble ?? ''].filter(Boolean).join(', ')
}

function noteText(parent: string, note: NoteKind): string {
  if (note === 'loading') return 'Loading…'
  if (note === 'empty') return 'Empty group'
  const children = childrenOf(parent)
  return children?.status === 'error' ? messageOf(children.error) : ''
}
