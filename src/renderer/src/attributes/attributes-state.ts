import { perNode } from '../state/per-node'

export interface AttributesState {
  mode: 'table' | 'raw'
  query: string
  /** Paths of opened containers. */
  open: ReadonlySet<string>
  set: (change: Partial<Pick<AttributesState, 'mode' | 'query'>>) => void
  toggle: (path: string) => void
}

/** What the Attributes view of a node remembers while its store is open. */
export const attributesState = perNode<AttributesState>((set) => ({
  mode: 'table',
  query: '',
  open: new Set(),
  set: (change) => set(change),
  toggle: (path) =>
    set(({ open }) => {
      const next = new Set(open)
      if (!next.delete(path)) next.add(path)
      return { open: next }
    }),
}))
