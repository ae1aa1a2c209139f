import type { ZarrscopeError } from '@shared/errors'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ArrayDetail, CodecInfo, ZarrFormat } from '@shared/model/node'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { ChunkGridSpec } from '../chunks/grid'
import type { CodecSpec } from '../codecs/pipeline-spec'

export type { ChunkGridSpec }

/** Of an array's multi-byte numbers; "mixed" where the fields of a record differ. */
export type ByteOrder = ArrayDetail['byteOrder']

/** `default`: "c/0/0"; `v2`: "0.0", 0-d "0"; format 1 uses v2 with ".". */
export interface KeyEncodingSpec {
  name: 'default' | 'v2'
  separator: '.' | '/'
}

/** A metadata document as stored; kept and edited, never regenerated. */
export interface SourceDocument {
  key: string
  text: string
  zarrFormat: ZarrFormat
}

/** One in-memory model of an array for formats 1, 2 and 3, its pipeline stated in v3 terms. */
export interface ArrayMetadata {
  kind: 'array'
  zarrFormat: ZarrFormat
  shape: number[]
  grid: ChunkGridSpec
  keyEncoding: KeyEncodingSpec
  /** Null where the data type is unknown (`problem` says which). */
  dtype: DataTypeSpec | null
  /** NumPy string (formats 1, 2; records as JSON of their descr) or v3 name (JSON for parametric types), as `info` prints it. */
  dtypeName: string
  byteOrder: ByteOrder
  order: 'C' | 'F'
  /** Canonical bytes of the fill item (UTF-8 for variable-length text); null where undefined. */
  fill: Uint8Array | null
  /** As stored. */
  fillJson: JsonValue
  /** Encoding order, v3 terms; see PipelineSpec. */
  codecs: CodecSpec[]
  /** As stored, for people. */
  codecInfo: CodecInfo[]
  /** Formats 1 and 2: what the documents say (`compression`, `compression_opts`, `filters`, `compressor`), else undefined. */
  stored?: {
    /** `{id, …}` also for format 1; null for none. */
    compressor: JsonValue
    filters: JsonValue
    /** Format 1 only. */
    compression?: JsonValue
    compressionOpts?: JsonValue
  }
  dimensionNames: (string | null)[] | null
  attributes: JsonObject
  /** Attributes exactly as stored (JSON text, "{}" when absent). */
  attributesText: string
  source: SourceDocument[]
  /** Why data is refused while metadata shows: an UnsupportedError or a MetadataError confined to one field. */
  problem?: ZarrscopeError
}

export interface GroupMetadata {
  kind: 'group'
  zarrFormat: ZarrFormat
  attributes: JsonObject
  attributesText: string
  source: SourceDocument[]
  /** An extension that must be understood and is not: the group shows, what is below may be wrong. */
  problem?: ZarrscopeError
  /** Documents of a consolidated hierarchy below this group: relative path → documents by file name (v2: .zarray, .zgroup,
   * .zattrs; v3: zarr.json), each as parsed JSON with its text. Undefined where there is no consolidated metadata. */
  consolidated?: Map<string, Map<string, string>>
}

export type NodeMetadata = ArrayMetadata | GroupMetadata
