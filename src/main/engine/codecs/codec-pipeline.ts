import type { DecodedChunk } from './decoded-chunk'
import type { PipelineSpec } from './pipeline-spec'

/** Random access to one stored value, synchronous because codecs run on worker threads. */
export interface ByteSource {
  readonly size: number
  /** Exactly `length` bytes from `offset`; throws ChunkCorruptError where the value is shorter. */
  read(offset: number, length: number): Uint8Array
}

/** Offset and length of each inner chunk in the stored shard, C order over chunks per shard; offset -1 is an empty one. */
export interface ShardIndex {
  offsets: Float64Array
  lengths: Float64Array
}

/** Present where the shard's inner chunks can be read on their own. */
export interface Sharding {
  innerShape: number[]
  chunksPerShard: number[]
  /** Reads and checks the index (CRC32C, bounds, both-or-neither empty). */
  index(source: ByteSource): ShardIndex
  /** Pipeline of one inner chunk; it may be sharded again. */
  inner: CodecPipeline
  /** The inner chunks of a shard as they are stored, in the index's order; undefined where one, or the shard, is missing. */
  split(stored: Uint8Array | undefined): (Uint8Array | undefined)[]
  /** The shard that holds these inner chunks, with an index of its own; in bytes of its own. */
  join(parts: readonly (Uint8Array | undefined)[]): Uint8Array
}

/** Packed items of a chunk from `firstItem` on, in memory that the next stretch may reuse. */
export interface ItemStretch {
  firstItem: number
  data: Uint8Array
  bigEndian: boolean
}

/**
 * A pipeline bound to its chunk: every codec configured and checked once. Made by `bindPipeline(spec)`, which throws
 * UnsupportedError for what is unknown and MetadataError for what is impossible.
 * Decoding checks that every step gives exactly the size the metadata implies and throws ChunkCorruptError otherwise.
 */
export interface CodecPipeline {
  readonly spec: PipelineSpec
  readonly sharding: Sharding | undefined
  /** Items of a chunk. */
  readonly items: number
  /** Bytes of an encoded chunk, where they do not depend on its values. */
  readonly encodedSize: number | undefined
  /** Strides, in items, of the packed order in which chunks are stored; present where `decodeItems` is. */
  readonly itemStrides?: number[]
  decode(bytes: Uint8Array): DecodedChunk
  /**
   * Decodes the items `firstItem`..`firstItem + items - 1` (in the stored, packed order, see `itemStrides`) reading only
   * the bytes it needs, where the chain allows (uncompressed, a single Blosc frame); otherwise undefined: decode the
   * whole. `data` holds exactly these items and may be a view on memory that the next call reuses.
   */
  decodeItems?(
    source: ByteSource,
    firstItem: number,
    items: number,
  ): { data: Uint8Array; bigEndian: boolean } | undefined
  /**
   * The same items handed to `take` a stretch at a time, so that each is used while it is in the processor's cache.
   * False where the whole, or a Blosc block of more than `maxBlock` bytes, must be decoded; nothing was taken then.
   */
  decodeStretches?(
    source: ByteSource,
    firstItem: number,
    items: number,
    take: (stretch: ItemStretch) => void,
    maxBlock?: number,
  ): boolean
  /**
   * `data`: canonical bytes, C order over spec.shape; `offsets` for variable-length items. Never changes its input and
   * returns bytes of their own. Throws ValueError where a codec cannot store a value.
   */
  encode(data: Uint8Array, offsets?: Uint32Array): Uint8Array
  /** The same; the result may be `data` itself or lie in memory that the next call reuses. */
  encodeInPlace(data: Uint8Array, offsets?: Uint32Array): Uint8Array
}
