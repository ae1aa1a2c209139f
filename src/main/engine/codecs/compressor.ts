import type { BindContext, BoundByteCodec, StreamSpec } from './codec'
import { MAX_UNKNOWN_BYTES } from './limits'
import type { DecodedSize, DecodeParams, EncodeParams } from './wasm/codec-params'

export const decodedSize = (input: StreamSpec): DecodedSize =>
  input.size === undefined ? { max: MAX_UNKNOWN_BYTES } : { exact: input.size }

/** A codec that hands whole buffers to the backend; how long they become depends on the data. */
export function compressor(
  { backend }: BindContext,
  input: StreamSpec,
  params: { readonly decode: DecodeParams; readonly encode: EncodeParams },
): BoundByteCodec {
  const size = decodedSize(input)
  return {
    output: { size: undefined },
    encode: (bytes) => backend.encodeInPlace?.(params.encode, bytes) ?? backend.encode(params.encode, bytes),
    decode: (bytes) => backend.decode(params.decode, bytes, size),
  }
}
