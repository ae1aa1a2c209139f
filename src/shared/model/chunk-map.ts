/** What a chunk map can colour besides stored bytes: the time of the last write, and values found by decoding. */
export type ChunkMeasure = 'modified' | 'min' | 'max'

/** A view on the chunk grid: `axes` on screen, other dimensions fixed or projected over. */
export interface ChunkMapQuery {
  axes: { row: number | null; column: number | null }
  /** Per dimension, the fixed grid index; null for the two axes and for dimensions projected over. */
  fixed: (number | null)[]
  /** Without a row axis: the chunks along the column axis go in lines of so many. */
  wrap?: number
  /** Only this part of the map, in chunks along the axes (or lines); absent: the whole. See `ChunkMap.origin`. */
  window?: { row: number; rows: number; column: number; columns: number }
  measure?: ChunkMeasure
}

/** Chunks that decoding, or staged edits, have told something about. */
export interface ChunkFindings<Counts> {
  /** Stored, and nothing but the fill value. */
  fillOnly: Counts
  /** Stored, and not to be decoded. */
  corrupt: Counts
  /** With staged edits, deleted ones included. */
  edited: Counts
}

/** Counts of a listing over the chunk grid, exact at any size; cells are `rows * columns`, row-major. */
export interface ChunkMap {
  gridShape: number[]
  rows: number
  columns: number
  /** Chunks per cell along rows and columns (1 when exact). */
  binRows: number
  binColumns: number
  /** Where only a window of the map was asked for: the place at its top left. Sums are of the whole array all the same. */
  origin?: { row: number; column: number }
  /** Chunks initialised under each cell. */
  initialized: Float64Array
  /** Chunks there are under each cell. */
  total: Float64Array
  /** Stored bytes under each cell. */
  bytes: Float64Array
  /** Decoded bytes of the stored chunks under each cell, where chunks are of several sizes (rectilinear grids). */
  raw?: Float64Array
  /** The measure that was asked for: latest time, least minimum, greatest maximum under each cell; NaN where not known. */
  measured?: Float64Array
  /** Absent where nothing was found yet. */
  findings?: ChunkFindings<Uint32Array>
  sum: {
    initialized: number
    nchunks: number
    nbytesStored: number
    /** Stored chunks that were decoded since they were last written. */
    checked: number
  } & ChunkFindings<number>
  /** Shards whose index cannot be read, the first of them: none of their chunks is counted. Absent without any. */
  unreadable?: ChunkProblem[]
  /** Chunk cells per shard along rows and columns; absent without shards. */
  shard?: { rows: number; columns: number }
  done: boolean
}

/** What decoding the stored chunks of an array has found so far; complete when `done`. */
export interface ChunkSurvey {
  /** Stored chunks, and those of them that were looked at. */
  total: number
  checked: number
  fillOnly: { chunks: number; bytes: number }
  corrupt: { chunks: number; bytes: number }
  /** The first of those that cannot be decoded. */
  problems: ChunkProblem[]
  done: boolean
}

export interface ChunkProblem {
  /** Grid coordinates; of a shard's first inner chunk where a whole shard cannot be read. */
  coords: number[]
  key: string
  message: string
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
  /** The chain in the order of encoding, the bytes after each step; null where a later step could not be undone. */
  steps: ChunkStep[]
  /** What notices damage of the stored bytes, such as "crc32c" or "zip entry (CRC-32)"; empty where nothing does. */
  checksums: string[]
  /** With shards: where the chunk lies. */
  shard?: {
    coords: number[]
    /** Bytes of the whole shard. */
    bytes: number
    /** Number in the shard's index, C order, and where its bytes are; absent where the chunk is missing. */
    entry?: { number: number; offset: number; length: number }
  }
}

/** A part of a chunk's bytes; `total` is how many there are, 0 where the chunk is missing. */
export interface ChunkBytes {
  bytes: Uint8Array
  total: number
}

export interface ChunkStep {
  /** Name of the codec; "items" for the decoded chunk itself. */
  name: string
  bytes: number | null
  /** Undoing this step failed. */
  failed?: true
}
