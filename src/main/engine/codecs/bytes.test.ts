import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, MetadataError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { codec, decoded, ints, LITTLE, pipeline } from './testing/chunks'

const BIG = codec('bytes', { endian: 'big' })
const RECORD: DataTypeSpec = {
  kind: 'struct',
  fields: [
    { name: 'id', type: { kind: 'int', bits: 16 } },
    { name: 'tag', type: { kind: 'bytes', length: 1 } },
    { name: 'z', type: { kind: 'complex', part: 'float32' } },
  ],
}
const record = Uint8Array.from({ length: 22 }, (_, i) => i)

describe('bytes', () => {
  test('little-endian items are handed on as they are', () => {
    const bound = pipeline({ codecs: [LITTLE] })
    const stored = ints(1, -2, 3, 4)
    expect(bound.decode(stored)).toMatchObject({ bigEndian: false, strides: [1], shape: [4] })
    expect(bound.decode(stored).data.buffer).toBe(stored.buffer)
    expect(bound.encodedSize).toBe(16)
  })

  test('big-endian numbers are left to the reader, and written from little-endian ones', () => {
    const bound = pipeline({ codecs: [BIG], shape: [1] })
    expect(bound.decode(Uint8Array.of(0, 0, 1, 2))).toMatchObject({ bigEndian: true })
    expect(decoded(bound, Uint8Array.of(0, 0, 1, 2)).data).toEqual([2, 1, 0, 0])
    expect([...bound.encode(ints(0x102))]).toEqual([0, 0, 1, 2])
  })

  test('parts of complex numbers and fields of records swap one by one', () => {
    const bound = pipeline({ codecs: [BIG], dtype: RECORD, shape: [2] })
    const stored = bound.encode(record)
    expect([...stored.subarray(0, 11)]).toEqual([1, 0, 2, 6, 5, 4, 3, 10, 9, 8, 7])
    expect(decoded(bound, stored).data).toEqual([...record])
  })

  test('only the numbers that "mixed" lists are swapped', () => {
    const mixed = codec('bytes', {
      endian: 'mixed',
      swaps: [
        [0, 2],
        [7, 4],
      ],
    })
    const bound = pipeline({ codecs: [mixed], dtype: RECORD, shape: [2] })
    const stored = bound.encode(record)
    expect([...stored.subarray(0, 11)]).toEqual([1, 0, 2, 3, 4, 5, 6, 10, 9, 8, 7])
    expect(bound.decode(stored).bigEndian).toBe(false)
    expect(decoded(bound, stored).data).toEqual([...record])
  })

  test.each([
    ['no endian', INVALID({}), /endian.*must be one of/],
    ['a wrong endian', INVALID({ endian: 'middle' }), /endian/],
    ['swaps outside the item', INVALID({ endian: 'mixed', swaps: [[3, 2]] }), /inside an item/],
    ['swaps that are no list', INVALID({ endian: 'mixed' }), /swaps/],
  ])('%s is refused', (_, codecs, message) => {
    expect(() => pipeline({ codecs })).toThrow(MetadataError)
    expect(() => pipeline({ codecs })).toThrow(message)
  })

  test('single bytes and records of old stores need no endian', () => {
    expect(
      decoded(pipeline({ codecs: [codec('bytes')], dtype: { kind: 'bool' } }), Uint8Array.of(1, 0, 0, 1))
        .data,
    ).toEqual([1, 0, 0, 1])
    expect(() => pipeline({ codecs: [codec('bytes')], dtype: RECORD })).not.toThrow()
  })

  test.each([0, 15, 17])('%i bytes instead of 16 are refused', (length) => {
    expect(() => pipeline({ codecs: [LITTLE] }).decode(new Uint8Array(length))).toThrow(ChunkCorruptError)
  })

  test('items that vary in length are refused', () => {
    expect(() => pipeline({ codecs: [LITTLE], dtype: { kind: 'vlen-text' } })).toThrow(/vary in length/)
  })
})

function INVALID(configuration: object) {
  return [codec('bytes', configuration)]
}
