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

export interface ArrayDetail {
  shape: number[]
  chunks: number[]
  /** Rectilinear grids: edges per dimension. */
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
  done: boolean
}
