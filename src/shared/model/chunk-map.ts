/** One value a cell of the chunk map. Binned cells carry the highest value among their chunks, in this order. */
export const CHUNK_STATE = { missing: 0, stored: 1, fillOnly: 2, edited: 3, corrupt: 4 } as const
export type ChunkState = (typeof CHUNK_STATE)[keyof typeof CHUNK_STATE]

/** A window on the chunk grid: `axes` on screen, other dimensions fixed or projected over. */
export interface ChunkMapQuery {
  axes: { row: number | null; column: number | null }
  /** Per dimension, the fixed grid index; null for the two axes and for dimensions projected over. */
  fixed: (number | null)[]
}

/** Counts of a listing over the chunk grid, exact at any size; cells are `rows * columns`, row-major. */
export interface ChunkMap {
  gridShape: number[]
  rows: number
  columns: number
  /** Chunks per cell along rows and columns (1 when exact). */
  binRows: number
  binColumns: number
  /** Where only a window of the grid was asked for: the chunk at its top left. Sums are of the whole grid all the same. */
  origin?: { row: number; column: number }
  /** Chunks initialised under each cell. */
  initialized: Float64Array
  /** Chunks there are under each cell. */
  total: Float64Array
  /** Stored bytes under each cell. */
  bytes: Float64Array
  sum: { initialized: number; nchunks: number; nbytesStored: number }
  /** Chunk cells per shard along rows and columns; absent without shards. */
  shard?: { rows: number; columns: number }
  done: boolean
}

/** One chunk, decoded once on request. */
export interface ChunkDetail {
  coords: number[]
  key: string
  /** Array region, start and shape, clipped to the array. */
  start: number[]
  shape: number[]
  state: 'stored' | 'missing' | 'error'
  rawBytes: number
  storedBytes: number
  modified?: number
  error?: string
  statistics?: { count: number; min: string; max: string; mean: string; nans: number; fillOnly: boolean }
}
