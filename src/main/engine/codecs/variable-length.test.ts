import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ChunkCorruptError,
  MetadataError,
  UnsupportedError,
  ValueError,
  ZarrscopeError,
} from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { codec, decoded, pipeline, SEED } from './testing/chunks'
import { joinItems } from './vlen'

const TEXT: DataTypeSpec = { kind: 'vlen-text' }
const OBJECT: DataTypeSpec = { kind: 'object' }
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const u32 = (value: number): number[] => [...new Uint8Array(Uint32Array.of(value).buffer)]

describe('vlen-utf8, vlen-bytes, vlen-array', () => {
  const items = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 12 })

  test('items of any length come back', () => {
    const kinds = fc.constantFrom(
      [{ kind: 'vlen-bytes' }, codec('vlen-bytes'), 1] as const,
      [
        { kind: 'vlen-array', item: { kind: 'int', bits: 16 } },
        codec('numcodecs.vlen-array', { dtype: '<i2' }),
        2,
      ] as const,
      [
        { kind: 'vlen-array', item: { kind: 'int', bits: 16 } },
        codec('numcodecs.vlen-array', { dtype: '>i2' }),
        2,
      ] as const,
    )
    fc.assert(
      fc.property(kinds, items, ([dtype, spec, unit], list) => {
        const { data, offsets } = joinItems(
          list.map((item) => item.subarray(0, item.length - (item.length % unit))),
        )
        const bound = pipeline({ dtype, shape: [list.length], codecs: [spec] })
        expect(decoded(bound, bound.encode(data, offsets))).toEqual({
          data: [...data],
          offsets: [...offsets],
        })
      }),
      { seed: SEED },
    )
  })

  test('big-endian elements are swapped', () => {
    const bound = pipeline({
      dtype: { kind: 'vlen-array', item: { kind: 'int', bits: 16 } },
      shape: [1],
      codecs: [codec('numcodecs.vlen-array', { dtype: '>i2' })],
    })
    expect(decoded(bound, Uint8Array.of(...u32(1), ...u32(4), 0, 1, 0, 2)).data).toEqual([1, 0, 2, 0])
    expect([...bound.encode(Uint8Array.of(1, 0, 2, 0), Uint32Array.of(0, 4))]).toEqual([
      ...u32(1),
      ...u32(4),
      0,
      1,
      0,
      2,
    ])
    expect(() => bound.decode(Uint8Array.of(...u32(1), ...u32(3), 0, 1, 0))).toThrow(
      /whole number of elements/,
    )
  })

  const texts = pipeline({ dtype: TEXT, shape: [2], codecs: [codec('vlen-utf8')] })
  test.each([
    ['nothing', [], /number of items/],
    [
      'another count',
      [...u32(3), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      /3 items where the metadata asks for 2/,
    ],
    ['a cut length', [...u32(2), ...u32(0), 0, 0], /too short for 2 items/],
    ['a cut item', [...u32(2), ...u32(0), ...u32(3), 65, 66], /item 1 reaches beyond/],
    ['a huge length', [...u32(2), ...u32(2 ** 32 - 1), ...u32(0)], /item 0 reaches beyond/],
    ['bytes behind', [...u32(2), ...u32(0), ...u32(0), 7], /1 bytes follow/],
    ['invalid UTF-8', [...u32(2), ...u32(0), ...u32(1), 0xff], /not valid UTF-8/],
    ['a character cut in two', [...u32(2), ...u32(1), 0xc3, ...u32(1), 0xa9], /item 1 is not valid UTF-8/],
  ])('%s is refused', (_, stored, message) => {
    expect(() => texts.decode(Uint8Array.from(stored))).toThrow(ChunkCorruptError)
    expect(() => texts.decode(Uint8Array.from(stored))).toThrow(message)
  })

  test('items of another type are refused', () => {
    expect(() => pipeline({ dtype: OBJECT, codecs: [codec('vlen-utf8')] })).toThrow(MetadataError)
    expect(() => pipeline({ codecs: [codec('vlen-bytes')] })).toThrow(MetadataError)
    expect(() =>
      pipeline({ dtype: { kind: 'vlen-array', item: OBJECT }, codecs: [codec('numcodecs.vlen-array')] }),
    ).toThrow(MetadataError)
  })
})

