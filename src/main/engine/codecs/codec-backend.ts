import type { BloscHeader } from './wasm/blosc-header'
import type { DecodedSize, DecodeParams, EncodeParams } from './wasm/codec-params'

/**
 * The compressors behind the codecs. Several implementations stand behind this interface (see `backends/`); they
 * decode the same bytes to the same bytes and differ in speed only.
 *
 * Every failure is a CodecFailure. Results may be views on memory that the next call reuses, except those of `encode`.
 * Inputs are never changed and may be such views themselves.
 */
export interface CodecBackend {
  readonly name: string
  /** Decodes the whole of `input` to exactly, or at most, the given size. */
  decode(params: DecodeParams, input: Uint8Array, size: DecodedSize): Uint8Array
  /** Encodes the whole of `input` into bytes of their own. */
  encode(params: EncodeParams, input: Uint8Array): Uint8Array
  /** The same without the copy; absent where there is none to save. */
  readonly encodeInPlace?: (params: EncodeParams, input: Uint8Array) => Uint8Array
  /** Whether the bytes lie in memory that the next call may reuse. */
  isTransient(bytes: Uint8Array): boolean
  /** One block of a Blosc frame; `bytes` starts where the block does. Absent where frames only decode as a whole. */
  readonly bloscBlock?: (header: BloscHeader, block: number, bytes: Uint8Array) => Uint8Array
  /** CRC-32C (Castagnoli). */
  crc32c(input: Uint8Array): number
  /** Byte shuffle: first the first byte of every item, then the second, … Sizes are multiples of `itemsize`. */
  shuffle(input: Uint8Array, itemsize: number): Uint8Array
  unshuffle(input: Uint8Array, itemsize: number): Uint8Array
}
