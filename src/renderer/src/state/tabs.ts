import { create } from 'zustand'

/** Names of the views in the order of the views row; the table of views (app/views.ts) says which are built. */
export type ViewName = 'Overview' | 'Data' | 'Plot' | 'Chunks' | 'Attributes' | 'Tune'

/** One open node. */
export interface NodeTab {
  id: string
  store: string
  path: string
  /** The view last chosen here; a node that does not support it shows its Overview. */
  view: ViewName
  /** Opened by a single click: the next one takes its place. */
  preview: boolean
}

interface TabsState {
  tabs: NodeTab[]
  active: string | null
  /** The view chosen last anywhere: new tabs start with it. */
  lastView: ViewName
}

export const useTabs = create<TabsState>(() => ({ tabs: [], active: null, lastView: 'Overview' }))

const tabId = (store: string, path: string): string => `${store}:${path}`

/** Opens a node or brings its tab to the front. `keep` makes it stay when the next node is opened. */
export function openTab(
  store: string,
  path: string,
  { view, keep = false }: { view?: ViewName; keep?: boolean } = {},
): void {
  useTabs.setState(({ tabs, lastView }) => {
    const id = tabId(store, path)
    const shown = view ?? lastView
    if (tabs.some((t) => t.id === id)) {
      const change = (t: NodeTab): NodeTab =>
        t.id === id ? { ...t, view: view ?? t.view, preview: t.preview && !keep } : t
      return { tabs: tabs.map(change), active: id, lastView: shown }
    }
    const added: NodeTab = { id, store, path, view: shown, preview: !keep }
    const at = keep ? -1 : tabs.findIndex((t) => t.preview)
    return {
      tabs: at < 0 ? [...tabs, added] : tabs.with(at, added),
      active: id,
      lastView: shown,
    }
  })
}

export const activateTab = (id: string): void => useTabs.setState({ active: id })

/** Shows a view in a tab; tabs opened later begin with it. */
export function showView(id: string, view: ViewName): void {
  useTabs.setState(({ tabs }) => ({
    tabs: tabs.map((t) => (t.id === id ? { ...t, view } : t)),
    lastView: view,
  }))
}

/** A preview becomes a tab of its own. */
export function keepTab(id: string): void {
  useTabs.setState(({ tabs }) => ({ tabs: tabs.map((t) => (t.id === id ? { ...t, preview: false } : t)) }))
}

/** Closes a tab; its right neighbour, else its left one, comes to the front. */
export function closeTab(id: string): void {
  useTabs.setState(({ tabs, active }) => {
    const at = tabs.findIndex((t) => t.id === id)
    if (at < 0) return {}
    const rest = tabs.toSpliced(at, 1)
    return { tabs: rest, active: active === id ? ((rest[at] ?? rest[at - 1])?.id ?? null) : active }
  })
}

export function closeTabsOf(store: string): void {
  useTabs.setState(({ tabs, active }) => {
    const rest = tabs.filter((t) => t.store !== store)
    return { tabs: rest, active: rest.some((t) => t.id === active) ? active : (rest.at(-1)?.id ?? null) }
  })
}

/** After a reconnection a store has a new id; its tabs follow. */
export function moveTabs(from: string, to: string): void {
  useTabs.setState(({ tabs, active }) => ({
    tabs: tabs.map((t) => (t.store === from ? { ...t, store: to, id: tabId(to, t.path) } : t)),
    active: active?.startsWith(`${from}:`) ? to + active.slice(from.length) : active,
  }))
}
