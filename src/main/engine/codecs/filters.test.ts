import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, MetadataError, UnsupportedError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { parseNumpyDtype } from '@shared/dtype/numpy-dtype'
import type { CodecSpec } from './pipeline-spec'
import { codec, decoded, FLOAT64, INT32, ints, LITTLE, pipeline, SEED } from './testing/chunks'

const INT64: DataTypeSpec = { kind: 'int', bits: 64 }
const f8 = (...values: number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer)
const f4 = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer)

/** The filter as format 3 and as format 2 place it. */
const positions = (filter: CodecSpec): [string, CodecSpec[]][] => [
  ['before bytes', [filter, LITTLE]],
  ['behind bytes', [LITTLE, filter]],
]

describe('delta', () => {
  test('gives back integers of every size, also where differences wrap', () => {
    const types = fc.constantFrom('|i1', '|u1', '<i2', '<u2', '<i4', '<u4', '<i8', '<u8')
    fc.assert(
      fc.property(
        types,
        fc.uint8Array({ minLength: 8, maxLength: 80 }),
        fc.boolean(),
        (dtype, noise, behind) => {
          const size = Number(dtype[2])
          const data = noise.subarray(0, noise.length - (noise.length % size))
          const filter = codec('numcodecs.delta', { dtype, astype: dtype })
          const bound = pipeline({
            dtype: parseNumpyDtype(dtype).spec,
            shape: [data.length / size],
            codecs: behind ? [LITTLE, filter] : [filter, LITTLE],
          })
          expect(decoded(bound, bound.encode(data)).data).toEqual([...data])
        },
      ),
      { seed: SEED },
    )
  })

  test.each(positions(codec('numcodecs.delta', { dtype: '<i8', astype: '<i2' })))(
    '64 bits with 16-bit differences, %s',
    (_, codecs) => {
      const data = new Uint8Array(BigInt64Array.of(5n, -3n, -300n, 32000n).buffer)
      const bound = pipeline({ dtype: INT64, codecs })
      expect([...new Int16Array(bound.encode(data).slice().buffer)]).toEqual([5, -8, -297, 32300])
      expect(decoded(bound, bound.encode(data)).data).toEqual([...data])
    },
  )

  test('carries run through all 64 bits', () => {
    const data = new Uint8Array(BigInt64Array.of(2n ** 32n - 1n, 2n ** 32n, -1n, 2n ** 62n).buffer)
    const bound = pipeline({ dtype: INT64, codecs: [codec('numcodecs.delta', { dtype: '<i8' }), LITTLE] })
    expect(decoded(bound, bound.encode(data)).data).toEqual([...data])
  })

  test('floats add up in their own precision, and -0 stays', () => {
    const filter = codec('numcodecs.delta', { dtype: '<f4' })
    const bound = pipeline({
      dtype: { kind: 'float', format: 'float32' },
      shape: [3],
      codecs: [filter, LITTLE],
    })
    const sum = Math.fround(Math.fround(0.1) + Math.fround(0.2))
    expect(decoded(bound, f4(-0, 0.1, 0.2)).data).toEqual([...f4(-0, Math.fround(0.1), sum)])
  })

  test('big-endian differences behind big-endian items', () => {
    const bound = pipeline({
      codecs: [codec('bytes', { endian: 'big' }), codec('numcodecs.delta', { dtype: '>i4', astype: '>i4' })],
    })
    const stored = bound.encode(ints(1, 3, 6, 10))
    expect([...stored]).toEqual([0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4])
    expect(decoded(bound, stored).data).toEqual([...ints(1, 3, 6, 10)])
  })

  test('two filters one after another', () => {
    const delta = codec('numcodecs.delta', { dtype: '<i4', astype: '<i2' })
    const shuffle = codec('numcodecs.shuffle', { elementsize: 2 })
    const bound = pipeline({ codecs: [LITTLE, delta, shuffle, codec('numcodecs.zlib', { level: 1 })] })
    expect(decoded(bound, bound.encode(ints(7, 8, 7, 200))).data).toEqual([...ints(7, 8, 7, 200)])
  })
})

type Recorded = [
  string,
  { id: string; [field: string]: unknown },
  DataTypeSpec,
  Uint8Array,
  number[],
  Uint8Array,
]

