import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, MetadataError, UnsupportedError } from '@shared/errors'
import type { CodecSpec } from './pipeline-spec'
import { codec, decoded, pipeline, SEED, UINT8 } from './testing/chunks'

const BYTES = codec('bytes')
const LZMA_RAW = {
  format: 3,
  filters: [
    { id: 3, dist: 4 },
    { id: 33, preset: 1 },
  ],
}

/** Every compressor, and whether its format carries a checksum. */
const COMPRESSORS: [string, CodecSpec, boolean][] = [
  ['gzip', codec('gzip', { level: 5 }), true],
  ['numcodecs.zlib', codec('numcodecs.zlib', { level: 9 }), true],
  ['numcodecs.bz2', codec('numcodecs.bz2', { level: 1 }), true],
  ['zstd', codec('zstd', { level: 3 }), false],
  ['zstd with checksum', codec('zstd', { level: -5, checksum: true }), true],
  ['numcodecs.lz4', codec('numcodecs.lz4', { acceleration: 1 }), false],
  ['numcodecs.lzma xz', codec('numcodecs.lzma', { format: 1, check: 4, preset: 1, filters: null }), true],
  ['numcodecs.lzma alone', codec('numcodecs.lzma', { format: 2, preset: 1 }), false],
  ['numcodecs.lzma raw', codec('numcodecs.lzma', LZMA_RAW), false],
  [
    'blosc',
    codec('blosc', { cname: 'zstd', clevel: 5, shuffle: 'bitshuffle', typesize: 4, blocksize: 0 }),
    false,
  ],
  [
    'numcodecs.blosc',
    codec('numcodecs.blosc', { cname: 'blosclz', clevel: 5, shuffle: -1, blocksize: 256 }),
    false,
  ],
  ['numcodecs.base64', codec('numcodecs.base64'), false],
]

describe.each(COMPRESSORS)('%s', (_, compressor, checked) => {
  const bound = (items: number) => pipeline({ dtype: UINT8, shape: [items], codecs: [BYTES, compressor] })

  test('gives back what it was given', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 90 }),
        fc.integer({ min: 1, max: 60 }),
        (piece, times) => {
          const data = Uint8Array.from({ length: piece.length * times }, (_, i) => piece[i % piece.length]!)
          const pipe = bound(data.length)
          expect(Buffer.compare(Buffer.from(pipe.decode(pipe.encode(data)).data), data)).toBe(0)
        },
      ),
      { seed: SEED, numRuns: 40 },
    )
  })

  test('equal chunks give equal bytes', () => {
    const data = Uint8Array.from({ length: 500 }, (_, i) => i >> 3)
    expect(bound(500).encode(data)).toEqual(bound(500).encode(data))
  })

  const data = Uint8Array.from({ length: 3000 }, (_, i) => (i * i) >> 6)

  test('every cut, any other size and bytes behind are refused', () => {
    const stored = bound(3000).encode(data)
    for (let length = 0; length < stored.length; length += 1 + (length >> 4)) {
      expect(() => bound(3000).decode(stored.subarray(0, length))).toThrow(ChunkCorruptError)
    }
    expect(() => bound(2999).decode(stored)).toThrow(ChunkCorruptError)
    expect(() => bound(3001).decode(stored)).toThrow(ChunkCorruptError)
    expect(() => bound(3000).decode(Buffer.concat([stored, Buffer.from('tail')]))).toThrow(ChunkCorruptError)
    expect(decoded(bound(3000), stored).data).toEqual([...data])
  })

  test(
    checked ? 'every flipped byte is found' : 'a flipped byte is found or changes nothing but values',
    () => {
      const stored = bound(3000).encode(data)
      fc.assert(
        fc.property(fc.nat(stored.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
          const damaged = Uint8Array.from(stored)
          damaged[place]! ^= flip
          const outcome = attempt(() => bound(3000).decode(damaged).data)
          if (outcome instanceof Uint8Array) {
            // Fields that say nothing about the data may change: the time in a gzip header, unused bits of a bzip2 one.
            expect(outcome.length).toBe(3000)
            if (checked) expect(Buffer.compare(Buffer.from(outcome), data)).toBe(0)
          } else expect(outcome).toBeInstanceOf(ChunkCorruptError)
        }),
        { seed: SEED, numRuns: 120 },
      )
    },
  )
})

function attempt(decode: () => Uint8Array): unknown {
  try {
    return Uint8Array.from(decode())
  } catch (thrown) {
    return thrown
  }
}

describe('configurations', () => {
  test.each([
    ['gzip', { level: 10 }],
    ['gzip', { level: 1.5 }],
    ['gzip', { level: '1' }],
    ['zstd', { level: 23 }],
    ['zstd', { level: 1, checksum: 1 }],
    ['numcodecs.bz2', { level: 0 }],
    ['numcodecs.zlib', { level: true }],
    ['numcodecs.lzma', { format: 3 }],
    ['numcodecs.lzma', { format: 4 }],
    ['numcodecs.lzma', { format: 3, filters: [{ id: 3, dist: 'x' }] }],
    ['numcodecs.lzma', { format: 3, filters: [{ dist: 4 }] }],
    ['numcodecs.lzma', { format: 3, filters: [{ id: 33, power: 4 }] }],
    ['blosc', { cname: 'lzma' }],
    ['blosc', { clevel: 10 }],
    ['blosc', { shuffle: 'sideways' }],
    ['blosc', { shuffle: 3 }],
    ['blosc', { typesize: -1 }],
    ['numcodecs.shuffle', { elementsize: 3 }],
  ])('%s %j is refused', (name, configuration) => {
    expect(() => pipeline({ dtype: UINT8, codecs: [BYTES, codec(name, configuration)] })).toThrow(
      MetadataError,
    )
  })

  test('snappy inside Blosc is read, not written', () => {
    const pipe = pipeline({
      dtype: UINT8,
      codecs: [BYTES, codec('blosc', { cname: 'snappy', clevel: 5, shuffle: 1 })],
    })
    expect(() => pipe.encode(new Uint8Array(4))).toThrow(UnsupportedError)
  })

  test('LZMA filters that the library refuses are an error of the metadata', () => {
    const pipe = pipeline({
      dtype: UINT8,
      codecs: [BYTES, codec('numcodecs.lzma', { format: 3, filters: [{ id: 3, dist: 999 }] })],
    })
    expect(() => pipe.encode(new Uint8Array(4))).toThrow(MetadataError)
  })

  test('Blosc shuffles by the size of the items it is given', () => {
    const frame = (configuration: object, bytes: CodecSpec[]) =>
      pipeline({
        shape: [64],
        codecs: [...bytes, codec('blosc', { cname: 'lz4', clevel: 5, ...configuration })],
      }).encode(new Uint8Array(256))
    const little = codec('bytes', { endian: 'little' })
    expect(frame({}, [little])[3]).toBe(4)
    expect(frame({ typesize: 2 }, [little])[3]).toBe(2)
    expect(frame({}, [little, codec('numcodecs.delta', { dtype: '<i4', astype: '<i2' })])[3]).toBe(2)
    expect(frame({}, [little, codec('numcodecs.zlib')])[3]).toBe(1)
    expect(frame({ shuffle: -1 }, [little])[2]! & 5).toBe(1)
    expect(frame({ shuffle: -1 }, [little, codec('numcodecs.zlib')])[2]! & 5).toBe(4)
  })
})