describe.each(['numcodecs.json2', 'numcodecs.msgpack2'])('%s', (name) => {
  const bound = (shape: number[], dtype: DataTypeSpec = OBJECT) =>
    pipeline({ dtype, shape, codecs: [codec(name)] })

  test('any JSON values come back, in any shape', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
    // Whole doubles beyond 64 bits print as integers, which MessagePack has not.
    const values = fc.jsonValue({ maxDepth: 3 }).filter((value) => !/\d{19}/.test(JSON.stringify(value)))
    const cases = shapes.chain((shape) => {
      const count = shape.reduce((a, b) => a * b, 1)
      return fc.tuple(fc.constant(shape), fc.array(values, { minLength: count, maxLength: count }))
    })
    fc.assert(
      fc.property(cases, ([shape, list]) => {
        const { data, offsets } = joinItems(list.map((value) => utf8(JSON.stringify(value))))
        const pipe = bound(shape)
        const back = decoded(pipe, pipe.encode(data, offsets))
        const read = list.map((_, i): unknown =>
          JSON.parse(Buffer.from(back.data.slice(back.offsets![i], back.offsets![i + 1])).toString()),
        )
        // -0 is the integer 0 to Python, and so to JSON in these stores.
        expect(JSON.stringify(read.map(sorted))).toBe(JSON.stringify(list.map(sorted)))
      }),
      { seed: SEED },
    )
  })
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .map(([k, v]) => [k, sorted(v)] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : Array.isArray(value)
        ? value.map(sorted)
        : value

  test('numbers that JavaScript would print otherwise keep their text', () => {
    const list = ['1.0', '-0.0', '18446744073709551615', '-9223372036854775808', 'NaN', '1e+16', '0.1']
    const { data, offsets } = joinItems(list.map(utf8))
    const pipe = bound([list.length])
    expect(Buffer.from(decoded(pipe, pipe.encode(data, offsets)).data).toString()).toBe(list.join(''))
  })

  test('arrays of texts give texts', () => {
    const pipe = bound([2], TEXT)
    const stored = pipe.encode(utf8('é"'), Uint32Array.of(0, 2, 3))
    expect(decoded(pipe, stored)).toEqual({ data: [...utf8('é"')], offsets: [0, 2, 3] })
  })

  test('what is no JSON cannot be stored', () => {
    expect(() => bound([1]).encode(utf8('{'), Uint32Array.of(0, 1))).toThrow(ValueError)
  })

  test('every cut is refused as damage', () => {
    const { data, offsets } = joinItems(['{"k":[1.5,true,"é"]}', 'null', '-70000', '"text"'].map(utf8))
    const stored = bound([2, 2]).encode(data, offsets)
    for (let length = 0; length < stored.length; length++) {
      expect(() => bound([2, 2]).decode(stored.subarray(0, length))).toThrow(ChunkCorruptError)
    }
  })

  test('a flipped byte gives items or an error of the house', () => {
    const { data, offsets } = joinItems(['{"k":[1.5,true,"é"]}', 'null', '-70000', '"text"'].map(utf8))
    const stored = bound([2, 2]).encode(data, offsets)
    fc.assert(
      fc.property(fc.nat(stored.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const damaged = Uint8Array.from(stored)
        damaged[place]! ^= flip
        try {
          expect(bound([2, 2]).decode(damaged).offsets!.length).toBe(5)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ZarrscopeError)
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})

describe('documents that are not what they should be', () => {
  const json = (shape: number[], text: string) => () =>
    pipeline({ dtype: OBJECT, shape, codecs: [codec('numcodecs.json2')] }).decode(utf8(text))
  test.each([
    ['{}', /not a list/],
    ['[1,2,[2]]', /not a list of items/],
    ['[1,2,"|O",2]', /not a list of items/],
    ['[1,2,"|O",[3]]', /3 items where the metadata asks for 2/],
    ['[1,"|O",[2]]', /not as many/],
    ['[[1,2],"|O",[2,1]]', /not as many/],
    ['[[1,2],[3],"|O",[2,1]]', /not nested/],
    ['[1,2,"|O",[2]', /JSON|ends|column/],
  ])('%s', (text, message) => {
    expect(json([2], text)).toThrow(ChunkCorruptError)
    expect(json([2], text)).toThrow(message)
  })

  const msgpack =
    (...bytes: number[]) =>
    () =>
      pipeline({ dtype: OBJECT, shape: [1], codecs: [codec('numcodecs.msgpack2')] }).decode(
        Uint8Array.from(bytes),
      )
  test.each([
    ['binary data', [0x93, 0xc4, 1, 7, 0xa2, 0x7c, 0x4f, 0x91, 1], UnsupportedError],
    ['an extension', [0x93, 0xd4, 1, 7, 0xa2, 0x7c, 0x4f, 0x91, 1], UnsupportedError],
    ['keys that are numbers', [0x93, 0x81, 1, 7, 0xa2, 0x7c, 0x4f, 0x91, 1], UnsupportedError],
    ['a count beyond the end', [0xdd, 255, 255, 255, 255], ChunkCorruptError],
    ['the type that is none', [0x93, 0xc1, 0xa2, 0x7c, 0x4f, 0x91, 1], ChunkCorruptError],
    ['bytes behind', [0x93, 7, 0xa2, 0x7c, 0x4f, 0x91, 1, 0], ChunkCorruptError],
    ['endless nesting', new Array<number>(9000).fill(0x91), ChunkCorruptError],
  ])('MessagePack with %s', (_, bytes, error) => {
    expect(msgpack(...bytes)).toThrow(error)
  })
})
