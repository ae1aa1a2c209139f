import { UnsupportedError } from '@shared/errors'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { CodecBackend } from '../../codec-backend'
import { bloscBlockRanges, BLOSC_HEADER_SIZE, parseBloscHeader } from '../../wasm/blosc-header'
import { CodecFailure } from '../../wasm/codec-failure'
import type { DecodedSize, DecodeParams, EncodeParams } from '../../wasm/codec-params'
import { decodeZstd, encodeZstd, inflate } from '../node-zlib'
import { callNumcodecs } from './call-numcodecs'
import { crc32cOf, shuffled, unshuffled } from './plain'

/**
 * Codecs without our own WebAssembly, for machines that cannot run it: npm numcodecs, with the checks of containers
 * and sizes that it lacks, and Node's zlib. Slower, and without bzip2 and LZMA.
 */
export const portableBackend: CodecBackend = {
  name: 'portable',
  decode(params, input, size) {
    const output = decode(params, input, size)
    const fits = 'exact' in size ? output.length === size.exact : output.length <= size.max
    if (fits) return output
    throw new CodecFailure(
      'size',
      `the ${params.codec} data holds ${output.length} bytes, which are not as many as expected`,
    )
  },
  encode,
  isTransient: () => false,
  crc32c: crc32cOf,
  shuffle: shuffled,
  unshuffle: unshuffled,
}

function decode(params: DecodeParams, input: Uint8Array, size: DecodedSize): Uint8Array {
  switch (params.codec) {
    case 'zlib':
    case 'gzip':
    case 'deflate':
      return inflate(params.codec, input, size)
    case 'blosc':
      checkBlosc(input, size)
      return callNumcodecs({ codec: 'blosc', configuration: {}, how: 'decode', input })
    case 'lz4':
      return callNumcodecs({ codec: 'lz4', configuration: {}, how: 'decode', input: withSize(input, size) })
    case 'zstd':
      return (
        decodeZstd(input, size) ?? callNumcodecs({ codec: 'zstd', configuration: {}, how: 'decode', input })
      )
    case 'bz2':
    case 'lzma':
      return missing(params.codec)
  }
}

function encode(params: EncodeParams, input: Uint8Array): Uint8Array {
  switch (params.codec) {
    case 'zlib':
      return deflateSync(input, { level: params.level })
    case 'gzip':
      return gzipSync(input, { level: params.level })
    case 'deflate':
      return deflateRawSync(input, { level: params.level })
    case 'blosc': {
      const { cname, clevel, shuffle, blocksize = 0 } = params
      return callNumcodecs({
        codec: 'blosc',
        configuration: { cname, clevel, shuffle, blocksize },
        how: 'encode',
        input,
      })
    }
    case 'lz4': {
      const configuration = { acceleration: params.acceleration ?? 1 }
      return callNumcodecs({ codec: 'lz4', configuration, how: 'encode', input }).subarray(LZ4_HEADER)
    }
    case 'zstd': {
      const { level, checksum = false } = params
      const encoded = encodeZstd(input, level, checksum)
      if (encoded) return encoded
      if (checksum || level < 0)
        throw new UnsupportedError('feature', 'this zstd setting', `the portable codecs cannot write it`)
      return callNumcodecs({
        codec: 'zstd',
        configuration: { level: level === 0 ? 3 : level },
        how: 'encode',
        input,
      })
    }
    case 'bz2':
    case 'lzma':
      return missing(params.codec)
  }
}

function missing(codec: string): never {
  throw new UnsupportedError(
    'codec',
    codec,
    'the portable codecs lack it; unset ZARRSCOPE_CODECS to use all of them',
  )
}

/** numcodecs believes whatever a frame says. */
function checkBlosc(input: Uint8Array, size: DecodedSize): void {
  const header = parseBloscHeader(input, input.length, 'exact' in size ? size.exact : undefined)
  if ('max' in size && header.nbytes > size.max) {
    throw new CodecFailure('size', `the blosc frame holds ${header.nbytes} bytes, more than ${size.max}`)
  }
  bloscBlockRanges(header, input.subarray(BLOSC_HEADER_SIZE))
}

const LZ4_HEADER = 4

/** numcodecs' lz4 wants the decoded size before the block. */
function withSize(block: Uint8Array, size: DecodedSize): Uint8Array {
  const input = new Uint8Array(LZ4_HEADER + block.length)
  new DataView(input.buffer).setUint32(0, 'exact' in size ? size.exact : size.max, true)
  input.set(block, LZ4_HEADER)
  return input
}
