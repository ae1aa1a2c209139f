import type { Edit, EditInfo } from '@shared/model/edits'
import type { StagedValue } from '../stores/staged-value'
import type { ProcessFacts } from '../files/process-facts'
import type { KeyState, Transaction } from './transaction'

/** A state as it stands in an entry: number of a value, null for a deleted key, "base" for the store's own value. */
export type StateRef = number | null | 'base'

/** The entries of the journal. Identities of missing values, which are undefined, stand as null. */
export type Entry =
  /** Whose journal it is from here on. */
  | { t: 'open'; version: 1; owner: ProcessFacts }
  | {
      t: 'edit'
      id: number
      info: EditInfo
      edit: Edit
      data: StateRef
      offsets: StateRef
      changes: [key: string, path: string, before: StateRef, after: StateRef, stamp: string | null][]
    }
  | { t: 'written'; keys: [key: string, before: StateRef, stamp: string | null][] }
  | { t: 'restamped'; keys: [key: string, stamp: string | null][] }
  | { t: 'dropped'; keys: string[] }
  | LedgerState

/** Where everything stands after what came before it; `stage` and `drop` are differences to the state before. */
export interface LedgerState {
  t: 'state'
  at: number
  done: ListedEdit[]
  undone: ListedEdit[]
  reversed: ListedEdit[]
  savedAt: number | null
  stage: [key: string, value: StateRef, stamp: string | null][]
  drop: string[]
}

type ListedEdit = [id: number, saved: Transaction['saved']]

export const listed = (transactions: readonly Transaction[]): ListedEdit[] =>
  transactions.map(({ id, saved }) => [id, saved])

/** What a reference of an entry stands for. */
export function stateOf(ref: StateRef, values: readonly StagedValue[]): KeyState {
  if (ref === null) return null
  return ref === 'base' ? undefined : values[ref]!
}
