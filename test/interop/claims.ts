/**
 * Which foreign readers read what we write, format by format. docs/formats.md prints these tables; `npm run
 * test:interop` proves them: what a reader is said to read it reads bit for bit, what it is not said to read it does not.
 */
import type { OracleName } from './oracle'

/** Readers by the letter that the tables use, with the version that they speak of. */
export const READERS = {
  '3': { name: 'zarr-python 3', version: '3.4' },
  '2': { name: 'zarr-python 2', version: '2.13' },
  G: { name: 'GDAL', version: '3.13' },
} as const satisfies Record<string, { name: OracleName; version: string }>
export type ReaderLetter = keyof typeof READERS

export type Group = 'type' | 'codec' | 'layout'
export type Format = 1 | 2 | 3

export interface Claim {
  group: Group
  feature: string
  /** Letters of the readers by format; "" for none, nothing where the format cannot store it. */
  readers: Partial<Record<Format, string>>
  /** Why nobody reads it. */
  why?: string
}

/** Rows of one group: the letters for formats 1, 2 and 3; "-" where the format cannot store it, "" where none reads it. */
function claims(
  group: Group,
  rows: readonly (readonly [string | readonly string[], ...string[]])[],
): Claim[] {
  return rows.flatMap(([features, first = '-', second = '-', third = '-', why]) =>
    [features].flat().map((feature): Claim => {
      const columns: [Format, string][] = [
        [1, first],
        [2, second],
        [3, third],
      ]
      const readers = Object.fromEntries(columns.filter(([, letters]) => letters !== '-'))
      return { group, feature, readers, ...(why !== undefined && { why }) }
    }),
  )
}

const NUMBERS = [
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float16',
  'float32',
]
const SMALL = [
  ...['int2', 'int4', 'uint2', 'uint4', 'bfloat16', 'float8_e3m4', 'float8_e4m3', 'float8_e5m2'],
  ...['float8_e4m3b11fnuz', 'float8_e4m3fnuz', 'float8_e5m2fnuz', 'float8_e8m0fnu', 'float6_e2m3fn'],
  ...['float6_e3m2fn', 'float4_e2m1fn', 'complex_bfloat16'],
]

const TYPES = claims('type', [
  [['bool', ...NUMBERS, 'float64'], '2', '3 2 G', '3 G'],
  [['complex64', 'complex128', 'datetime64[ns]', 'datetime64[D]', 'timedelta64[25s]'], '2', '3 2', '3 G'],
  ['|S5', '2', '3 2', '3'],
  ['<U3', '2', '3 2 G', '3 G'],
  ['|V4', '2', '3 2', '3'],
  ["[('a', '<i4'), ('b', '<f8')]", '2', '3 2 G', '3'],
  ['nested records', '2', '3 2', '3'],
  ["('<f4', (2, 2))", '-', '2', '-'],
  ['string', '-', '3 2', '3 G'],
  ['bytes', '-', '3 2', '3'],
  [['list[int32]', 'object'], '-', '2', '-'],
  [SMALL, '-', '-', '', 'none of the readers has this type'],
])

const NOBODY = 'none of the readers has this codec'

