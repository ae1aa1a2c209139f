import { CodecFailure } from './codec-failure'

/** Bytes before every Blosc frame's table of block offsets. */
export const BLOSC_HEADER_SIZE = 16

/** The first 16 bytes of every Blosc frame (c-blosc's README_CHUNK_FORMAT). */
export interface BloscHeader {
  readonly flags: number
  /** Bytes per item, 1..255. */
  readonly typesize: number
  /** Decoded bytes. */
  readonly nbytes: number
  /** Decoded bytes per block; the last block may be shorter. */
  readonly blocksize: number
  /** Length of the whole frame. */
  readonly cbytes: number
  /** The decoded bytes follow the header as they are; there are no blocks. */
  readonly stored: boolean
  readonly shuffle: 0 | 1 | 2
  readonly compressor: 'blosclz' | 'lz4' | 'snappy' | 'zlib' | 'zstd'
  /** Number of blocks; 0 for stored and empty frames. */
  readonly blocks: number
}

const COMPRESSORS = ['blosclz', 'lz4', 'snappy', 'zlib', 'zstd'] as const

/**
 * Reads and checks a frame's header: `bytes` holds at least its 16 bytes, `length` is the length of the whole frame,
 * `expected` the decoded size where it is known. Throws CodecFailure.
 */
export function parseBloscHeader(bytes: Uint8Array, length: number, expected?: number): BloscHeader {
  if (bytes.length < BLOSC_HEADER_SIZE || length < BLOSC_HEADER_SIZE) {
    throw new CodecFailure('truncated', 'the blosc data ends too early')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, BLOSC_HEADER_SIZE)
  const flags = view.getUint8(2)
  const typesize = view.getUint8(3)
  const nbytes = view.getUint32(4, true)
  const blocksize = view.getUint32(8, true)
  const cbytes = view.getUint32(12, true)
  const stored = (flags & 2) !== 0
  const compressor = COMPRESSORS[flags >> 5]
  if (view.getUint8(0) !== 2 || (flags & 8) !== 0) {
    throw new CodecFailure('unsupported', 'the blosc data is of a version that is not supported')
  }
  if (cbytes > length) {
    throw new CodecFailure(
      'truncated',
      `the blosc frame has ${length} of the ${cbytes} bytes its header names`,
    )
  }
  if (cbytes < length) {
    throw new CodecFailure('header', `the blosc frame has ${length} bytes, its header names ${cbytes}`)
  }
  if (expected !== undefined && nbytes !== expected) {
    throw new CodecFailure('size', `the blosc frame holds ${nbytes} bytes instead of ${expected}`)
  }
  const blocks = stored || nbytes === 0 || blocksize === 0 ? 0 : Math.ceil(nbytes / blocksize)
  const sane = stored
    ? cbytes === nbytes + BLOSC_HEADER_SIZE
    : nbytes === 0 || (blocksize > 0 && blocksize <= nbytes && BLOSC_HEADER_SIZE + 4 * blocks <= cbytes)
  if (typesize === 0 || !sane) {
    throw new CodecFailure('header', 'the blosc frame has a header that contradicts itself')
  }
  if (!stored && blocks > 0 && (compressor === undefined || view.getUint8(1) !== 1)) {
    throw new CodecFailure('unsupported', 'the blosc frame names a compressor that is not supported')
  }
  const shuffle = (flags & 1) !== 0 && typesize > 1 ? 1 : (flags & 4) !== 0 ? 2 : 0
  const name = compressor ?? 'blosclz' // only for stored frames, where nothing depends on it
  return { flags, typesize, nbytes, blocksize, cbytes, stored, shuffle, compressor: name, blocks }
}

/**
 * Where each block's bytes lie, as offsets from the start of the frame. `table` is the table of block offsets that
 * follows the header: 4 * header.blocks bytes. Blocks may lie in any order; each ends where the next one or the frame
 * does. Throws CodecFailure when a block starts outside the frame.
 */
export function bloscBlockRanges(
  header: BloscHeader,
  table: Uint8Array,
): { readonly starts: Uint32Array; readonly ends: Uint32Array } {
  if (table.length < 4 * header.blocks) {
    throw new CodecFailure('truncated', 'the blosc data ends inside its table of blocks')
  }
  const view = new DataView(table.buffer, table.byteOffset, 4 * header.blocks)
  const starts = Uint32Array.from({ length: header.blocks }, (_, i) => view.getUint32(4 * i, true))
  const order = Uint32Array.from(starts).sort()
  if (order.length > 0 && (order[0]! < BLOSC_HEADER_SIZE || order[order.length - 1]! >= header.cbytes)) {
    throw new CodecFailure('header', 'a block of the blosc frame starts outside the frame')
  }
  const endOf = new Map<number, number>()
  order.forEach((start, i) => endOf.set(start, order[i + 1] ?? header.cbytes))
  return { starts, ends: starts.map((start) => endOf.get(start)!) }
}
