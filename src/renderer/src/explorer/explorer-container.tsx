import {
  buildProxiedInstance,
  hotkeysCoreFeature,
  type ItemInstance,
  syncDataLoaderFeature,
  type TreeInstance,
} from '@headless-tree/core'
import { useTree } from '@headless-tree/react'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ensureIndex, useNodeIndex } from '../state/node-index'
import { useSession } from '../state/session'
import { openTab, useTabs } from '../state/tabs'
import {
  loadChildren,
  nodeId,
  rememberNodes,
  revealNode,
  setExpanded,
  setFocused,
  useTreeState,
} from '../state/tree'
import { ExplorerView } from './explorer-view'
import { filterTree, filterWords } from './filter-tree'
import { type Row, rowOf, rowsBelow } from './row-model'
import { findByPrefix, type TypeAhead, typed } from './type-ahead'

const ROOT = '#'
const NOTHING: string[] = []

/** The tree of everything that is open: lazy, filtered through the index of nodes, keyboard by headless-tree. */
export function ExplorerContainer() {
  const stores = useSession((s) => s.stores)
  const { version, expanded, focused } = useTreeState()
  const activeTab = useTabs((s) => s.tabs.find((t) => t.id === s.active))
  const [filter, setFilter] = useState('')
  const filtered = useFiltered(filter)
  const [filterExpanded, setFilterExpanded] = useState<string[]>(NOTHING)
  const [lastFiltered, setLastFiltered] = useState(filtered)
  if (filtered !== lastFiltered) {
    setLastFiltered(filtered)
    setFilterExpanded(filtered?.expanded ?? NOTHING)
  }
  const scrollTo = useRef<(index: number) => void>(() => undefined)
  const typeAhead = useRef<TypeAhead>({ text: '', at: 0 })

  const tree = useTree<Row>({
    rootItemId: ROOT,
    instanceBuilder: buildProxiedInstance,
    features: [syncDataLoaderFeature, hotkeysCoreFeature],
    state: { expandedItems: filtered ? filterExpanded : expanded, focusedItem: focused },
    setExpandedItems: (update) => {
      if (filtered) setFilterExpanded(update)
      else setExpanded(typeof update === 'function' ? update(useTreeState.getState().expanded) : update)
    },
    setFocusedItem: (update) => setFocused(typeof update === 'function' ? update(focused) : update),
    getItemName: (item) => nameOf(item.getItemData()),
    isItemFolder: (item) => isGroup(item.getItemData()),
    scrollToItem: (item) => scrollTo.current(item.getItemMeta().index),
    dataLoader: {
      getItem: rowOf,
      getChildren: (id) => {
        if (id === ROOT) return stores.map((s) => nodeId(s.id, ''))
        return filtered ? (filtered.children.get(id) ?? NOTHING) : rowsBelow(id)
      },
    },
    hotkeys: {
      customOpen: { hotkey: 'Enter', handler: (_e, t) => activate(t.getFocusedItem().getItemData(), true) },
      customPreview: {
        hotkey: 'Space',
        preventDefault: true,
        handler: (_e, t) => activate(t.getFocusedItem().getItemData(), false),
      },
    },
  })

  useEffect(() => tree.rebuildTree(), [tree, version, stores, filtered])
  useReveal(tree, activeTab?.store, activeTab?.path, filter === '')

  function onTyped(key: string): void {
    const now = performance.now()
    typeAhead.current = typed(typeAhead.current, key, now)
    const items = tree.getItems()
    const from = tree.getFocusedItem().getItemMeta().index
    const found = findByPrefix(
      items.length,
      from,
      typeAhead.current.text,
      (i) => items[i]?.getItemName() ?? '',
    )
    items[found]?.setFocused()
    if (found >= 0) tree.updateDomFocus()
  }

  return (
    <ExplorerView
      tree={tree}
      version={version}
      filter={filter}
      onFilter={setFilter}
      matches={filter === '' ? null : filtered}
      activeId={activeTab ? nodeId(activeTab.store, activeTab.path) : null}
      scrollTo={scrollTo}
      onActivate={activate}
      onToggle={toggle}
      onTyped={onTyped}
    />
  )
}

function nameOf(row: Row): string {
  if (row.kind === 'note') return row.text
  if (row.node.summary.path !== '') return row.node.summary.name
  return useSession.getState().stores.find((s) => s.id === row.node.store)?.name ?? row.node.summary.name
}

const isGroup = (row: Row): boolean => row.kind === 'node' && row.node.summary.kind === 'group'

function activate(row: Row, keep: boolean): void {
  if (row.kind === 'node') openTab(row.node.store, row.node.summary.path, { keep })
  else if (row.note === 'error') void loadChildren(row.parent)
}

function toggle(item: ItemInstance<Row>): void {
  if (item.isExpanded()) item.collapse()
  else item.expand()
}

/** The tree under the filter; null without one. The index is walked on the first letter. */
function useFiltered(filter: string) {
  const [query] = useDebouncedValue(filter, 120)
  const words = useMemo(() => filterWords(query), [query])
  const stores = useSession((s) => s.stores)
  const byStore = useNodeIndex((s) => s.byStore)
  const active = words.length > 0
  useEffect(() => {
    if (active) for (const store of stores) ensureIndex(store.id, store.name)
  }, [active, stores])
  return useMemo(() => {
    if (words.length === 0) return null
    const indexes = stores.flatMap((s) => byStore[s.id] ?? [])
    for (const store of stores) rememberNodes(store.id, byStore[store.id]?.nodes.map((n) => n.summary) ?? [])
    const tree = filterTree(
      indexes.flatMap((i) => i.nodes),
      words,
    )
    const failed = indexes.find((i) => i.status === 'error')
    return {
      ...tree,
      total: indexes.reduce((n, i) => n + i.nodes.length, 0),
      loading: indexes.some((i) => i.status === 'loading'),
      error: failed?.error ?? null,
      retry: () => {
        for (const store of stores) ensureIndex(store.id, store.name, true)
      },
    }
  }, [words, stores, byStore])
}

export type Filtered = NonNullable<ReturnType<typeof useFiltered>>

/** Brings the row of the active tab into view when another tab comes to the front. */
function useReveal(
  tree: TreeInstance<Row>,
  store: string | undefined,
  path: string | undefined,
  enabled: boolean,
) {
  useEffect(() => {
    if (store === undefined || path === undefined || !enabled) return
    let current = true
    void revealNode(store, path).then(() => {
      if (!current) return
      setFocused(nodeId(store, path))
      requestAnimationFrame(() => {
        const item = tree.getItems().find((i) => i.getId() === nodeId(store, path))
        if (item) tree.getConfig().scrollToItem?.(item)
      })
    })
    return () => {
      current = false
    }
  }, [tree, store, path, enabled])
}
