import type { Staged } from '../stores/overlay'
import type { Transaction } from './transaction'

/**
 * What was edited, in order. `done` counts now; `undone` can be done again, the last one first. `reversed` were undone
 * although the store holds them, and something else was done since: they are differences that no undo names any more.
 */
export class History {
  done: Transaction[] = []
  undone: Transaction[] = []
  reversed: Transaction[] = []

  /** A new edit: what was undone cannot be done again. */
  add(transaction: Transaction): void {
    this.dropUndone()
    this.done.push(transaction)
  }

  undo(): void {
    const last = this.done.pop()
    if (last) this.undone.push(last)
  }

  redo(): void {
    const last = this.undone.pop()
    if (last) this.done.push(last)
  }

  /** Edits from number `at` on were planned anew without the one there. */
  replace(at: number, rest: Transaction[]): void {
    this.dropUndone()
    const doomed = this.done[at]
    if (doomed?.saved === 'part') this.reversed.push(doomed)
    this.done = [...this.done.slice(0, at), ...rest]
  }

  private dropUndone(): void {
    this.reversed.push(...this.undone.filter(({ saved }) => saved !== 'none'))
    this.undone = []
  }

  /** Edits that the store does not hold yet, oldest first. */
  get staged(): Transaction[] {
    return this.done.filter(({ saved }) => saved !== 'all')
  }

  /** Edits that the store holds, or holds a part of, and that were undone. */
  get takenBack(): Transaction[] {
    return [...this.reversed, ...this.undone.filter(({ saved }) => saved !== 'none')]
  }

  /**
   * The store's own values of these keys were written: `undefined` meant `before` so far, and stands for what the store
   * holds now, whose identity is `stamp`.
   */
  written(keys: ReadonlyMap<string, { before: Staged; stamp: string | undefined }>): void {
    for (const transaction of this.all()) {
      for (const change of transaction.changes) {
        const key = keys.get(change.key)
        if (!key) continue
        if (change.before === undefined) change.before = key.before
        if (change.after === undefined) change.after = key.before
        change.stamp = key.stamp
      }
    }
    const touched = ({ changes }: Transaction): boolean => changes.some(({ key }) => keys.has(key))
    for (const one of this.done) if (one.saved === 'none' && touched(one)) one.saved = 'part'
    for (const one of this.takenBack) if (one.saved === 'all' && touched(one)) one.saved = 'part'
  }

  /** The store's own values of these keys are the same under other identities. */
  restamped(stamps: ReadonlyMap<string, string | undefined>): void {
    for (const { changes } of this.all())
      for (const change of changes) if (stamps.has(change.key)) change.stamp = stamps.get(change.key)
  }

  /**
   * Nothing is staged any more: undone edits that the store holds are done again. Gives the edits of which a Save that
   * failed had written a part; they are to be taken back.
   */
  discard(): Transaction[] {
    const parts = [...this.reversed, ...this.undone, ...this.done].filter(({ saved }) => saved === 'part')
    this.done = [
      ...this.done.filter(({ saved }) => saved === 'all'),
      ...this.undone.filter(({ saved }) => saved === 'all').reverse(),
      ...this.reversed.filter(({ saved }) => saved === 'all'),
    ]
    this.undone = []
    this.reversed = parts
    return parts
  }

  /** Forgets what was done to these keys. */
  dropKeys(keys: ReadonlySet<string>): void {
    const rest = (list: Transaction[]): Transaction[] => {
      for (const transaction of list)
        transaction.changes = transaction.changes.filter(({ key }) => !keys.has(key))
      return list.filter(({ changes }) => changes.length > 0)
    }
    this.done = rest(this.done)
    this.undone = rest(this.undone)
    this.reversed = rest(this.reversed)
  }

  /** The store holds everything that is done, and nothing that is undone. */
  saved(): void {
    for (const transaction of this.done) transaction.saved = 'all'
    for (const transaction of this.undone) transaction.saved = 'none'
    this.reversed = []
  }

  clear(): void {
    this.done = []
    this.undone = []
    this.reversed = []
  }

  /** Forgets the oldest edits that the store holds until what was there before them has at most so many bytes. */
  trim(limit: number): boolean {
    const sizes = this.done.map(({ changes }) =>
      changes.reduce((n, { before }) => n + (before?.size ?? 0), 0),
    )
    let bytes = sizes.reduce((n, size) => n + size, 0)
    let count = 0
    while (bytes > limit && this.done[count]?.saved === 'all') bytes -= sizes[count++]!
    this.done.splice(0, count)
    return count > 0
  }

  *all(): Generator<Transaction> {
    yield* this.done
    yield* this.undone
    yield* this.reversed
  }
}
