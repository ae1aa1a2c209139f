import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { numpyDescr } from '@shared/dtype/numpy-name'
import type { ZarrFormat } from '@shared/model/node'

/** What the matrix depends on. */
export interface CandidateFacts {
  dtype: DataTypeSpec
  rank: number
  order: 'C' | 'F'
  zarrFormat: ZarrFormat
  /** Formats 1 and 2: filters see the bytes as they are stored. */
  bigEndian?: boolean | undefined
  /** Least and greatest finite value of the sample, of float arrays. */
  range?: { min: number; max: number } | undefined
}

/** Compressors inside blosc, with the levels at which they differ enough to be worth the time. */
const BLOSC: readonly [cname: string, levels: readonly number[]][] = [
  ['blosclz', [5]],
  ['lz4', [5]],
  ['lz4hc', [9]],
  ['zlib', [5]],
  ['zstd', [1, 3, 9]],
]
const PLAIN = ['none', 'lz4', 'zstd:3', 'zstd:9', 'gzip:6', 'zlib:1', 'bz2:1', 'lzma']
/** What format 1 knows. */
const FORMAT_1 = /^(none|blosc:|zlib|bz2|lzma$)/

/**
 * The candidates that are tried where nobody names any: compressors × level × shuffle, filters before two of them, and
 * the other order. Filters that lose bits come last and only for floats.
 */
export function candidateMatrix(facts: CandidateFacts): string[] {
  const { dtype, rank, order, zarrFormat } = facts
  const size = itemSize(dtype)
  const shuffles =
    size === null || size === 1 ? ['noshuffle', 'bitshuffle'] : ['noshuffle', 'shuffle', 'bitshuffle']
  const blosc = BLOSC.flatMap(([cname, levels]) =>
    levels.flatMap((level) => shuffles.map((shuffle) => `blosc:${cname}:${level}:${shuffle}`)),
  )
  const descr = filterType(dtype, facts.bigEndian ? '>' : '<')
  const filters = descr === undefined ? [] : lossless(dtype, descr, size ?? 1)
  const orders = rank > 1 ? [`${order === 'C' ? 'F' : 'C'}+blosc:zstd:3:shuffle`] : []
  const all = [...PLAIN, ...blosc, ...filters, ...orders, ...(descr === undefined ? [] : lossy(facts, descr))]
  return zarrFormat === 1 ? all.filter((text) => FORMAT_1.test(text.replace(/^[CF]\+/, ''))) : all
}

/** NumPy's name of a number type that numcodecs' filters compute with. */
function filterType(dtype: DataTypeSpec, mark: '<' | '>'): string | undefined {
  const known =
    ((dtype.kind === 'int' || dtype.kind === 'uint') && dtype.bits >= 8) ||
    (dtype.kind === 'float' && ['float16', 'float32', 'float64'].includes(dtype.format))
  const descr = known ? numpyDescr(dtype, mark) : undefined
  return typeof descr === 'string' ? descr : undefined
}

function lossless(dtype: DataTypeSpec, descr: string, size: number): string[] {
  const own = `{"id":"lzma","format":1,"check":-1,"preset":null,"filters":[{"id":3,"dist":${size}},{"id":33,"preset":6}]}`
  // Differences of floats are rounded: delta is for integers.
  if (dtype.kind === 'float') return [own]
  return [`delta:${descr}+zstd:3`, `delta:${descr}+blosc:zstd:5:shuffle`, own]
}

function lossy({ dtype, range }: CandidateFacts, descr: string): string[] {
  if (dtype.kind !== 'float') return []
  const compressor = 'blosc:zstd:5:shuffle'
  const rounded = keptBits(dtype.format).map((keep) => `bitround:${keep}+${compressor}`)
  const quantized = dtype.format === 'float16' ? [] : [`quantize:2:${descr}+${compressor}`]
  return [...rounded, ...quantized, ...(range ? scaled(range, descr, compressor) : [])]
}

const keptBits = (format: string): number[] =>
  format === 'float16' ? [5] : format === 'float32' ? [7, 12] : [12, 23]

/** The range of the values on 16 bits; a constant needs no scale. */
function scaled({ min, max }: { min: number; max: number }, descr: string, compressor: string): string[] {
  const scale = 65_534 / (max - min)
  if (!Number.isFinite(scale) || !Number.isFinite(min) || scale <= 0) return []
  const filter = { id: 'fixedscaleoffset', offset: min, scale, dtype: descr, astype: '<u2' }
  return [`${JSON.stringify(filter)}+${compressor}`]
}
