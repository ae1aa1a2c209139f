import fc from 'fast-check'
import type { CodecInput } from '../../src/main/library'

/** An item as the library takes and gives it. */
export type Item =
  | number
  | bigint
  | string
  | boolean
  | Uint8Array
  | readonly number[]
  | { readonly [field: string]: Item }
  | null

/** A data type, the formats that have it, and what random programs write to it. */
export interface Kind {
  dtype: string | readonly unknown[]
  formats: (1 | 2 | 3)[]
  fill: Item
  items: fc.Arbitrary<Item>
  /** Filters that give back every bit of it. */
  filters?: string[]
  /** Its items come two by two in a typed array. */
  isPairs?: true
  /** Its items vary in length; such arrays have no shards here. */
  isVariable?: true
}

const integers = (low: number, high: number): fc.Arbitrary<Item> => fc.integer({ min: low, max: high })
const bigints = (low: bigint, high: bigint): fc.Arbitrary<Item> => fc.bigInt({ min: low, max: high })
const halves = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 8)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
/** Bytes without zeros at the end, which types of fixed length do not keep. */
const byteTexts = (...texts: string[]): fc.Arbitrary<Item> => fc.constantFrom(...texts).map(bytes)
const pairs = (part: fc.Arbitrary<number>): fc.Arbitrary<Item> => fc.tuple(part, part)

const ALL: Kind['formats'] = [1, 2, 3]

