import type { StagedValue } from '../stores/staged-value'
import type { Written } from './committed'
import { listedEdit, withoutCells } from './edit-info'
import type { Ledger } from './ledger'
import { stateOf, type Entry, type LedgerState } from './ledger-entries'
import type { Transaction } from './transaction'

/** What a journal held: staged edits, and when the last thing happened. */
export interface Restored {
  edits: number
  at: number
}

/** Brings an empty ledger to where a journal of an earlier run ends. */
export function restore(ledger: Ledger, entries: readonly Entry[], values: readonly StagedValue[]): Restored {
  const edits = new Map<number, Transaction>()
  let at = 0
  for (const entry of entries) {
    if (entry.t === 'edit') edits.set(entry.id, editOf(entry, values))
    if (entry.t === 'written') ledger.history.written(writtenOf(entry, values))
    if (entry.t === 'restamped')
      ledger.history.restamped(new Map(entry.keys.map(([key, stamp]) => [key, stamp ?? undefined])))
    if (entry.t === 'dropped') ledger.history.dropKeys(new Set(entry.keys))
    if (entry.t === 'state') {
      at = entry.at
      ledger.savedAt = entry.savedAt
      bring(ledger, entry, edits, values)
    }
  }
  ledger.keys.touched.clear()
  return { edits: ledger.history.staged.length, at }
}

/** The last number that was given to an edit. */
export const lastNumber = ({ history }: Ledger): number =>
  Math.max(0, ...[...history.all()].map(({ id }) => id))

type Of<T extends Entry['t']> = Extract<Entry, { t: T }>

function editOf(
  { id, info, edit: stored, data, offsets, changes }: Of<'edit'>,
  values: readonly StagedValue[],
): Transaction {
  const edit = withoutCells(stored)
  return {
    id,
    info: { ...info, edit: listedEdit(edit) },
    edit,
    data: stateOf(data, values) ?? null,
    offsets: stateOf(offsets, values) ?? null,
    saved: 'none',
    changes: changes.map(([key, path, before, after, stamp]) => ({
      key,
      path,
      before: stateOf(before, values),
      after: stateOf(after, values),
      stamp: stamp ?? undefined,
    })),
  }
}

const writtenOf = ({ keys }: Of<'written'>, values: readonly StagedValue[]): Map<string, Written> =>
  new Map(
    keys.map(([key, before, stamp]) => [
      key,
      { before: stateOf(before, values) ?? null, stamp: stamp ?? undefined },
    ]),
  )

function bring(
  { history, keys }: Ledger,
  { done, undone, reversed, stage, drop }: LedgerState,
  edits: ReadonlyMap<number, Transaction>,
  values: readonly StagedValue[],
): void {
  const named = (list: LedgerState['done']): Transaction[] =>
    list.flatMap(([id, saved]) => {
      const edit = edits.get(id)
      if (edit) edit.saved = saved
      return edit ? [edit] : []
    })
  history.done = named(done)
  history.undone = named(undone)
  history.reversed = named(reversed)
  for (const key of drop) keys.drop(key)
  for (const [key, value, stamp] of stage) {
    keys.drop(key)
    keys.put(key, stateOf(value, values), stamp ?? undefined)
  }
}
