import type { Staged } from '../stores/overlay'
import type { RedoJournal } from '../stores/redo-journal'

/** Bytes of former values that are kept to undo what was saved, and what a person should know beyond them. */
export const UNDO_BYTES = 2 ** 30
export const UNDO_LOST =
  'The oldest saved edits cannot be undone any more: what they replaced is larger than what is kept.'

/** What a key held before Save wrote it, and the identity of what the store holds since. */
export interface Written {
  before: Staged
  stamp: string | undefined
}

/** What a Save came to, also where it failed. */
export interface Committed {
  /** Keys that the store holds now as they were staged. */
  written: Map<string, Written>
  /** Keys that were written and put back: the same contents under another identity. */
  restamped: Map<string, string | undefined>
  /** The store's own values were more than could be kept: they are gone. */
  isFinal: boolean
  /** Files are written that could not be put back; the journal beside the store says what is missing. */
  unfinished?: RedoJournal
}
