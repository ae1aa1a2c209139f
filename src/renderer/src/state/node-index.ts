/** Every node of a store, for the filter of the explorer and the palette: one walk, on the first wish. */
import { isAborted } from '@shared/errors'
import type { NodeSummary } from '@shared/model/node'
import { create } from 'zustand'
import { call } from '../rpc/connection'
import { endJob, startJob } from './jobs'
import { rememberNodes } from './tree'

export interface IndexedNode {
  store: string
  summary: NodeSummary
  /** Path, dtype and attribute keys in lower case. */
  text: string
}

export interface NodeIndex {
  status: 'loading' | 'done' | 'cancelled' | 'error'
  nodes: IndexedNode[]
  error: unknown
}

/** A new object for every batch; `nodes` grows in place. */
export const useNodeIndex = create<{ byStore: Record<string, NodeIndex> }>(() => ({ byStore: {} }))

const walks = new Map<string, AbortController>()

export const searchText = (summary: NodeSummary): string =>
  [summary.path, summary.dtype ?? '', ...(summary.attributeKeys ?? [])].join('\n').toLowerCase()

/** Starts the walk unless it runs or ran; `again` after an error or a cancellation. */
export function ensureIndex(store: string, name: string, again = false): void {
  const known = useNodeIndex.getState().byStore[store]
  if (known && !(again && known.status !== 'loading')) return
  const nodes: IndexedNode[] = []
  const abort = new AbortController()
  let shown = 0
  const show = (status: NodeIndex['status'], error: unknown = null): void => {
    if (walks.get(store) !== abort) return
    useNodeIndex.setState((s) => ({ byStore: { ...s.byStore, [store]: { status, nodes, error } } }))
  }
  walks.set(store, abort)
  show('loading')
  const job = startJob({ name: `List nodes of ${name}`, cancel: () => abort.abort() })
  call(
    'node.walk',
    { store, path: '' },
    {
      signal: abort.signal,
      onProgress: ({ batch }) => {
        rememberNodes(store, batch)
        for (const summary of batch) nodes.push({ store, summary, text: searchText(summary) })
        // Everybody who searches searches again with every news: not with every batch.
        if (performance.now() - shown < 200) return
        shown = performance.now()
        show('loading')
      },
    },
  )
    .then(
      () => show('done'),
      (error: unknown) => show(isAborted(error) ? 'cancelled' : 'error', error),
    )
    .finally(() => endJob(job))
}

/** Forgets the names of a store that was closed, and stops reading them. */
export function dropIndex(store: string): void {
  walks.get(store)?.abort()
  walks.delete(store)
  useNodeIndex.setState((s) => {
    const others = Object.entries(s.byStore).filter(([id]) => id !== store)
    return { byStore: Object.fromEntries(others) }
  })
}
