import type { BloscHeader } from './blosc-header'
import type { DecodedSize, DecodeParams, EncodeParams } from './codec-params'

/**
 * The codec module of one thread. Every method that returns bytes returns a view on WASM memory that is valid until
 * the next call on the same object: copy it out, scatter it, or pass it on as the next call's input (no copy is made
 * then). Inputs may be any Uint8Array, also on a SharedArrayBuffer. Not re-entrant; never shared between threads.
 *
 * Every failure is thrown as a CodecFailure. After a failed decode the WASM instance is replaced, and with it all
 * views handed out before.
 */
export interface CodecModule {
  /**
   * A view of `size` bytes on WASM memory to fill (for example with `fs.readSync`) and pass as `input` to the next
   * call, which then copies nothing.
   */
  region(size: number): Uint8Array

  /** Decodes `input` as a whole. */
  decode(params: DecodeParams, input: Uint8Array, size: DecodedSize): Uint8Array

  /** Encodes `input` as a whole. */
  encode(params: EncodeParams, input: Uint8Array): Uint8Array

  /**
   * Decodes the items `start` up to `start + count` (in units of the frame's typesize) of a complete Blosc frame,
   * decoding only the blocks that hold them.
   */
  bloscItems(frame: Uint8Array, start: number, count: number): Uint8Array

  /**
   * Decodes one block of a Blosc frame of which only some bytes were read. `header` is the frame's (see
   * parseBloscHeader), `bytes` starts at the block's offset (see bloscBlockRange) and may run on beyond its end.
   * Returns `blocksize` bytes, fewer for the last block. Not for stored frames (`header.stored`), whose bytes are plain.
   */
  bloscBlock(header: BloscHeader, block: number, bytes: Uint8Array): Uint8Array

  /** Byte shuffle of whole buffers; `size % itemSize` trailing bytes are copied. */
  shuffle(input: Uint8Array, itemSize: number): Uint8Array
  unshuffle(input: Uint8Array, itemSize: number): Uint8Array

  /** Bit shuffle as Blosc does it: plain copy unless the number of items is a multiple of 8. */
  bitshuffle(input: Uint8Array, itemSize: number): Uint8Array
  bitunshuffle(input: Uint8Array, itemSize: number): Uint8Array

  /** CRC-32C (Castagnoli) as an unsigned number; `seed` continues an earlier one. */
  crc32c(input: Uint8Array, seed?: number): number

  /** Copies items between two strided layouts inside WASM memory, for example a transposition. */
  copyStrided(input: Uint8Array, layout: StridedCopy): Uint8Array

  /** Drops the instance and its memory; the next call makes a new one. */
  release(): void
}

/** All strides and sizes in bytes; the target is `size` bytes, starts as zeros where the layout leaves gaps. */
export interface StridedCopy {
  readonly itemSize: number
  readonly shape: readonly number[]
  readonly sourceStrides: readonly number[]
  readonly targetStrides: readonly number[]
  readonly size: number
}

/** The codec module of this thread, made on first use. */
export function codecModule(): CodecModule {
  throw new Error('The codec module is not built yet.')
}
