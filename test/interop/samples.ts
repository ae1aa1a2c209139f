/** Fifteen items of every data type, as JavaScript values and as the bytes they are; nothing of the program is used. */
import type { ItemValue, TypedArray } from '../../src/main/library'

export interface Sample {
  /** As people name it when they create an array. */
  dtype: string
  /** What is handed to `set`. */
  data: TypedArray | ItemValue[]
  /** C order, little-endian, packed; items of varying length behind their u32 byte length. */
  bytes: Uint8Array
  /** How a foreign reader gives its items back as bytes. */
  form: 'fixed' | 'vlen' | 'json'
  /** Object codec that formats 1 and 2 need. */
  filter?: Record<string, unknown>
}

/** The shape of every sample: two chunks along each axis, the last ones in part. */
export const SHAPE = [3, 5]
export const CHUNKS = [2, 3]
const COUNT = 15

const cycled = <T>(values: readonly T[]): T[] =>
  Array.from({ length: COUNT }, (_, i) => values[i % values.length]!)
const bytesOf = (view: ArrayBufferView): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const u32 = (value: number): Uint8Array => bytesOf(Uint32Array.of(value))

function typed(dtype: string, data: TypedArray): Sample {
  return { dtype, data, bytes: bytesOf(data), form: 'fixed' }
}

/** Values beside the bytes of each. */
function paired(dtype: string, pairs: readonly (readonly [ItemValue, Uint8Array])[]): Sample {
  const items = cycled(pairs)
  return {
    dtype,
    data: items.map(([value]) => value),
    bytes: joined(items.map(([, b]) => b)),
    form: 'fixed',
  }
}

/** Numbers of one byte each, or of two. */
const coded = (dtype: string, pairs: readonly (readonly [number, number])[], size: 1 | 2 = 1): Sample =>
  paired(
    dtype,
    pairs.map(([value, code]) => [value, size === 1 ? Uint8Array.of(code) : bytesOf(Uint16Array.of(code))]),
  )

function variable(
  dtype: string,
  form: 'vlen' | 'json',
  pairs: readonly (readonly [ItemValue, Uint8Array])[],
): Sample {
  const items = cycled(pairs)
  const bytes = joined(items.flatMap(([, item]) => [u32(item.length), item]))
  return { dtype, data: items.map(([value]) => value), bytes, form }
}

const padded = (bytes: Uint8Array, size: number): Uint8Array =>
  joined([bytes, new Uint8Array(size - bytes.length)])
const utf32 = (text: string, length: number): Uint8Array =>
  padded(bytesOf(Uint32Array.from(Array.from(text), (character) => character.codePointAt(0)!)), 4 * length)

const NAT = -(2n ** 63n)
const FLOAT32 = Float32Array.from(cycled([1.5, -0, 0, Infinity, -Infinity, 1e-45, 3.4028234663852886e38, -7]))
// A NaN with a message in it, a negative one, and the plain one.
new Uint32Array(FLOAT32.buffer).set([0x7fc12345, 0xffc00000, 0x7fc00000], 12)
const FLOAT64 = Float64Array.from(cycled([0.1, -0, 0, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, -7]))
new BigUint64Array(FLOAT64.buffer).set([0x7ff8000000012345n, 0xfff8000000000000n, 0x7ff8000000000000n], 12)
/** A value beside its bits: all of them exact. */
const FLOAT16 = [
  [1, 0x3c00],
  [-0, 0x8000],
  [65504, 0x7bff],
  [5.960464477539063e-8, 1],
  [Infinity, 0x7c00],
  [-Infinity, 0xfc00],
  [NaN, 0x7e00],
] as const

const record = (a: number, b: number): [ItemValue, Uint8Array] => [
  { a, b },
  joined([bytesOf(Int32Array.of(a)), bytesOf(Float64Array.of(b))]),
]
const nested = (id: number, x: number, t: string): [ItemValue, Uint8Array] => [
  { id, pos: { x, t } },
  joined([Uint8Array.of(id), bytesOf(Float32Array.of(x)), utf32(t, 2)]),
]
const withSubarray = (n: number, p: number[]): [ItemValue, Uint8Array] => [
  { n, p: [p.slice(0, 2), p.slice(2)] },
  joined([bytesOf(Int16Array.of(n)), bytesOf(Float32Array.from(p))]),
]
const object = (value: ItemValue, text = JSON.stringify(value)): [ItemValue, Uint8Array] => [
  value,
  utf8(text),
]
const list = (...numbers: number[]): [ItemValue, Uint8Array] => [numbers, bytesOf(Int32Array.from(numbers))]

const OBJECTS = variable('|O', 'json', [
  object({ a: [1, 2.5], b: null }, '{"a":[1,2.5],"b":null}'),
  object('né'),
  object(-7),
  object([true]),
])
const RECORD = '[["a","<i4"],["b","<f8"]]'
const WORDS = ['', 'zarr', 'né', 'Ω日本', '\u{1f40d}', 'q"\\\n', 'x'.repeat(300)]

