import type { JsonObject } from '@shared/json/value'
import type { DataTypeSpec } from '@shared/dtype/spec'

/** A codec in v3 terms; a v2 `id` that has no v3 codec is "numcodecs.<id>". Configuration as parsed from the document. */
export interface CodecSpec {
  name: string
  configuration: JsonObject
}

/**
 * How one chunk is stored, as plain data that crosses threads (structured clone keeps Maps and bigints).
 * Codecs are in encoding order. Format 2 order F is a leading transpose; format 2 byte order is the `bytes` codec's
 * endian ("mixed" with `swaps` for records whose fields differ); format 2 filters other than object codecs follow
 * `bytes` as bytes→bytes codecs, with their own dtype where they have one.
 */
export interface PipelineSpec {
  dtype: DataTypeSpec
  /** Shape of the stored chunk (the shard, where sharded), full size also at the edge. */
  shape: number[]
  /** Canonical bytes of one fill item (UTF-8 for text; see DataTypeSpec); null means undefined (read as zero). */
  fill: Uint8Array | null
  codecs: CodecSpec[]
}
