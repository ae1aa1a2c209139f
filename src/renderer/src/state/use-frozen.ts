import { useEdits } from './edits'

/** Why nothing in the store can be edited, in one sentence; null where it can. */
export function useFrozen(store: string): string | null {
  const state = useEdits((s) => s.byStore[store])
  return state ? state.frozen : 'The store is still being opened.'
}
