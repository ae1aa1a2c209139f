import type { StagedValue } from '../stores/staged-value'
import type { Committed, Written } from './committed'
import { History } from './history'
import type { EditJournal } from './journal'
import { listed, type Entry } from './ledger-entries'
import type { StagedKeys } from './staged-keys'
import type { KeyChange, Transaction } from './transaction'

/**
 * What was edited and which keys differ from the store because of it, in memory and in a journal. Changes are made first
 * and recorded then; what could not be recorded is recorded together with the next change.
 */
export class Ledger {
  readonly history = new History()
  readonly keys: StagedKeys
  savedAt: number | null = null
  private journal: EditJournal | undefined
  private readonly pending: ((journal: EditJournal) => Promise<Entry>)[] = []

  constructor(keys: StagedKeys) {
    this.keys = keys
  }

  get hasJournal(): boolean {
    return this.journal !== undefined
  }

  /** Whether something happened that the journal does not know. */
  get hasNews(): boolean {
    return this.pending.length > 0 || this.keys.touched.size > 0
  }

  /** Goes on in a journal; a new one is told everything with the next `record`. */
  keepIn(journal: EditJournal): void {
    this.journal = journal
  }

  /** Nothing that is worth keeping is left: the journal goes. Throws IoError. */
  async forget(): Promise<void> {
    const { journal } = this
    this.journal = undefined
    await journal?.remove()
  }

  /** Lets go of the journal, which stays for the next run. */
  async close(): Promise<void> {
    const { journal } = this
    this.journal = undefined
    await journal?.close()
  }

  /** Takes a value out of memory, where there is a journal for it. */
  readonly keep = async (value: StagedValue): Promise<void> => {
    // Without room for it, it stays where it is.
    await this.journal?.refer(value).catch(() => undefined)
  }

  add(transaction: Transaction): void {
    this.history.add(transaction)
    this.remember(transaction)
    this.keys.stage(transaction.changes, 'after')
  }

  undo(): void {
    const { changes } = this.history.done.at(-1)!
    this.history.undo()
    this.keys.stage(changes, 'before')
  }

  redo(): void {
    const { changes } = this.history.undone.at(-1)!
    this.history.redo()
    this.keys.stage(changes, 'after')
  }

  /** Edits from number `at` on were planned anew without the one there; `states` are what keys come to by that. */
  replace(at: number, rest: Transaction[], states: readonly KeyChange[]): void {
    const known = new Set(this.history.done)
    this.history.replace(at, rest)
    for (const transaction of rest) if (!known.has(transaction)) this.remember(transaction)
    this.keys.stage(states, 'after')
  }

  /** Nothing is staged any more, but for what takes back the part that a Save that failed had written. */
  discard(): void {
    for (const key of [...this.keys.overlay.staged.keys()]) this.keys.drop(key)
    for (const { changes } of this.history.discard()) this.keys.stage(changes, 'before')
  }

  /**
   * Takes over what a Save came to. True where saved edits had to be forgotten: what was there before them is gone, or more
   * than `undoBytes`.
   */
  settle({ written, restamped, isFinal }: Committed, undoBytes: number): boolean {
    this.restamped(restamped)
    this.written(written)
    const isLost = isFinal && written.size > 0
    if (isLost) this.history.clear()
    return this.history.trim(undoBytes) || isLost
  }

  /** Save wrote these keys. */
  private written(keys: ReadonlyMap<string, Written>): void {
    if (keys.size === 0) return
    this.history.written(keys)
    this.keys.written(keys)
    if (this.keys.size === 0) this.history.saved()
    this.pending.push(async (journal) => {
      const entry: Extract<Entry, { t: 'written' }> = { t: 'written', keys: [] }
      for (const [key, { before, stamp }] of keys)
        entry.keys.push([key, await journal.refer(before), stamp ?? null])
      return entry
    })
  }

  /** A Save that failed put these keys back: they hold what they held, under another identity. */
  private restamped(stamps: ReadonlyMap<string, string | undefined>): void {
    if (stamps.size === 0) return
    this.history.restamped(stamps)
    this.keys.restamped(stamps)
    const keys = [...stamps].map(([key, stamp]): [string, string | null] => [key, stamp ?? null])
    this.pending.push(async () => ({ t: 'restamped', keys }))
  }

  /** Forgets what was done to these keys. */
  dropped(keys: readonly string[]): void {
    this.history.dropKeys(new Set(keys))
    for (const key of keys) this.keys.drop(key)
    this.pending.push(async () => ({ t: 'dropped', keys: [...keys] }))
  }

  /** Writes to the journal what happened since. Throws IoError; nothing is lost then, and it can be tried again. */
  async record(): Promise<void> {
    const { journal } = this
    if (!journal) return
    while (this.pending.length > 0) {
      await journal.append(await this.pending[0]!(journal))
      this.pending.shift()
    }
    const touched = [...this.keys.touched]
    const { done, undone, reversed } = this.history
    const state: Entry = {
      t: 'state',
      at: Date.now(),
      done: listed(done),
      undone: listed(undone),
      reversed: listed(reversed),
      savedAt: this.savedAt,
      stage: [],
      drop: [],
    }
    for (const key of touched) {
      const value = this.keys.overlay.staged.get(key)
      if (value === undefined) state.drop.push(key)
      else state.stage.push([key, await journal.refer(value), this.keys.stamps.get(key) ?? null])
    }
    await journal.append(state)
    for (const key of touched) this.keys.touched.delete(key)
  }

  private remember(transaction: Transaction): void {
    this.pending.push(async (journal) => {
      const { id, info, edit, data, offsets } = transaction
      const entry: Extract<Entry, { t: 'edit' }> = {
        t: 'edit',
        id,
        info,
        edit,
        data: await journal.refer(data),
        offsets: await journal.refer(offsets),
        changes: [],
      }
      for (const { key, path, before, after, stamp } of transaction.changes)
        entry.changes.push([
          key,
          path,
          await journal.refer(before),
          await journal.refer(after),
          stamp ?? null,
        ])
      return entry
    })
  }
}