const CODECS = claims('codec', [
  [['bytes', 'blosc'], '2', '3 2 G', '3 G'],
  [['zstd', 'gzip'], '-', '3 2 G', '3 G'],
  ['zstd, with checksum', '-', '3 G', '3 G'],
  ['zstd, negative level', '-', '3 2 G', '3'],
  ['numcodecs.zlib', '2', '3 2 G', '3'],
  ['numcodecs.lz4', '-', '3 2 G', '3'],
  ['numcodecs.bz2', '2', '3 2', '3'],
  ['numcodecs.lzma', '2', '3 2 G', '3'],
  ['numcodecs.lzma, raw or alone', '2', '3 2', '3'],
  ['numcodecs.shuffle', '-', '3 2 G', '3'],
  ['numcodecs.base64', '-', '3 2', '', 'zarr-python 3 has it for format 2 only'],
  ['crc32c', '-', '3', '3 G'],
  [['numcodecs.crc32', 'numcodecs.adler32'], '-', '3 2', '3'],
  [['numcodecs.fletcher32', 'numcodecs.jenkins_lookup3'], '-', '3', '3'],
  ['numcodecs.delta', '-', '3 2 G', '3'],
  ['numcodecs.delta, to a narrower type', '-', '3 2', '3'],
  ['numcodecs.fixedscaleoffset', '-', '3 2 G', '3'],
  ['numcodecs.astype', '-', '3 2', '3'],
  ['numcodecs.quantize', '-', '3 2 G', '3'],
  ['numcodecs.quantize, to a narrower type', '-', '3 2 G', '', 'zarr-python 3 does not read its own either'],
  ['numcodecs.packbits', '-', '3 2', '3'],
  ['numcodecs.bitround', '-', '3 2 G', '3'],
  ['bitround', '-', '-', '', NOBODY],
  ['vlen-utf8', '-', '3 2', '3 G'],
  ['vlen-bytes', '-', '3 2', '3'],
  [['numcodecs.vlen-array', 'numcodecs.json2', 'numcodecs.msgpack2'], '-', '2', '-'],
  ['numcodecs.categorize', '-', '2', '', NOBODY],
  ['transpose', '-', '-', '3 G'],
  ['scale_offset', '-', '-', '3'],
  ['cast_value', '-', '-', '', 'zarr-python 3 needs a package for it that it does not bring along'],
  [['reshape', 'packbits'], '-', '-', '', NOBODY],
  ['sharding_indexed', '-', '-', '3 G'],
])

const LAYOUTS = claims('layout', [
  ['order F', '2', '3 2 G', '3 G'],
  ['order F, texts', '-', '3 2', '3 G'],
  ['keys joined by "."', '2', '3 2 G', '3 G'],
  ['keys joined by "/"', '-', '3 2 G', '3 G'],
  ['key encoding v2', '-', '-', '3 G'],
  [['no dimensions', 'one dimension', 'four dimensions'], '2', '3 2 G', '3 G'],
  ['a dimension of length 0', '-', '3 2', '3'],
  ['cyclic transpose', '-', '-', '3 G'],
  ['big-endian numbers and texts', '2', '3 2 G', '3 G'],
  ['big-endian complex numbers and moments', '2', '3 2', '3 G'],
  ['records of mixed byte order', '2', '3 2 G', '-'],
  [['shards', 'shards of texts', 'shards in shards', 'shards, index at the start'], '-', '-', '3 G'],
  [['shards, index without checksum', 'shards, changed in part'], '-', '-', '3 G'],
  [['shards, compressed as a whole', 'rectilinear grid'], '-', '-', '3'],
  [['fill: whole numbers', 'fill: floats', 'fill: NaN', 'fill: infinities'], '2', '3 2 G', '3 G'],
  [['fill: negative zero', 'fill: booleans'], '2', '3 2 G', '3 G'],
  ['fill: whole numbers of 64 bits', '2', '3 2', '3'],
  ['fill: NaN with other bits', '-', '-', '3 G'],
  ['fill: complex numbers', '-', '3 2', '3 G'],
  ['fill: complex numbers with NaN', '-', '3', '3 G'],
  [['fill: moments', 'fill: NaT', 'fill: durations'], '2', '3 2', '3 G'],
  [['fill: S', 'fill: V'], '-', '3 2', '3'],
  ['fill: records', '-', '3 2 G', '3'],
  ['fill: U', '2', '3 2', '3 G'],
  ['fill: strings', '-', '3 2', '3 G'],
  [['written empty', 'resized', 'appended to', 'parts changed'], '2', '3 2 G', '3 G'],
  ['attributes', '2', '3 2', '3'],
  ['dimension names', '-', '3 2 G', '3 G'],
  ['zip', '-', '3 2 G', '3 G'],
  ['groups', '-', '3 2 G', '3 G'],
  ['consolidated metadata', '-', '3 2 G', '3 G'],
  [['recompressed', 'rechunked', 'copied from another format'], '-', '3 2 G', '3 G'],
  ['migrated from format 2', '-', '-', '3 G'],
])

export const CLAIMS: readonly Claim[] = [...TYPES, ...CODECS, ...LAYOUTS]
