import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, MetadataError } from '@shared/errors'
import { codec, decoded, pipeline, SEED, UINT8 } from './testing/chunks'

const BYTES = codec('bytes')
const CHECKSUMS = [
  'crc32c',
  'numcodecs.crc32',
  'numcodecs.adler32',
  'numcodecs.fletcher32',
  'numcodecs.jenkins_lookup3',
]

describe.each(CHECKSUMS)('%s', (name) => {
  test('adds four bytes and takes them away', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 900 }), (data) => {
        const bound = pipeline({ dtype: UINT8, shape: [data.length], codecs: [BYTES, codec(name)] })
        const stored = bound.encode(data)
        expect(stored.length).toBe(data.length + 4)
        expect(bound.encodedSize).toBe(stored.length)
        expect(decoded(bound, stored).data).toEqual([...data])
      }),
      { seed: SEED },
    )
  })

  test('finds every flipped bit and every cut', () => {
    const data = Uint8Array.from({ length: 40 }, (_, i) => i * 37)
    const bound = pipeline({ dtype: UINT8, shape: [40], codecs: [BYTES, codec(name)] })
    const stored = bound.encode(data)
    for (let bit = 0; bit < stored.length * 8; bit++) {
      const damaged = Uint8Array.from(stored)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => bound.decode(damaged)).toThrow(
        /the checksum of .* is 0x[0-9a-f]{8}, 0x[0-9a-f]{8} was stored/,
      )
    }
    for (let length = 0; length < stored.length; length++) {
      expect(() => bound.decode(stored.subarray(0, length))).toThrow(ChunkCorruptError)
    }
  })
})

/** The check values that the algorithms are published with. */
test.each([
  ['crc32c', '123456789', 0xe3069283],
  ['numcodecs.crc32', '123456789', 0xcbf43926],
  ['numcodecs.adler32', 'Wikipedia', 0x11e60398],
  ['numcodecs.jenkins_lookup3', 'Four score and seven years ago', 0x17770551],
])('%s of %j', (name, text, expected) => {
  const data = Buffer.from(text)
  const bound = pipeline({
    dtype: UINT8,
    shape: [data.length],
    codecs: [BYTES, codec(name, name.endsWith('3') ? {} : { location: 'end' })],
  })
  const stored = bound.encode(data)
  expect(new DataView(stored.buffer, stored.byteOffset).getUint32(data.length, true)).toBe(expected)
})

test('where the checksum lies', () => {
  const stored = (name: string, configuration: object = {}): number[] => [
    ...pipeline({ dtype: UINT8, shape: [2], codecs: [BYTES, codec(name, configuration)] }).encode(
      Uint8Array.of(200, 201),
    ),
  ]
  for (const name of ['numcodecs.crc32', 'numcodecs.adler32']) {
    expect(stored(name).slice(4)).toEqual([200, 201])
    expect(stored(name, { location: 'end' }).slice(0, 2)).toEqual([200, 201])
  }
  expect(stored('crc32c').slice(0, 2)).toEqual([200, 201])
  expect(stored('crc32c', { location: 'start' }).slice(4)).toEqual([200, 201])
  expect(() => stored('crc32c', { location: 'middle' })).toThrow(MetadataError)
})

test('jenkins_lookup3 hashes prefix and data as one', () => {
  const hash = (data: number[], configuration: object): number[] => {
    const bound = pipeline({
      dtype: UINT8,
      shape: [data.length],
      codecs: [BYTES, codec('numcodecs.jenkins_lookup3', configuration)],
    })
    return [...bound.encode(Uint8Array.from(data)).subarray(data.length)]
  }
  expect(hash([3, 4], { prefix: [1, 2] })).toEqual(hash([1, 2, 3, 4], {}))
  expect(hash([3, 4], { initval: 1 })).not.toEqual(hash([3, 4], {}))
  expect(() => hash([1], { prefix: [256] })).toThrow(MetadataError)
})
