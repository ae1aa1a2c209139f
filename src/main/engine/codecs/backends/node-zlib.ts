import * as zlib from 'node:zlib'
import { CodecFailure } from '../wasm/codec-failure'
import type { DecodedSize, DecodeParams } from '../wasm/codec-params'

type Deflated = 'zlib' | 'gzip' | 'deflate'

/** Node gives this in place of a Buffer where `info` is set; `bytesWritten` counts the input it used. */
interface Inflated {
  readonly buffer: Uint8Array
  readonly engine: { readonly bytesWritten: number }
}
type Inflate = (input: Uint8Array, options: zlib.ZlibOptions) => Inflated

const INFLATE = {
  zlib: zlib.inflateSync,
  gzip: zlib.gunzipSync,
  deflate: zlib.inflateRawSync,
} as unknown as Record<Deflated, Inflate>

/** Zstandard came to Node with 22.15. */
interface NodeZstd {
  readonly zstdDecompressSync?: Inflate
  readonly zstdCompressSync?: (
    input: Uint8Array,
    options: { params: Record<number, number>; chunkSize: number },
  ) => Uint8Array
}
const { zstdDecompressSync, zstdCompressSync } = zlib as unknown as NodeZstd
const ZSTD_LEVEL = 100
const ZSTD_CHECKSUM = 201

/** Whether this Node has Zstandard. */
export const hasNodeZstd = zstdDecompressSync !== undefined && zstdCompressSync !== undefined

export const isDeflated = (codec: DecodeParams['codec']): codec is Deflated => Object.hasOwn(INFLATE, codec)

/** Decodes zlib, gzip (all members) or raw deflate data, checksums included. Throws CodecFailure. */
export function inflate(codec: Deflated, input: Uint8Array, size: DecodedSize): Uint8Array {
  const { buffer, engine } = run(codec, INFLATE[codec], input, size)
  if (!isPadding(input.subarray(engine.bytesWritten), codec)) {
    throw new CodecFailure('corrupt', `the ${codec} data is followed by bytes that do not belong to it`)
  }
  if ('exact' in size && buffer.length !== size.exact) {
    throw new CodecFailure('size', `the ${codec} data holds ${buffer.length} bytes instead of ${size.exact}`)
  }
  return buffer
}

/** Decodes one Zstandard frame of known size; undefined where the input is more than that, or damaged. */
export function decodeZstd(input: Uint8Array, size: DecodedSize): Uint8Array | undefined {
  if (!zstdDecompressSync || !('exact' in size)) return undefined
  try {
    const { buffer, engine } = run('zstd', zstdDecompressSync, input, size)
    return engine.bytesWritten === input.length && buffer.length === size.exact ? buffer : undefined
  } catch (thrown) {
    if (thrown instanceof CodecFailure) return undefined
    throw thrown
  }
}

/** Encodes one Zstandard frame that states its size; undefined where Node cannot. */
export const encodeZstd = (input: Uint8Array, level: number, checksum: boolean): Uint8Array | undefined =>
  zstdCompressSync?.(input, {
    params: { [ZSTD_LEVEL]: level, [ZSTD_CHECKSUM]: checksum ? 1 : 0 },
    chunkSize: zstdBound(input.length),
  })

/** The largest frame of so many bytes (`ZSTD_compressBound`): in one buffer, Node has nothing to join. */
const zstdBound = (length: number): number => length + (length >> 8) + 128

/** gzip files are often padded with zeros. */
const isPadding = (rest: Uint8Array, codec: Deflated): boolean =>
  rest.length === 0 || (codec === 'gzip' && rest.every((byte) => byte === 0))

const [SMALLEST_BUFFER, LARGEST_GUESS] = [64, 2 ** 23]

function run(codec: string, decode: Inflate, input: Uint8Array, size: DecodedSize): Inflated {
  const limit = 'exact' in size ? size.exact : size.max
  // One buffer that holds everything spares Node the joining of many; one byte more shows that there would be more.
  const guess = 'exact' in size ? limit + 1 : Math.min(limit + 1, 4 * input.length, LARGEST_GUESS)
  const options = { info: true, chunkSize: Math.max(SMALLEST_BUFFER, guess), maxOutputLength: limit + 1 }
  try {
    return decode(input, options)
  } catch (cause) {
    throw failure(codec, cause)
  }
}

function failure(codec: string, cause: unknown): CodecFailure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const message = cause instanceof Error ? cause.message : String(cause)
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return new CodecFailure('size', `the ${codec} data holds more bytes than expected`, { cause })
  }
  if (code === 'Z_BUF_ERROR')
    return new CodecFailure('truncated', `the ${codec} data ends too early`, { cause })
  if (/incorrect (data|length) check/.test(message)) {
    return new CodecFailure('checksum', `the ${codec} data does not match its checksum`, { cause })
  }
  return new CodecFailure('corrupt', `the ${codec} data is not valid`, { cause })
}
