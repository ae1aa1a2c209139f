import type { CodecBackend } from '../codec-backend'
import { codecModule } from '../wasm/codec-module'
import type { EncodeParams } from '../wasm/codec-params'
import { encodeBloscZstd, holdsBloscFrame } from './node-blosc'
import { decodeZstd, encodeZstd, hasNodeZstd, inflate, isDeflated } from './node-zlib'
import { wasmBackend } from './wasm-backend'

/** Decoded sizes from which on Node's zlib makes up for what a call into it costs, by measurement. */
const WORTH_A_CALL = { deflate: 32 * 1024, zstd: 512 * 1024 }

/**
 * The codec module, and node:zlib where it is faster with the same result: inflating, and Zstandard where this Node has
 * it. Deflating stays with the module, whose stock zlib makes much smaller chunks of some data at level 1.
 */
export const fastBackend: CodecBackend = {
  ...wasmBackend,
  name: 'wasm and node:zlib',
  decode(params, input, size) {
    const expected = 'exact' in size ? size.exact : 0
    if (isDeflated(params.codec) && expected >= WORTH_A_CALL.deflate)
      return inflate(params.codec, input, size)
    const zstd =
      params.codec === 'zstd' && expected >= WORTH_A_CALL.zstd ? decodeZstd(input, size) : undefined
    return zstd ?? wasmBackend.decode(params, input, size)
  },
  isTransient: (bytes) => holdsBloscFrame(bytes) || wasmBackend.isTransient(bytes),
  encode: (params, input) => largeZstd(params, input)?.slice() ?? wasmBackend.encode(params, input),
  encodeInPlace: (params, input) => largeZstd(params, input) ?? codecModule().encode(params, input),
}

function largeZstd(params: EncodeParams, input: Uint8Array): Uint8Array | undefined {
  if (!hasNodeZstd || input.length < WORTH_A_CALL.zstd) return undefined
  if (params.codec === 'blosc') return encodeBloscZstd(params, input)
  if (params.codec !== 'zstd') return undefined
  return encodeZstd(input, params.level, params.checksum ?? false)
}
