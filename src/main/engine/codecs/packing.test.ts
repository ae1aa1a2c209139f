import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, MetadataError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { product } from './layout'
import { codec, decoded, pipeline, SEED } from './testing/chunks'

const int = (bits: 2 | 4 | 8 | 16 | 32 | 64, kind: 'int' | 'uint' = 'int'): DataTypeSpec => ({ kind, bits })
const BOOL: DataTypeSpec = { kind: 'bool' }
const pack = (dtype: DataTypeSpec, items: number, configuration: object = {}) =>
  pipeline({ dtype, shape: [items], codecs: [codec('packbits', configuration)] })

describe('packbits', () => {
  test.each([
    ['booleans, lowest bit first', BOOL, {}, [1, 0, 0, 0, 0, 0, 0, 0, 1], [0x01, 0x01]],
    ['the unused bits before', BOOL, { padding_encoding: 'first_byte' }, [1, 1, 1], [5, 0x07]],
    ['the unused bits behind', BOOL, { padding_encoding: 'last_byte' }, [1, 1, 1], [0x07, 5]],
    ['four bits', int(4, 'uint'), {}, [1, 2, 15], [0x21, 0x0f]],
    ['signed, with copies of the sign', int(4), {}, [0xff, 0xf8, 7], [0x8f, 0x07]],
    [
      'six bits across bytes',
      { kind: 'float', format: 'float6_e2m3fn' },
      {},
      [0x3f, 0, 0x3f],
      [0x3f, 0xf0, 0x03],
    ],
    [
      'some bits of two bytes',
      int(16, 'uint'),
      { first_bit: 4, last_bit: 11 },
      [0xf0, 0x0f, 0, 0],
      [0xff, 0],
    ],
    ['some bits, signed', int(16), { last_bit: 3 }, [0xff, 0xff, 7, 0], [0x7f]],
    ['parts of complex numbers', { kind: 'complex', part: 'float4_e2m1fn' }, {}, [1, 2, 3, 4], [0x21, 0x43]],
  ] as [string, DataTypeSpec, object, number[], number[]][])(
    '%s',
    (_, dtype, configuration, data, stored) => {
      const size = itemSize(dtype)!
      const bound = pack(dtype, data.length / size, configuration)
      expect(decoded(bound, Uint8Array.from(stored)).data).toEqual(data)
      expect([...bound.encode(Uint8Array.from(data))]).toEqual(stored)
      expect(bound.encodedSize).toBe(stored.length)
    },
  )

  test('all bits of every type come back', () => {
    const types = fc.constantFrom(int(8), int(16), int(32), int(64), int(8, 'uint'), int(64, 'uint'), {
      kind: 'float',
      format: 'float64',
    } as const)
    fc.assert(
      fc.property(
        types,
        fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 9 }),
        (dtype, values) => {
          const bytes = itemSize(dtype)!
          const data = Uint8Array.from(
            values.flatMap((value) => [...new Uint8Array(BigUint64Array.of(value).buffer)].slice(0, bytes)),
          )
          const bound = pack(dtype, values.length)
          expect([...bound.encode(data)]).toEqual([...data])
          expect(decoded(bound, data).data).toEqual([...data])
        },
      ),
      { seed: SEED },
    )
  })

  test('any window of bits gives back those bits and the sign', () => {
    const windows = fc
      .tuple(fc.nat(31), fc.nat(31))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    fc.assert(
      fc.property(
        windows,
        fc.array(fc.integer(), { maxLength: 9 }),
        fc.boolean(),
        ([first, last], values, signed) => {
          const bound = pack(int(32, signed ? 'int' : 'uint'), values.length, {
            first_bit: first,
            last_bit: last,
          })
          const stored = bound.encode(new Uint8Array(Int32Array.from(values).buffer))
          const width = last - first + 1
          expect(stored.length).toBe(Math.ceil((values.length * width) / 8))
          const kept = values.map((value) => {
            const top = value << (31 - last)
            return (signed ? top >> (32 - width) : top >>> (32 - width)) << first
          })
          expect(decoded(bound, stored).data).toEqual([...new Uint8Array(Int32Array.from(kept).buffer)])
        },
      ),
      { seed: SEED },
    )
  })

  test('wrong sizes, wrong padding and wrong settings are refused', () => {
    expect(() => pack(BOOL, 9).decode(new Uint8Array(1))).toThrow(ChunkCorruptError)
    expect(() => pack(BOOL, 9, { padding_encoding: 'first_byte' }).decode(Uint8Array.of(6, 0, 0))).toThrow(
      /6 unused bits/,
    )
    for (const configuration of [
      { first_bit: 3, last_bit: 2 },
      { last_bit: 16 },
      { first_bit: -1 },
      { padding_encoding: 'both' },
    ]) {
      expect(() => pack(int(16), 4, configuration)).toThrow(MetadataError)
    }
    expect(() => pack({ kind: 'text', length: 1 }, 4)).toThrow(MetadataError)
  })
})

describe('numcodecs.packbits', () => {
  const bits = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 40 })
  test.each(['filter', 'compressor'])('gives booleans back as a %s', (position) => {
    fc.assert(
      fc.property(bits, fc.boolean(), (values, flat) => {
        const shape = flat || values.length % 2 ? [values.length] : [2, values.length / 2]
        const [packed, plain] = [codec('numcodecs.packbits'), codec('bytes')]
        const bound = pipeline({
          dtype: BOOL,
          shape,
          codecs: position === 'filter' ? [packed, plain] : [plain, packed],
        })
        const stored = bound.encode(Uint8Array.from(values))
        expect(stored.length).toBe(bound.encodedSize)
        expect(stored[1]! >> 7).toBe(values[0])
        expect(decoded(bound, stored).data).toEqual(values)
        expect(product(shape)).toBe(values.length)
      }),
      { seed: SEED },
    )
  })

  test('numbers of bits that cannot be are refused', () => {
    const bound = pipeline({ dtype: BOOL, shape: [9], codecs: [codec('numcodecs.packbits'), codec('bytes')] })
    expect(decoded(bound, Uint8Array.of(7, 0xff, 0x80)).data).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1])
    for (const first of [6, 8, 255])
      expect(() => bound.decode(Uint8Array.of(first, 0xff, 0x80))).toThrow(ChunkCorruptError)
    const filter = pipeline({
      dtype: BOOL,
      shape: [9],
      codecs: [codec('bytes'), codec('numcodecs.packbits')],
    })
    for (const stored of [[], [0], [7, 0], [7, 0, 0, 0]]) {
      expect(() => filter.decode(Uint8Array.from(stored))).toThrow(ChunkCorruptError)
    }
  })
})
