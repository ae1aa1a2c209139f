/**
 * The nodes the explorer knows: children are asked for when a group is opened. The maps are mutable, `version`
 * counts their changes: copying 60,000 entries for every opened group would be felt.
 */
import type { StoreInfo } from '@shared/model/host'
import type { NodeSummary } from '@shared/model/node'
import { create } from 'zustand'
import { call } from '../rpc/connection'

export interface TreeNode {
  id: string
  store: string
  summary: NodeSummary
}

export type Children =
  /** Those that have come so far. */
  | { status: 'loading'; ids: string[] }
  | { status: 'ready'; ids: string[] }
  | { status: 'error'; error: unknown }

interface TreeState {
  version: number
  /** Ids of opened groups. */
  expanded: string[]
  /** The row that has or had the focus. */
  focused: string | null
}

export const useTreeState = create<TreeState>(() => ({ version: 0, expanded: [], focused: null }))

const nodes = new Map<string, TreeNode>()
const children = new Map<string, Children>()

export const nodeId = (store: string, path: string): string => `${store}:${path}`
export const treeNode = (id: string): TreeNode | undefined => nodes.get(id)
export const childrenOf = (id: string): Children | undefined => children.get(id)

const changed = (): void => useTreeState.setState((s) => ({ version: s.version + 1 }))

/** Remembers summaries that came from elsewhere (a walk), so that they can be shown as rows. */
export function rememberNodes(store: string, summaries: readonly NodeSummary[]): void {
  for (const summary of summaries) {
    const id = nodeId(store, summary.path)
    nodes.set(id, { id, store, summary })
  }
}

/** Adds the root of a store and opens it; `refresh` reads opened groups again. */
export function plantTree(store: StoreInfo, { refresh = false } = {}): void {
  const id = nodeId(store.id, '')
  nodes.set(id, { id, store: store.id, summary: store.root })
  if (store.root.kind === 'group') {
    const expanded = useTreeState.getState().expanded
    if (!expanded.includes(id)) useTreeState.setState({ expanded: [...expanded, id] })
    if (refresh) refreshChildren(id)
    else void loadChildren(id)
  }
  changed()
}

const loads = new Map<string, Promise<void>>()

/** Asks for the children of a group, or waits for those that were asked for; the outcome is in `childrenOf`. */
export function loadChildren(id: string): Promise<void> {
  const running = children.get(id)?.status === 'loading' ? loads.get(id) : undefined
  if (running) return running
  const load = readChildren(id).finally(() => loads.delete(id))
  loads.set(id, load)
  return load
}

async function readChildren(id: string): Promise<void> {
  const node = nodes.get(id)
  if (!node) return
  const ids: string[] = []
  const loading = { status: 'loading', ids } as const
  children.set(id, loading)
  changed()
  let shown = 0
  const onProgress = ({ batch }: { batch: NodeSummary[] }): void => {
    if (children.get(id) !== loading) return
    rememberNodes(node.store, batch)
    for (const summary of batch) ids.push(nodeId(node.store, summary.path))
    if (performance.now() - shown < 200) return
    shown = performance.now()
    changed()
  }
  try {
    const list = await call('node.children', { store: node.store, path: node.summary.path }, { onProgress })
    rememberNodes(node.store, list)
    children.set(id, { status: 'ready', ids: list.map((s) => nodeId(node.store, s.path)) })
  } catch (error) {
    children.set(id, { status: 'error', error })
  }
  changed()
}

/** Opens and closes groups; children that are not known yet are read. */
export function setExpanded(expanded: string[]): void {
  useTreeState.setState({ expanded })
  for (const id of expanded) if (!children.has(id)) void loadChildren(id)
}

export const setFocused = (focused: string | null): void => useTreeState.setState({ focused })

/** Opens every group above a node, one after the other, so that its row exists. */
export async function revealNode(store: string, path: string): Promise<void> {
  const names = path === '' ? [] : path.split('/').slice(0, -1)
  const above = [nodeId(store, '')]
  for (let i = 1; i <= names.length; i++) above.push(nodeId(store, names.slice(0, i).join('/')))
  if (path === '') above.pop()
  for (const id of above) {
    // Its row exists once what is above has come.
    if (children.get(id)?.status !== 'ready') await loadChildren(id)
    const expanded = useTreeState.getState().expanded
    if (!expanded.includes(id)) useTreeState.setState({ expanded: [...expanded, id] })
  }
}

/** Reads the children of a group, and of opened groups below it, again. */
export function refreshChildren(id: string): void {
  const below = id.endsWith(':') ? id : `${id}/`
  const affected = (one: string): boolean => one === id || one.startsWith(below)
  for (const known of children.keys()) if (affected(known)) children.delete(known)
  for (const open of useTreeState.getState().expanded) if (affected(open)) void loadChildren(open)
  changed()
}

/** Takes a store that was closed out of the explorer. */
export function forgetTree(store: string): void {
  forget(store)
  useTreeState.setState((s) => ({ expanded: s.expanded.filter((id) => !id.startsWith(`${store}:`)) }))
  changed()
}

function forget(store: string): void {
  const prefix = `${store}:`
  for (const id of nodes.keys()) if (id.startsWith(prefix)) nodes.delete(id)
  for (const id of children.keys()) if (id.startsWith(prefix)) children.delete(id)
}
