/** Every codec, as a compressor or as a filter. */
import { formatsOf, plainCase, type Case, type Changes } from './cases'

type Codec = Record<string, unknown>

/** A compressor or filter in the spelling of numcodecs; in the formats that the claim names. */
interface Row extends Changes {
  feature: string
  compressor?: string | Codec | null
  filters?: Codec[]
  variant?: string
}

const BLOSC = ['blosclz', 'lz4', 'lz4hc', 'zlib', 'zstd'].flatMap((cname) =>
  ['noshuffle', 'shuffle', 'bitshuffle'].map((shuffle): Row => {
    const variant = `blosc:${cname}:5:${shuffle}`
    return { feature: 'blosc', compressor: variant, variant }
  }),
)

const onQuarters = { sample: 'quarters' } as const
const v3 = (name: string, configuration: Codec = {}): Codec => ({ name, configuration })

const ROWS: Row[] = [
  { feature: 'bytes', compressor: null },
  ...BLOSC,
  { feature: 'zstd', compressor: 'zstd:3' },
  { feature: 'zstd, with checksum', compressor: { id: 'zstd', level: 22, checksum: true } },
  { feature: 'zstd, negative level', compressor: 'zstd:-5' },
  { feature: 'gzip', compressor: 'gzip:6' },
  { feature: 'numcodecs.zlib', compressor: 'zlib:1' },
  { feature: 'numcodecs.lz4', compressor: 'lz4' },
  { feature: 'numcodecs.bz2', compressor: 'bz2:9' },
  { feature: 'numcodecs.lzma', compressor: 'lzma:1' },
  {
    feature: 'numcodecs.lzma, raw or alone',
    compressor: {
      id: 'lzma',
      format: 3,
      filters: [
        { id: 3, dist: 4 },
        { id: 33, preset: 1 },
      ],
    },
    variant: 'raw',
  },
  {
    feature: 'numcodecs.lzma, raw or alone',
    compressor: { id: 'lzma', format: 2, preset: 1 },
    variant: 'alone',
  },
  { feature: 'numcodecs.shuffle', filters: [{ id: 'shuffle', elementsize: 4 }] },
  { feature: 'numcodecs.base64', filters: [{ id: 'base64' }], compressor: null },
  { feature: 'crc32c', filters: [{ id: 'crc32c' }], compressor: null },
  { feature: 'numcodecs.crc32', filters: [{ id: 'crc32' }], compressor: null },
  { feature: 'numcodecs.adler32', filters: [{ id: 'adler32' }], compressor: null },
  { feature: 'numcodecs.fletcher32', filters: [{ id: 'fletcher32' }], compressor: null },
  { feature: 'numcodecs.jenkins_lookup3', filters: [{ id: 'jenkins_lookup3' }], compressor: null },
  { feature: 'numcodecs.delta', filters: [{ id: 'delta', dtype: '<i4' }] },
  {
    feature: 'numcodecs.delta, to a narrower type',
    filters: [{ id: 'delta', dtype: '<i4', astype: '<i2' }],
  },
  {
    feature: 'numcodecs.fixedscaleoffset',
    filters: [{ id: 'fixedscaleoffset', offset: -1, scale: 4, dtype: '<f8', astype: '|u1' }],
    ...onQuarters,
  },
  {
    feature: 'numcodecs.astype',
    filters: [{ id: 'astype', encode_dtype: '<f4', decode_dtype: '<f8' }],
    ...onQuarters,
  },
  { feature: 'numcodecs.quantize', filters: [{ id: 'quantize', digits: 2, dtype: '<f8' }], ...onQuarters },
  {
    feature: 'numcodecs.quantize, to a narrower type',
    filters: [{ id: 'quantize', digits: 2, dtype: '<f8', astype: '<f4' }],
    ...onQuarters,
  },
  { feature: 'numcodecs.packbits', filters: [{ id: 'packbits' }], sample: 'bool' },
  { feature: 'numcodecs.bitround', filters: [{ id: 'bitround', keepbits: 20 }], ...onQuarters },
  {
    feature: 'bitround',
    filters: [v3('bitround', { keepbits: 20 })],
    ...onQuarters,
  },
  { feature: 'vlen-utf8', sample: 'string' },
  { feature: 'vlen-bytes', sample: 'bytes' },
  { feature: 'numcodecs.vlen-array', sample: 'list[int32]' },
  {
    feature: 'numcodecs.categorize',
    sample: 'string',
    filters: [
      {
        id: 'categorize',
        labels: ['', 'zarr', 'né', 'Ω日本', '\u{1f40d}', 'q"\\\n', 'x'.repeat(300)],
        dtype: '|O',
        astype: '|u1',
      },
    ],
  },
  { feature: 'numcodecs.json2', sample: 'object' },
  { feature: 'numcodecs.msgpack2', sample: 'object by msgpack', needs: 'msgpack' },
  { feature: 'transpose', options: { order: 'F' } },
  { feature: 'reshape', filters: [v3('reshape', { shape: [-1] })] },
  {
    feature: 'scale_offset',
    filters: [v3('scale_offset', { offset: 3, scale: 2 })],
  },
  {
    feature: 'cast_value',
    filters: [v3('cast_value', { data_type: 'int16' })],
  },
  { feature: 'packbits', filters: [v3('packbits')], sample: 'bool' },
  { feature: 'sharding_indexed', options: { shards: [4, 6] } },
]

export const codecCases = (): Case[] =>
  ROWS.flatMap(({ feature, compressor, filters, variant, options, ...changes }) => {
    const codecs = { ...(compressor !== undefined && { compressor }), ...(filters && { filters }) }
    return formatsOf('codec', feature).map((format) =>
      plainCase('codec', feature, format, { ...changes, options: { ...options, ...codecs } }, variant),
    )
  })
