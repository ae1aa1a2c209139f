import { useEffect, useMemo, useRef, useState } from 'react'
import { openStructureDialog } from '../state/dialogs'
import { frozenReason } from '../state/edits'
import { useSession } from '../state/session'
import { openTab, useTabs } from '../state/tabs'
import { loadChildren, nodeId, revealNode, setExpanded, setFocused, useTreeState } from '../state/tree'
import { ExplorerView } from './explorer-view'
import { flattenTree, type TreeAction, treeAction } from './flat-tree'
import { type Row, rowOf, rowsBelow } from './row-model'
import { findByPrefix, type TypeAhead, typed } from './type-ahead'
import { useFiltered } from './use-filtered'

const PAGE = 20

/** The tree of everything that is open: lazy, filtered through the index of nodes, by keyboard as WAI-ARIA has it. */
export function ExplorerContainer() {
  const stores = useSession((s) => s.stores)
  const { version, expanded, focused } = useTreeState()
  const activeTab = useTabs((s) => s.tabs.find((t) => t.id === s.active))
  const [filter, setFilter] = useState('')
  const filtered = useFiltered(filter)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const typeAhead = useRef<TypeAhead>({ text: '', at: 0 })

  // Under a filter every group with a match is open, except those the person closes.
  const open = useMemo(
    () => new Set(filtered ? filtered.expanded.filter((id) => !closed.has(id)) : expanded),
    [filtered, expanded, closed],
  )
  const rows = useMemo(() => {
    // The version stands for the children behind the ids.
    if (version < 0) return []
    const roots = stores.map((s) => nodeId(s.id, ''))
    return flattenTree(roots, (id) => (filtered ? (filtered.children.get(id) ?? []) : rowsBelow(id)), open)
  }, [version, stores, filtered, open])
  const found = useMemo(() => rows.findIndex((r) => r.id === focused), [rows, focused])
  const focusedIndex = Math.max(0, found)
  const revealed = useReveal(activeTab?.store, activeTab?.path, filter === '')

  function toggle(id: string): void {
    const without = (ids: Iterable<string>): string[] => [...ids].filter((one) => one !== id)
    if (filtered) setClosed(new Set(open.has(id) ? [...closed, id] : without(closed)))
    else setExpanded(open.has(id) ? without(expanded) : [...expanded, id])
  }
  function act(action: TreeAction): void {
    const row = rows[action.index]
    if (!row) return
    if (action.kind === 'focus') setFocused(row.id)
    else if (action.kind === 'expand' || action.kind === 'collapse') toggle(row.id)
    else activate(rowOf(row.id), action.kind === 'open')
  }
  /** True when the key meant something. */
  function onKey(key: string): boolean {
    const isGroup = (id: string): boolean => isGroupRow(rowOf(id))
    const action = treeAction(key, rows, focusedIndex, {
      isGroup,
      isExpanded: (id) => open.has(id),
      page: PAGE,
    })
    if (action) act(action)
    else if (key === 'Delete' || key === 'F2') return change(key)
    else if (key.length === 1) jump(key)
    else return false
    return true
  }
  /** Deletes or renames the node in focus; the root stays. */
  function change(key: 'Delete' | 'F2'): boolean {
    const row = rowOf(rows[focusedIndex]?.id ?? '')
    if (row.kind !== 'node' || row.node.summary.path === '' || frozenReason(row.node.store) !== null)
      return false
    const { store, summary } = row.node
    openStructureDialog({ kind: key === 'F2' ? 'rename' : 'delete', store, path: summary.path })
    return true
  }
  function jump(key: string): void {
    typeAhead.current = typed(typeAhead.current, key, performance.now())
    const nameAt = (i: number): string => nameOf(rowOf(rows[i]?.id ?? ''))
    const to = findByPrefix(rows.length, focusedIndex, typeAhead.current.text, nameAt)
    if (to >= 0) act({ kind: 'focus', index: to })
  }

  return (
    <ExplorerView
      rows={rows}
      version={version}
      open={open}
      focusedIndex={focusedIndex}
      revealed={revealed}
      activeId={activeTab ? nodeId(activeTab.store, activeTab.path) : null}
      filter={filter}
      onFilter={(text) => {
        setFilter(text)
        setClosed(new Set())
      }}
      matches={filter.trim() === '' ? null : filtered}
      nameOf={nameOf}
      onFocusRow={setFocused}
      onKey={onKey}
      onActivate={activate}
      onToggle={toggle}
    />
  )
}

function nameOf(row: Row): string {
  if (row.kind === 'note') return row.text
  if (row.node.summary.path !== '') return row.node.summary.name
  return useSession.getState().stores.find((s) => s.id === row.node.store)?.name ?? row.node.summary.name
}

const isGroupRow = (row: Row): boolean => row.kind === 'node' && row.node.summary.kind === 'group'

function activate(row: Row, keep: boolean): void {
  if (row.kind === 'node') openTab(row.node.store, row.node.summary.path, { keep })
  else if (row.note === 'error') void loadChildren(row.parent)
}

/** Opens the way to the node of the active tab and answers its row, once for every change of tab. */
function useReveal(store: string | undefined, path: string | undefined, enabled: boolean): string | null {
  const [revealed, setRevealed] = useState<string | null>(null)
  useEffect(() => {
    if (store === undefined || path === undefined || !enabled) return
    let current = true
    void revealNode(store, path).then(() => {
      if (!current) return
      setFocused(nodeId(store, path))
      setRevealed(nodeId(store, path))
    })
    return () => {
      current = false
    }
  }, [store, path, enabled])
  return revealed
}
