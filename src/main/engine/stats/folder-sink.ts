import type { Confinement } from '../files/confinement'

/** A folder on the disk, and where links in it may lead. */
export interface FolderPlace {
  folder: string
  confinement: Confinement
}

/** Takes what lies in an array's folder, in any order. */
export interface FolderSink {
  /**
   * A stored chunk (shard) of the grid; `coords` is used again for the next one. `modified` in milliseconds since 1970,
   * NaN where the store does not tell.
   */
  chunk(coords: Float64Array, size: number, modified: number): void
  /** Any other file: documents, strays. */
  other(size: number): void
}

export interface ListFolderOptions {
  signal?: AbortSignal | undefined
  /** False where names are enough: what the sink is given has no size then (NaN), where one costs time. */
  sizes?: boolean
  /** Called now and then while the listing goes on. */
  onBatch?: () => void
}
