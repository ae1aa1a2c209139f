import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useMemo } from 'react'
import { ensureIndex, useNodeIndex } from '../state/node-index'
import { useSession } from '../state/session'
import { filterTree, type FilteredTree, filterWords } from './filter-tree'

export interface Filtered extends FilteredTree {
  /** Nodes looked at. */
  total: number
  /** More are still coming. */
  loading: boolean
  error: unknown
  retry: () => void
}

/** The tree under the filter; null without one. The nodes of a store are walked on the first letter. */
export function useFiltered(filter: string): Filtered | null {
  const [query] = useDebouncedValue(filter, 120)
  const words = useMemo(() => filterWords(filter.trim() === '' ? '' : query), [filter, query])
  const stores = useSession((s) => s.stores)
  const byStore = useNodeIndex((s) => s.byStore)
  const active = words.length > 0
  useEffect(() => {
    if (active) for (const store of stores) ensureIndex(store.id, store.name)
  }, [active, stores])
  return useMemo(() => {
    if (words.length === 0) return null
    const indexes = stores.flatMap((s) => byStore[s.id] ?? [])
    const tree = filterTree(
      indexes.map((i) => i.nodes),
      words,
    )
    return {
      ...tree,
      total: indexes.reduce((n, i) => n + i.nodes.length, 0),
      loading: indexes.some((i) => i.status === 'loading'),
      error: indexes.find((i) => i.status === 'error')?.error ?? null,
      retry: () => {
        for (const store of stores) ensureIndex(store.id, store.name, true)
      },
    }
  }, [words, stores, byStore])
}
