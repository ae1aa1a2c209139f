/** The inner compressors of a Blosc frame that can be written; `snappy` frames are read only. */
export type BloscCompressor = 'blosclz' | 'lz4' | 'lz4hc' | 'zlib' | 'zstd'

/** 0 none, 1 byte shuffle, 2 bit shuffle. The "auto" value of the formats (-1) is resolved by the caller. */
export type BloscShuffle = 0 | 1 | 2

/** One step of an LZMA filter chain, with the field names and meanings of Python's `lzma` module. */
export interface LzmaFilter {
  /** 3 delta, 4-9 branch converters, 0x21 LZMA2, 0x4000000000000001 (as a bigint or rounded number) LZMA1. */
  readonly id: number | bigint
  readonly preset?: number | null | undefined
  /** Delta: distance in bytes, 1..256. */
  readonly dist?: number | null | undefined
  readonly dict_size?: number | null | undefined
  readonly lc?: number | null | undefined
  readonly lp?: number | null | undefined
  readonly pb?: number | null | undefined
  /** 1 fast, 2 normal. */
  readonly mode?: number | null | undefined
  readonly nice_len?: number | null | undefined
  /** 3 hc3, 4 hc4, 0x12 bt2, 0x13 bt3, 0x14 bt4. */
  readonly mf?: number | null | undefined
  readonly depth?: number | null | undefined
  /** Branch converters: start offset. */
  readonly start_offset?: number | null | undefined
}

/** What to decode with. Containers of the formats (the length before an LZ4 block, checksums) are the caller's. */
export type DecodeParams =
  | { readonly codec: 'blosc' }
  /** One LZ4 block without frame or length. */
  | { readonly codec: 'lz4' }
  /** All frames of the input, one after another; skippable frames are skipped; window at most 128 MiB. */
  | { readonly codec: 'zstd' }
  /** `gzip` reads all members and checks each CRC; zero padding after the last is accepted. `deflate` has no wrapper. */
  | { readonly codec: 'zlib' | 'gzip' | 'deflate' }
  /** All streams of the input. */
  | { readonly codec: 'bz2' }
  /** 1 XZ (all streams, padding accepted), 2 ALONE, 3 RAW; `filters` are needed and used only with RAW. */
  | {
      readonly codec: 'lzma'
      readonly format: 1 | 2 | 3
      readonly filters?: readonly LzmaFilter[] | null | undefined
    }

/** What to encode with. */
export type EncodeParams =
  | {
      readonly codec: 'blosc'
      readonly cname: BloscCompressor
      /** 0..9. */
      readonly clevel: number
      readonly shuffle: BloscShuffle
      /** Bytes per element, 1..255; more is stored as 1. */
      readonly typesize: number
      /** Bytes per block, 0 lets c-blosc choose. */
      readonly blocksize?: number | undefined
    }
  /** One LZ4 block without frame or length; acceleration 1 or less is the default. */
  | { readonly codec: 'lz4'; readonly acceleration?: number | undefined }
  /** One frame with its content size; level -131072..22, 0 means 3. */
  | { readonly codec: 'zstd'; readonly level: number; readonly checksum?: boolean | undefined }
  /** Stock zlib, level -1..9; `gzip` writes a header without name or time. */
  | { readonly codec: 'zlib' | 'gzip' | 'deflate'; readonly level: number }
  /** Level 1..9. */
  | { readonly codec: 'bz2'; readonly level: number }
  | {
      readonly codec: 'lzma'
      readonly format: 1 | 2 | 3
      /** XZ only: 0 none, 1 CRC32, 4 CRC64, 10 SHA-256; -1 means CRC64. */
      readonly check?: number | undefined
      /** 0..9, optionally | 0x80000000 for "extreme"; used when `filters` are absent. Default 6. */
      readonly preset?: number | null | undefined
      readonly filters?: readonly LzmaFilter[] | null | undefined
    }

/**
 * How many bytes a decoder may produce. `exact`: fewer or more is an error. `max`: the size is not known ahead;
 * memory grows as needed and decoding stops with an error at the first byte beyond.
 */
export type DecodedSize = { readonly exact: number } | { readonly max: number }