/** Every expected value is what numcodecs 0.17 with NumPy 2.4 gave for the same input. */
describe('as NumPy computes', () => {
  test.each([
    [
      'fixedscaleoffset rounds half to even',
      { id: 'fixedscaleoffset', dtype: '<f8', astype: '|i1', offset: 0, scale: 1 },
      FLOAT64,
      f8(0.5, 1.5, 2.5, -0.5, -1.5),
      [0, 2, 2, 0, 254],
      f8(0, 2, 2, 0, -2),
    ],
    [
      'fixedscaleoffset of integers by integers',
      { id: 'fixedscaleoffset', dtype: '<i4', astype: '<i4', offset: 1, scale: 2 },
      INT32,
      ints(5, -7),
      [...ints(8, -16)],
      ints(5, -7),
    ],
    [
      'fixedscaleoffset of integers by a fraction',
      { id: 'fixedscaleoffset', dtype: '<i4', astype: '|u1', offset: 10, scale: 0.5 },
      INT32,
      ints(15, 16, 17),
      [2, 3, 4],
      ints(14, 16, 18),
    ],
    [
      'quantize',
      { id: 'quantize', dtype: '<f8', astype: '<f4', digits: 1 },
      FLOAT64,
      f8(0.13, -0.02, 7.96),
      [...f4(0.125, -0, 7.9375)],
      f8(0.125, -0, 7.9375),
    ],
    [
      'astype cuts off',
      { id: 'astype', encode_dtype: '|i1', decode_dtype: '<f8' },
      FLOAT64,
      f8(1.9, -1.9, 127.5),
      [1, 255, 127],
      f8(1, -1, 127),
    ],
    [
      'astype wraps integers',
      { id: 'astype', encode_dtype: '|u1', decode_dtype: '<i4' },
      INT32,
      ints(256, -1, 77),
      [0, 255, 77],
      ints(0, 255, 77),
    ],
    [
      'astype to bool',
      { id: 'astype', encode_dtype: '|b1', decode_dtype: '<i4' },
      INT32,
      ints(256, 0, -1),
      [1, 0, 1],
      ints(1, 0, 1),
    ],
    [
      'astype to half precision',
      { id: 'astype', encode_dtype: '<f2', decode_dtype: '<f8' },
      FLOAT64,
      f8(0.1, 70000),
      [0x66, 0x2e, 0, 0x7c],
      f8(0.0999755859375, Infinity),
    ],
    [
      'astype of 64 bits',
      { id: 'astype', encode_dtype: '<i8', decode_dtype: '<f8' },
      FLOAT64,
      f8(-3.7, 2 ** 53),
      [...new Uint8Array(BigInt64Array.of(-3n, 2n ** 53n).buffer)],
      f8(-3, 2 ** 53),
    ],
  ] satisfies Recorded[] as Recorded[])('%s', (_, { id, ...configuration }, dtype, data, stored, back) => {
    const items = data.length / (dtype === INT32 ? 4 : 8)
    for (const [, codecs] of positions(codec(`numcodecs.${id}`, configuration))) {
      const bound = pipeline({ dtype, shape: [items], codecs })
      expect([...bound.encode(data)]).toEqual(stored)
      expect(decoded(bound, Uint8Array.from(stored)).data).toEqual([...back])
    }
  })
})

describe('refusals', () => {
  test.each([
    ['bool differences', codec('numcodecs.delta', { dtype: '|b1' }), MetadataError],
    [
      'floats as differences of integers',
      codec('numcodecs.delta', { dtype: '<i4', astype: '<f4' }),
      MetadataError,
    ],
    ['times', codec('numcodecs.delta', { dtype: '<M8[s]' }), MetadataError],
    [
      'an unknown type',
      codec('numcodecs.astype', { encode_dtype: '<q4', decode_dtype: '<i4' }),
      UnsupportedError,
    ],
    ['quantized integers', codec('numcodecs.quantize', { digits: 1, dtype: '<i4' }), MetadataError],
    ['no digits', codec('numcodecs.quantize', { dtype: '<f8' }), MetadataError],
    ['no scale', codec('numcodecs.fixedscaleoffset', { offset: 1, dtype: '<f8' }), MetadataError],
    [
      'a scale that is no number',
      codec('numcodecs.fixedscaleoffset', { offset: 1, scale: '1', dtype: '<f8' }),
      MetadataError,
    ],
    ['a new field', codec('numcodecs.delta', { dtype: '<i4', order: 2 }), UnsupportedError],
  ])('%s', (_, filter, error) => {
    expect(() => pipeline({ codecs: [LITTLE, filter] })).toThrow(error)
  })

  test('another type than the chunk has, where the chunk has one', () => {
    expect(() => pipeline({ codecs: [codec('numcodecs.delta', { dtype: '<f4' }), LITTLE] })).toThrow(
      /data type of the chunk/,
    )
    expect(() => pipeline({ codecs: [codec('numcodecs.delta'), LITTLE] })).not.toThrow()
  })

  test('bytes that are no whole numbers', () => {
    const bound = pipeline({ codecs: [LITTLE, codec('numcodecs.delta', { dtype: '<i4' })] })
    expect(() => bound.decode(new Uint8Array(15))).toThrow(ChunkCorruptError)
    expect(() => bound.decode(new Uint8Array(12))).toThrow(/decodes to 12 bytes/)
  })
})

describe('categorize', () => {
  const configuration = { labels: ['foo', 'bär', 'longer'], astype: '<u2' }
  const utf32 = (...texts: string[]): Uint8Array =>
    new Uint8Array(
      Uint32Array.from(texts.flatMap((text) => Array.from(text.padEnd(3, '\0'), (c) => c.codePointAt(0)!)))
        .buffer,
    )

  test.each(['<', '>'])('texts of fixed length, byte order %s', (order) => {
    const endian = codec('bytes', { endian: order === '<' ? 'little' : 'big' })
    const filter = codec('numcodecs.categorize', { ...configuration, dtype: `${order}U3` })
    const bound = pipeline({ dtype: { kind: 'text', length: 3 }, codecs: [endian, filter] })
    const stored = bound.encode(utf32('bär', '', 'foo', 'x'))
    expect([...stored]).toEqual([2, 0, 0, 0, 1, 0, 0, 0])
    expect(decoded(bound, stored).data).toEqual([...utf32('bär', '', 'foo', '')])
    expect(decoded(bound, Uint8Array.of(3, 0, 9, 0, 0, 1, 0, 0)).data).toEqual([...utf32('lon', '', '', '')])
  })

  test('texts of any length, in place of `bytes`', () => {
    const bound = pipeline({
      dtype: { kind: 'vlen-text' },
      codecs: [codec('numcodecs.categorize', { labels: ['foo', 'bär'], dtype: '|O' })],
    })
    const text = new TextEncoder().encode('bärfoo?')
    const stored = bound.encode(text, Uint32Array.of(0, 4, 4, 7, 8))
    expect([...stored]).toEqual([2, 0, 1, 0])
    expect(decoded(bound, stored)).toEqual({ data: [...text.subarray(0, 7)], offsets: [0, 4, 4, 7, 7] })
    expect(() => bound.decode(new Uint8Array(3))).toThrow(ChunkCorruptError)
  })
})
