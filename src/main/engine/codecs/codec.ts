import type { DataTypeSpec } from '@shared/dtype/spec'
import type { CodecBackend } from './codec-backend'
import type { CodecPipeline, Sharding } from './codec-pipeline'
import type { Configuration } from './configuration'
import type { DecodedChunk } from './decoded-chunk'

/**
 * A codec: how its configuration is read and what it becomes once bound to the chunk or bytes it is given. Which of
 * the three `bind…` functions is used depends on the position in the pipeline; a codec has those that it supports.
 *
 * Binding throws MetadataError for a configuration that is impossible and UnsupportedError for one that is legal but
 * not known. Decoding throws ChunkCorruptError or CodecFailure, encoding ValueError where a value cannot be stored.
 */
export interface CodecDefinition {
  /** As in format 3; codecs known to format 2 only are "numcodecs.<id>". */
  readonly name: string
  /** Other names with the same bytes and configuration. */
  readonly aliases?: readonly string[]
  /** One line for the table of supported codecs. */
  readonly about: string
  /** What it can do elsewhere but not here, as a clause. */
  readonly limits?: string
  /** The stored bytes say all that decoding needs, so that unknown fields of the configuration do no harm. */
  readonly selfDescribing?: boolean
  readonly bindArrayToArray?: (
    configuration: Configuration,
    input: ChunkSpec,
    context: BindContext,
  ) => BoundArrayCodec
  readonly bindArrayToBytes?: (
    configuration: Configuration,
    input: ChunkSpec,
    context: BindContext,
  ) => BoundSerializer
  readonly bindBytesToBytes?: (
    configuration: Configuration,
    input: StreamSpec,
    context: BindContext,
  ) => BoundByteCodec
}

/** A codec that is known by name and refused on purpose. */
export interface RefusedCodec {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly about: string
  readonly stage: 'array-array' | 'array-bytes'
  /** A clause that ends "The codec … cannot be used: ". */
  readonly refused: string
}

/** The chunk that a codec is given to encode, and that its decoder must give back. */
export interface ChunkSpec {
  readonly dtype: DataTypeSpec
  readonly shape: readonly number[]
  /** Canonical bytes of one fill item; null means undefined (read as zero). */
  readonly fill: Uint8Array | null
}

/** The bytes that a bytes→bytes codec is given to encode, and that its decoder must give back. */
export interface StreamSpec {
  /** Number of bytes, where the metadata determines it. */
  readonly size: number | undefined
  /** What the bytes are while they are still plain items: format 2 filters compute with them, Blosc shuffles by their size. */
  readonly item?: ItemFormat | undefined
}

/** Packed items of one type and byte order. */
export interface ItemFormat {
  readonly dtype: DataTypeSpec
  readonly bigEndian: boolean
}

/** Array→array. Neither direction changes its input; the result may share its bytes. */
export interface BoundArrayCodec {
  /** The chunk after encoding. */
  readonly output: ChunkSpec
  /** Only strides change: the packed items of the encoded chunk are those of the decoded one. */
  readonly onlyStrides?: boolean
  encode(chunk: DecodedChunk): DecodedChunk
  decode(chunk: DecodedChunk): DecodedChunk
}

/** Array→bytes. */
export interface BoundSerializer {
  /** The bytes after encoding. */
  readonly output: StreamSpec
  readonly sharding?: Sharding | undefined
  /** Any run of packed items by itself, where the stored bytes are nothing but items. */
  readonly decodeItems?: (data: Uint8Array) => { data: Uint8Array; bigEndian: boolean }
  encode(chunk: DecodedChunk): Uint8Array
  decode(bytes: Uint8Array): DecodedChunk
}

/** Bytes→bytes. Results may be views on memory that the next call reuses. */
export interface BoundByteCodec {
  /** The bytes after encoding. */
  readonly output: StreamSpec
  encode(bytes: Uint8Array): Uint8Array
  decode(bytes: Uint8Array): Uint8Array
}

/** What a codec may use besides its configuration. */
export interface BindContext {
  /** The compressors of this thread. */
  readonly backend: CodecBackend
  /** Reads and binds the list of codecs in a field of a codec's configuration. */
  bindInner(configuration: Configuration, field: string, chunk: ChunkSpec): CodecPipeline
}
