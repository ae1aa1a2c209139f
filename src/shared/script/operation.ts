import type { Edit } from '../model/edits'
import type { JobSpec } from '../model/jobs'

/** Whatever a person can do to a store by hand. */
export type Operation = Edit | JobSpec

/** The text that does the same, or the sentence that says why there is none. */
export type Script = { text: string } | { whyNot: string }

export interface Scripts {
  /** A line for a POSIX shell. */
  command: Script
  /** For zarr-python 3. */
  python: Script
}

/** What an operation leaves to its surroundings. */
export interface Where {
  /** Path of an opened store by its id; edits do not name their store, which is asked for without one. */
  storePath: (store?: string) => string
}