/** By the name that the support table gives the type. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  bool: typed('bool', Uint8Array.from(cycled([1, 0, 0, 1]))),
  int8: typed('int8', Int8Array.from(cycled([0, -1, 127, -128]))),
  int16: typed('int16', Int16Array.from(cycled([0, -1, 32767, -32768]))),
  int32: typed(
    'int32',
    Int32Array.from({ length: COUNT }, (_, i) => i * 40 - 7),
  ),
  int64: typed('int64', BigInt64Array.from(cycled([0n, -1n, 2n ** 63n - 1n, NAT, 2n ** 53n + 1n]))),
  uint8: typed('uint8', Uint8Array.from(cycled([0, 1, 128, 255]))),
  uint16: typed('uint16', Uint16Array.from(cycled([0, 1, 65535]))),
  uint32: typed('uint32', Uint32Array.from(cycled([0, 1, 2 ** 32 - 1]))),
  uint64: typed('uint64', BigUint64Array.from(cycled([0n, 2n ** 64n - 1n, 2n ** 53n + 1n]))),
  float16: coded('float16', FLOAT16, 2),
  float32: typed('float32', FLOAT32),
  float64: typed('float64', FLOAT64),
  /** Numbers that lossy codecs keep: multiples of a quarter. */
  quarters: typed(
    'float64',
    Float64Array.from({ length: COUNT }, (_, i) => i / 4 - 1),
  ),
  complex64: {
    ...typed('complex64', Float32Array.from(cycled([1, -0, NaN, Infinity, -2.5, 0]).flatMap((x) => [x, -x]))),
  },
  complex128: {
    ...typed('complex128', Float64Array.from(cycled([1, -0, NaN, Infinity, 0.1, 0]).flatMap((x) => [x, -x]))),
  },
  'datetime64[ns]': typed('M8[ns]', BigInt64Array.from(cycled([0n, NAT, 1_700_000_000_123_456_789n, -1n]))),
  'datetime64[D]': typed('M8[D]', BigInt64Array.from(cycled([0n, NAT, 20_000n, -719_162n]))),
  'timedelta64[25s]': typed('m8[25s]', BigInt64Array.from(cycled([0n, NAT, 7n, -1n]))),
  '|S5': paired('S5', [
    [utf8('abc'), padded(utf8('abc'), 5)],
    [utf8(''), new Uint8Array(5)],
    [Uint8Array.of(255, 0, 1), Uint8Array.of(255, 0, 1, 0, 0)],
    [utf8('12345'), utf8('12345')],
  ]),
  '<U3': paired(
    'U3',
    ['né', '', '\u{1f40d}日', 'abc'].map((text) => [text, utf32(text, 3)]),
  ),
  '|V4': paired(
    'V4',
    [Uint8Array.of(1, 2, 3, 0), new Uint8Array(4), Uint8Array.of(0, 255, 0, 0)].map((b) => [b, b]),
  ),
  "[('a', '<i4'), ('b', '<f8')]": paired(RECORD, [record(-1, 0.5), record(7, -0), record(0, Infinity)]),
  'nested records': paired('[["id","|u1"],["pos",[["x","<f4"],["t","<U2"]]]]', [
    nested(1, -2.5, 'é'),
    nested(255, 0, ''),
  ]),
  "('<f4', (2, 2))": paired('[["n","<i2"],["p","<f4",[2,2]]]', [
    withSubarray(-3, [1, 2, 3, 4]),
    withSubarray(0, [0.5, -0, 1e9, 0]),
  ]),
  string: variable(
    'string',
    'vlen',
    WORDS.map((word) => [word, utf8(word)]),
  ),
  bytes: variable(
    'bytes',
    'vlen',
    [Uint8Array.of(), Uint8Array.of(0, 255, 0), utf8('zarr')].map((b) => [b, b]),
  ),
  'list[int32]': {
    ...variable('|O', 'vlen', [list(1, -2, 3), list(), list(7)]),
    filter: { id: 'vlen-array', dtype: '<i4' },
  },
  object: { ...OBJECTS, filter: { id: 'json2' } },
  'object by msgpack': { ...OBJECTS, filter: { id: 'msgpack2' } },
  int2: coded('int2', [
    [1, 1],
    [-1, 0xff],
  ]),
  int4: coded('int4', [
    [7, 7],
    [-8, 0xf8],
  ]),
  uint2: coded('uint2', [[3, 3]]),
  uint4: coded('uint4', [[15, 15]]),
  bfloat16: coded(
    'bfloat16',
    [
      [1, 0x3f80],
      [-2, 0xc000],
    ],
    2,
  ),
  float8_e3m4: coded('float8_e3m4', [[1, 0x30]]),
  float8_e4m3: coded('float8_e4m3', [[1, 0x38]]),
  float8_e5m2: coded('float8_e5m2', [[1, 0x3c]]),
  float8_e4m3b11fnuz: coded('float8_e4m3b11fnuz', [[1, 0x58]]),
  float8_e4m3fnuz: coded('float8_e4m3fnuz', [[1, 0x40]]),
  float8_e5m2fnuz: coded('float8_e5m2fnuz', [[1, 0x40]]),
  float8_e8m0fnu: coded('float8_e8m0fnu', [[1, 0x7f]]),
  float6_e2m3fn: coded('float6_e2m3fn', [[1, 0x08]]),
  float6_e3m2fn: coded('float6_e3m2fn', [[1, 0x0c]]),
  float4_e2m1fn: coded('float4_e2m1fn', [[1, 0x02]]),
  complex_bfloat16: paired('complex_bfloat16', [[[1, -2], bytesOf(Uint16Array.of(0x3f80, 0xc000))]]),
}
