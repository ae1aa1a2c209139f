/** What a search for a value came to. */
export interface FoundCell {
  /** Array index of the item; null where there is none. */
  index: number[] | null
  /** The search went around the end to get there. */
  wrapped: boolean
  /** Chunks that could not be read and were passed over. */
  unreadable: number
}
