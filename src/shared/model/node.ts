import type { DataTypeSpec } from '../dtype/spec'

export type ZarrFormat = 1 | 2 | 3
export type NodeKind = 'array' | 'group'

/** A row of the tree: what a listing can tell without touching chunks. */
export interface NodeSummary {
  /** Path inside the store, "" for the root. */
  path: string
  name: string
  kind: NodeKind
  zarrFormat: ZarrFormat
  /** Arrays: NumPy string or v3 name, shape. */
  dtype?: string
  shape?: number[]
  chunks?: number[]
  /** Groups: number of children where known without a scan. */
  childCount?: number
  /** Why its data cannot be read; the metadata still shows. */
  unsupported?: string
  /** The document could not be read at all. */
  problem?: string
  /** Keys of its attributes, for the filter of the explorer. */
  attributeKeys?: string[]
}

/** A codec as it is shown: name and configuration as stored. */
export interface CodecInfo {
  name: string
  /** Compact JSON of the configuration. */
  configuration: string
  stage: 'array-array' | 'array-bytes' | 'bytes-bytes' | 'unknown'
}

/** Everything about one node that its metadata tells. */
export interface NodeDetail extends NodeSummary {
  /** Formats whose documents exist at this path, the chosen one first. */
  formats: ZarrFormat[]
  /** Attributes as JSON text, tokens untouched. */
  attributesJson: string
  /** The metadata documents as stored: key and text. */
  documents: { key: string; text: string }[]
  /** The difference between this node's own document and the consolidated copy, in words; absent where they agree. */
  consolidatedDifference?: string
  array?: ArrayDetail
}

/** A metadata document as it lies in the store, whether it can be parsed or not. */
export interface StoredDocument {
  key: string
  /** Its first MiB; bytes that are no UTF-8 are U+FFFD. */
  text: string
  /** Size of all of it. */
  bytes: number
  /** `text` ends before the document does. */
  isCut: boolean
  /** Offset in `text` of the first bytes that are no UTF-8; null without any. */
  invalidAt: number | null
}

export interface ArrayDetail {
  shape: number[]
  chunks: number[]
  /** Rectilinear grids without shards: chunk lengths per dimension. */
  chunkEdges?: number[][]
  shards: number[] | null
  /** Chunk grid: chunks (inner chunks with shards) per dimension. */
  gridShape: number[]
  dtype: DataTypeSpec | null
  /** NumPy string or v3 name, as `info --json` gives it. */
  dtypeName: string
  byteOrder: 'little' | 'big' | 'mixed' | 'not applicable'
  order: 'C' | 'F'
  /** As `info --json` gives it, JSON text. */
  fillValueJson: string
  /** As cells show it, for dates and records, whose JSON is made of ticks and bytes. */
  fillShown?: string
  dimensionNames: (string | null)[] | null
  codecs: CodecInfo[]
  keyEncoding: string
  nbytes: number
  nchunks: number
  readable: boolean
  reason?: string
  /** First line(s) of the summary block that need no counting. */
  summaryHead: string
}

/** Counts of sizes in bytes: bar i counts those from edges[i] to below edges[i + 1], the last one the largest as well. */
export interface SizeHistogram {
  edges: number[]
  counts: number[]
  /** The bars are spaced by ratio. */
  log: boolean
}

/** A stored chunk that stands out. */
export interface RankedChunk {
  /** Of its array. */
  path: string
  /** Grid coordinates. */
  coords: number[]
  bytes: number
  /** Bytes once decoded; null where items vary in length. */
  rawBytes: number | null
}

/** What one array below a group takes. */
export interface ArrayStorage {
  path: string
  nbytes: number
  /** All bytes in its folder. */
  nbytesStored: number
  initialized: number
  nchunks: number
}

/** What a storage count found; complete when `done`. */
export interface StorageCount {
  nbytes: number
  nbytesStored: number
  initialized: number
  nchunks: number
  files: number
  /** Bytes per stored chunk (shard, where sharded). */
  chunkBytes: { min: number; max: number; mean: number } | null
  /** Shards whose index cannot be read; none of their chunks is counted. Absent where there are none. */
  unreadable?: number
  /** Sizes of the stored chunks of the grid (inner chunks, where sharded); null without any. */
  sizes: SizeHistogram | null
  /** The stored chunks of the grid with the most bytes, and with the least ratio where that is known; first the most. */
  largest: RankedChunk[]
  leastCompressible: RankedChunk[]
  /** Groups: the arrays below, those with most bytes first, and how many there are. */
  arrays?: { list: ArrayStorage[]; total: number }
  /** Groups: the names of children, and all bytes below each that has any. */
  children?: [string, number][]
  done: boolean
}
