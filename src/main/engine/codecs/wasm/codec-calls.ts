import { CodecFailure } from './codec-failure'
import type { CodecExports } from './codec-instance'
import type { BloscCompressor, DecodeParams, EncodeParams, LzmaFilter } from './codec-params'
import { packLzmaFilters, WORDS_PER_FILTER } from './lzma-filters'

/** One call into the module: from `length` bytes at `input` to a region; a count of bytes or a negative code. */
export type Call = (x: CodecExports, input: number, length: number, region: number) => number

/** As in native/src/zlib_codec.c. */
const WRAP = { zlib: 0, gzip: 1, deflate: 2 } as const

/** As in native/src/blosc_codec.c. */
const COMPRESSORS: Readonly<Record<BloscCompressor, number>> = {
  blosclz: 0,
  lz4: 1,
  lz4hc: 2,
  zlib: 3,
  zstd: 4,
}

const RAW = 3
const DEFAULT_PRESET = 6

/** The call that decodes with `params` into exactly or at most `limit` bytes. */
export function decodeCall(params: DecodeParams, limit: number, exactly: boolean): Call {
  const exact = exactly ? 1 : 0
  switch (params.codec) {
    case 'blosc':
      return (x, ...at) => x.blosc_decode(...at, limit, exact)
    case 'lz4':
      return (x, ...at) => x.lz4_decode(...at, limit, exact)
    case 'zstd':
      return (x, ...at) => x.zstd_decode(...at, limit, exact)
    case 'bz2':
      return (x, ...at) => x.bz2_decode(...at, limit, exact)
    case 'lzma': {
      const filters = params.format === RAW ? packLzmaFilters(params.filters ?? []) : undefined
      return (x, ...at) => x.lzma_decode(...at, limit, exact, params.format, load(x, filters))
    }
    default:
      return (x, ...at) => x.zlib_decode(...at, limit, exact, WRAP[params.codec])
  }
}

/** The call that encodes with `params`. */
export function encodeCall(params: EncodeParams): Call {
  switch (params.codec) {
    case 'blosc': {
      const { cname, clevel, shuffle, typesize, blocksize = 0 } = params
      integers(clevel, shuffle, typesize, blocksize)
      return (x, ...at) => x.blosc_encode(...at, COMPRESSORS[cname], clevel, shuffle, typesize, blocksize)
    }
    case 'lz4': {
      const { acceleration = 1 } = params
      integers(acceleration)
      return (x, ...at) => x.lz4_encode(...at, acceleration)
    }
    case 'zstd': {
      const { level, checksum = false } = params
      integers(level)
      return (x, ...at) => x.zstd_encode(...at, level, checksum ? 1 : 0)
    }
    case 'bz2':
      integers(params.level)
      return (x, ...at) => x.bz2_encode(...at, params.level)
    case 'lzma': {
      const { format, check = -1, filters } = params
      const preset = params.preset ?? DEFAULT_PRESET
      integers(check, preset)
      const words = hasFilters(filters) ? packLzmaFilters(filters) : undefined
      return (x, ...at) => x.lzma_encode(...at, format, check, preset, load(x, words))
    }
    default:
      integers(params.level)
      return (x, ...at) => x.zlib_encode(...at, params.level, WRAP[params.codec])
  }
}

const hasFilters = (filters: readonly LzmaFilter[] | null | undefined): filters is readonly LzmaFilter[] =>
  filters !== undefined && filters !== null

/** A fraction would be cut silently on its way into WASM. */
function integers(...values: readonly number[]): void {
  const wrong = values.find((value) => !Number.isInteger(value) || Math.abs(value) >= 2 ** 32)
  if (wrong !== undefined) throw new CodecFailure('parameters', `${wrong} is not a possible parameter`)
}

/** Copies packed filters to where the module reads them and returns their number. */
function load(x: CodecExports, words: Uint32Array | undefined): number {
  if (words === undefined) return 0
  new Uint32Array(x.memory.buffer, x.lzma_parameters(), words.length).set(words)
  return words.length / WORDS_PER_FILTER
}
