import type { DataTypeSpec } from '@shared/dtype/spec'
import type { CodecSpec } from '../pipeline-spec'
import { joinItems, type VariableItems } from '../vlen'
import { codec, INT32, LITTLE, UINT8 } from './chunks'

/** A pipeline and a chunk that it stores without loss. */
export interface Sample {
  readonly dtype: DataTypeSpec
  readonly shape: number[]
  readonly codecs: CodecSpec[]
  readonly data: Uint8Array
  readonly offsets?: Uint32Array
}

const SHAPE = [4, 6]
const bytesOf = (numbers: ArrayBufferView): Uint8Array => new Uint8Array(numbers.buffer)
const integers = bytesOf(Int32Array.from({ length: 24 }, (_, i) => i * i - 40))
const floats = bytesOf(Float64Array.from({ length: 24 }, (_, i) => i / 4 - 2))
const FLOAT64: DataTypeSpec = { kind: 'float', format: 'float64' }

const ofInts = (...codecs: CodecSpec[]): Sample => ({ dtype: INT32, shape: SHAPE, codecs, data: integers })
const ofFloats = (...codecs: CodecSpec[]): Sample => ({ dtype: FLOAT64, shape: SHAPE, codecs, data: floats })
const ofBits = (...codecs: CodecSpec[]): Sample => ({
  dtype: { kind: 'bool' },
  shape: SHAPE,
  codecs,
  data: Uint8Array.from({ length: 24 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
})
const ofItems = (dtype: DataTypeSpec, items: VariableItems, ...codecs: CodecSpec[]): Sample => ({
  dtype,
  shape: [items.offsets.length - 1],
  codecs,
  ...items,
})
const texts = (...list: string[]): VariableItems =>
  joinItems(list.map((text) => new TextEncoder().encode(text)))
const INNER = [LITTLE, codec('zstd', { level: 1 })].map(asJson)
const INDEX = [LITTLE, codec('crc32c')].map(asJson)

function asJson({ name, configuration }: CodecSpec): Map<string, unknown> {
  return new Map<string, unknown>([
    ['name', name],
    ['configuration', configuration],
  ])
}

/** At least one sample for every codec. */
export const SAMPLES: readonly Sample[] = [
  ofInts(LITTLE),
  ofInts(codec('bytes', { endian: 'big' }), codec('crc32c')),
  ofInts(
    codec('transpose', { order: [1, 0] }),
    LITTLE,
    codec('blosc', { cname: 'lz4', shuffle: 'bitshuffle' }),
  ),
  ofInts(codec('reshape', { shape: [-1, 3] }), LITTLE, codec('gzip', { level: 1 })),
  ofInts(codec('sharding_indexed', { chunk_shape: [2, 3], codecs: INNER, index_codecs: INDEX })),
  ofInts(
    codec('sharding_indexed', {
      chunk_shape: [2, 3],
      codecs: INNER,
      index_codecs: INDEX,
      index_location: 'start',
    }),
    codec('zstd'),
  ),
  ofInts(codec('packbits', { last_bit: 10, padding_encoding: 'last_byte' })),
  ofBits(codec('packbits')),
  ofBits(codec('numcodecs.packbits'), LITTLE),
  ofBits(codec('bytes'), codec('numcodecs.packbits')),
  ofInts(codec('scale_offset', { offset: 3, scale: 2 }), LITTLE),
  ofInts(codec('cast_value', { data_type: 'int16' }), LITTLE),
  ofFloats(codec('cast_value', { data_type: 'float16' }), LITTLE),
  ofInts(codec('numcodecs.delta', { dtype: '<i4', astype: '<i2' }), LITTLE),
  ofInts(
    LITTLE,
    codec('numcodecs.delta', { dtype: '<i4' }),
    codec('numcodecs.shuffle', { elementsize: 4 }),
    codec('numcodecs.zlib'),
  ),
  ofFloats(
    LITTLE,
    codec('numcodecs.fixedscaleoffset', { offset: -2, scale: 4, dtype: '<f8', astype: '|u1' }),
    codec('numcodecs.bz2'),
  ),
  ofFloats(
    LITTLE,
    codec('numcodecs.astype', { encode_dtype: '<f4', decode_dtype: '<f8' }),
    codec('numcodecs.lz4'),
  ),
  ofFloats(
    LITTLE,
    codec('numcodecs.quantize', { digits: 2, dtype: '<f8', astype: '<f4' }),
    codec('numcodecs.lzma', { format: 2 }),
  ),
  ofFloats(
    codec('bitround', { keepbits: 20 }),
    LITTLE,
    codec('numcodecs.lzma', { format: 3, filters: [{ id: 3, dist: 8 }, { id: 33 }] }),
  ),
  ofFloats(LITTLE, codec('numcodecs.base64'), codec('numcodecs.crc32')),
  ofFloats(
    LITTLE,
    codec('numcodecs.adler32'),
    codec('numcodecs.fletcher32'),
    codec('numcodecs.jenkins_lookup3'),
  ),
  ofItems({ kind: 'vlen-text' }, texts('', 'é', 'longer text'), codec('vlen-utf8'), codec('gzip')),
  ofItems(
    { kind: 'vlen-text' },
    texts('b', '', 'ä'),
    codec('numcodecs.categorize', { labels: ['ä', 'b'], dtype: '|O' }),
  ),
  ofItems(
    { kind: 'vlen-bytes' },
    texts('x', '', 'yz'),
    codec('transpose', { order: [0] }),
    codec('vlen-bytes'),
  ),
  ofItems(
    { kind: 'vlen-array', item: UINT8 },
    texts('x', '', 'yz'),
    codec('numcodecs.vlen-array', { dtype: '|u1' }),
  ),
  ofItems({ kind: 'object' }, texts('{"a":[1,2.5]}', 'null', '"text"'), codec('numcodecs.json2')),
  ofItems(
    { kind: 'object' },
    texts('{"a":[1,2.5]}', 'null', '-70000'),
    codec('numcodecs.msgpack2'),
    codec('zstd'),
  ),
]