export const KINDS: Kind[] = [
  { dtype: 'bool', formats: ALL, fill: false, items: fc.boolean() },
  { dtype: 'int8', formats: ALL, fill: -3, items: integers(-128, 127) },
  { dtype: 'uint8', formats: ALL, fill: 0, items: integers(0, 255), filters: ['delta'] },
  { dtype: 'int16', formats: ALL, fill: 7, items: integers(-32768, 32767), filters: ['delta'] },
  { dtype: '>i2', formats: [1, 2], fill: -7, items: integers(-32768, 32767) },
  { dtype: 'uint16', formats: ALL, fill: 0, items: integers(0, 65535) },
  {
    dtype: 'int32',
    formats: ALL,
    fill: 0,
    items: integers(-(2 ** 31), 2 ** 31 - 1),
    filters: ['delta', 'shuffle:4'],
  },
  { dtype: '>u4', formats: [1, 2], fill: 4_000_000_000, items: integers(0, 2 ** 32 - 1) },
  {
    dtype: 'int64',
    formats: ALL,
    fill: 5n,
    items: bigints(-(2n ** 63n), 2n ** 63n - 1n),
    filters: ['delta'],
  },
  { dtype: 'uint64', formats: ALL, fill: 2n ** 64n - 1n, items: bigints(0n, 2n ** 64n - 1n) },
  { dtype: 'int2', formats: [3], fill: -1, items: integers(-2, 1) },
  { dtype: 'int4', formats: [3], fill: -8, items: integers(-8, 7) },
  { dtype: 'uint2', formats: [3], fill: 2, items: integers(0, 3) },
  { dtype: 'uint4', formats: [3], fill: 3, items: integers(0, 15) },
  { dtype: 'float16', formats: ALL, fill: 0.5, items: halves },
  { dtype: 'float32', formats: ALL, fill: 0, items: fc.float() },
  { dtype: 'float64', formats: ALL, fill: Number.NaN, items: fc.double() },
  { dtype: '>f8', formats: [1, 2], fill: -1.5, items: fc.double() },
  { dtype: 'bfloat16', formats: [3], fill: 0, items: integers(-128, 128) },
  ...['e3m4', 'e4m3', 'e5m2', 'e4m3b11fnuz', 'e4m3fnuz', 'e5m2fnuz'].map((name): Kind => ({
    dtype: `float8_${name}`,
    formats: [3],
    fill: 0,
    items: fc.constantFrom(0, 1, -1, 0.5, 1.5, -2, 3, -6, 12),
  })),
  { dtype: 'float8_e8m0fnu', formats: [3], fill: 1, items: fc.constantFrom(1, 2, 0.25, 1024) },
  { dtype: 'float6_e2m3fn', formats: [3], fill: 0, items: fc.constantFrom(0, 1, -1.5, 2, 7.5) },
  { dtype: 'float6_e3m2fn', formats: [3], fill: 0, items: fc.constantFrom(0, 1, -1.5, 2, 28) },
  { dtype: 'float4_e2m1fn', formats: [3], fill: 0, items: fc.constantFrom(0, 1, -1.5, 2, 6) },
  // Format 1 can state no fill value that is complex or made of bytes.
  { dtype: 'complex64', formats: [2, 3], fill: [1, -2], items: pairs(fc.float()), isPairs: true },
  { dtype: 'complex128', formats: [2, 3], fill: [0, 0], items: pairs(fc.double()), isPairs: true },
  { dtype: '>c8', formats: [2], fill: [0, 0.5], items: pairs(fc.float()), isPairs: true },
  { dtype: 'M8[s]', formats: ALL, fill: 0n, items: bigints(-(10n ** 10n), 10n ** 10n) },
  { dtype: 'm8[25us]', formats: ALL, fill: -1n, items: bigints(-(10n ** 10n), 10n ** 10n) },
  { dtype: 'S4', formats: [2, 3], fill: bytes(''), items: byteTexts('', 'a', 'ab', 'abcd', '\x01\x02') },
  { dtype: 'V3', formats: [2, 3], fill: bytes('xyz'), items: byteTexts('\0\0\0', 'abc', 'a\0\0') },
  { dtype: 'U3', formats: [2, 3], fill: '', items: fc.constantFrom('', 'a', 'ab', 'äöü', '𝄞x') },
  {
    dtype: [
      ['a', '<i2'],
      ['b', '<f8'],
      ['c', '|S2'],
    ],
    formats: [2, 3],
    fill: { a: 4, b: -0.5, c: bytes('x') },
    items: fc.record({ a: integers(-9, 9), b: halves, c: byteTexts('', 'y', 'zz') }),
  },
  {
    dtype: [
      ['n', '>u4'],
      [
        'in',
        [
          ['x', '>f4'],
          ['t', '|b1'],
        ],
      ],
    ],
    formats: [2],
    fill: { n: 0, in: { x: 0, t: false } },
    items: fc.record({ n: integers(0, 2 ** 32 - 1), in: fc.record({ x: halves, t: fc.boolean() }) }),
  },
  {
    dtype: 'string',
    formats: [2, 3],
    fill: '',
    items: fc.constantFrom('', 'a', 'Ålesund', 'longer than the others'),
    isVariable: true,
  },
  {
    dtype: 'bytes',
    formats: [2, 3],
    fill: bytes(''),
    items: byteTexts('', 'a', '\0', 'longer than the others'),
    isVariable: true,
  },
]

/** Compressors of each format that the programs use, and codecs that work in their place. */
export const COMPRESSORS: Record<1 | 2 | 3, CodecInput[]> = {
  1: ['none', 'zlib:1', 'bz2:1', 'lzma:1', 'blosc:blosclz:5:shuffle', 'blosc:lz4:3:bitshuffle'],
  2: [
    'none',
    ...['zlib:1', 'gzip:1', 'bz2:1', 'lz4', 'zstd:1', 'lzma:1'],
    ...['blosc:zstd:1:shuffle', 'blosc:lz4:5:bitshuffle', 'blosc:lz4hc:1:noshuffle', 'blosc:zlib:1:shuffle'],
    ...['base64', 'crc32', 'adler32', 'fletcher32', { id: 'jenkins_lookup3' }],
  ],
  3: [
    'none',
    ...['gzip:1', 'zstd:3', 'zlib:1', 'bz2:1', 'lz4', 'lzma:1'],
    ...['blosc:zstd:3:shuffle', 'blosc:lz4:5:bitshuffle', 'blosc:blosclz:1:shuffle'],
    ...['crc32c', 'crc32', 'adler32', 'fletcher32', 'base64'],
  ],
}
