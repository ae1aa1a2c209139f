/** The 16 bytes before every Blosc frame (FORMATS.md, "Blosc frame"). */
export interface BloscHeader {
  readonly versionFormat: number
  readonly compressorFormat: number
  readonly flags: number
  /** Bytes per item, 1..255. */
  readonly typesize: number
  /** Decoded bytes. */
  readonly nbytes: number
  /** Decoded bytes per block; the last may be shorter. */
  readonly blocksize: number
  /** Length of the whole frame. */
  readonly cbytes: number
  /** The decoded bytes follow the header as they are. */
  readonly stored: boolean
  readonly shuffle: 0 | 1 | 2
  readonly compressor: 'blosclz' | 'lz4' | 'snappy' | 'zlib' | 'zstd'
  /** Number of blocks, 0 for stored and empty frames. */
  readonly blocks: number
}

/**
 * Reads and checks a frame's header. `length` is the length of the whole frame (file or shard entry), `expected` the
 * decoded size where it is known. Throws CodecFailure with reason 'header', 'truncated' or 'size'.
 */
export declare function parseBloscHeader(bytes: Uint8Array, length: number, expected?: number): BloscHeader

/**
 * Offsets in the frame between which the bytes of one block lie. `starts` is the table of block offsets that follows
 * the header: 4 * header.blocks bytes, at frame offset 16. Blocks may lie in any order.
 */
export declare function bloscBlockRange(
  header: BloscHeader,
  starts: Uint8Array,
  block: number,
): { readonly start: number; readonly end: number }
