/** Statistics over a selection; texts are formatted by the data type, so that int64 stays exact. */
export interface SelectionStatistics {
  count: number
  /** Items whose chunk is missing. */
  missing: number
  nans: number
  min: string | null
  max: string | null
  mean: string | null
  sum: string | null
  /** Number of distinct texts, for strings, up to 10,000. */
  distinct?: number
  done: boolean
}
