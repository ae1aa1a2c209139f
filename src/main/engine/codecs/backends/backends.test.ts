import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { UnsupportedError } from '@shared/errors'
import type { CodecBackend } from '../codec-backend'
import { CodecFailure } from '../wasm/codec-failure'
import { codecModule } from '../wasm/codec-module'
import type { DecodeParams, EncodeParams } from '../wasm/codec-params'
import { fastBackend } from './fast-backend'
import { hasNodeZstd } from './node-zlib'
import { portableBackend } from './portable/portable-backend'
import { threadBackend } from './thread-backend'
import { wasmBackend } from './wasm-backend'

const BACKENDS = [wasmBackend, fastBackend, portableBackend]
const OTHERS = [fastBackend, portableBackend]
const SEED = 20240917

/** Every codec that all three have. */
const CODECS: { name: string; encode: EncodeParams; decode: DecodeParams }[] = [
  ...(['zlib', 'gzip', 'deflate'] as const).map((codec) => ({
    name: codec,
    encode: { codec, level: 6 },
    decode: { codec },
  })),
  { name: 'lz4', encode: { codec: 'lz4' }, decode: { codec: 'lz4' } },
  { name: 'zstd', encode: { codec: 'zstd', level: 3 }, decode: { codec: 'zstd' } },
  ...(['blosclz', 'lz4', 'lz4hc', 'zlib', 'zstd'] as const).flatMap((cname) =>
    ([0, 1, 2] as const).map((shuffle) => ({
      name: `blosc ${cname} ${shuffle}`,
      encode: { codec: 'blosc', cname, clevel: 5, shuffle, typesize: 4 } as const,
      decode: { codec: 'blosc' } as const,
    })),
  ),
]

/** Runs that compress, noise that does not, in lengths around the limits of blocks. */
const data = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 300, size: 'max' }), fc.integer({ min: 1, max: 400 }))
  .map(([piece, times]) =>
    Uint8Array.from({ length: piece.length * times }, (_, i) => piece[i % piece.length]! ^ (i >> 9)),
  )

afterAll(() => codecModule().release())

describe.each(CODECS)('$name', ({ encode, decode }) => {
  test('every backend decodes what every backend encodes', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(data, fc.constantFrom(...BACKENDS), fc.constantFrom(...BACKENDS), (raw, writer, reader) => {
        const stored = writer.encode(encode, raw)
        expect(Buffer.compare(reader.decode(decode, stored, { exact: raw.length }), raw)).toBe(0)
        expect(Buffer.compare(reader.decode(decode, stored, { max: raw.length }), raw)).toBe(0)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  test.each(OTHERS)(
    '$name refuses what the module refuses by size, and never gives a wrong size',
    (backend) => {
      const raw = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) >> 5)
      const stored = wasmBackend.encode(encode, raw)
      for (const exact of [raw.length - 1, raw.length + 1]) {
        expect(() => backend.decode(decode, stored, { exact })).toThrow(CodecFailure)
      }
      expect(() => backend.decode(decode, stored, { max: raw.length - 1 })).toThrow(CodecFailure)
      for (const length of [0, 1, 7, stored.length >> 1, stored.length - 1]) {
        expect(() => backend.decode(decode, stored.subarray(0, length), { exact: raw.length })).toThrow(
          CodecFailure,
        )
      }
      expect(() =>
        backend.decode(decode, Buffer.concat([stored, Buffer.from('tail')]), { exact: raw.length }),
      ).toThrow(CodecFailure)
      expect(Buffer.compare(backend.decode(decode, stored, { exact: raw.length }), raw)).toBe(0)
    },
  )
})

test('a damaged byte gives the right size or a failure, never anything else', { timeout: 120_000 }, () => {
  const raw = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7) >> 3)
  fc.assert(
    fc.property(
      fc.constantFrom(...CODECS),
      fc.constantFrom(...BACKENDS),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      ({ encode, decode }, backend, place, flip) => {
        const stored = wasmBackend.encode(encode, raw)
        stored[place % stored.length]! ^= flip
        const outcome = attempt(() => backend.decode(decode, stored, { exact: raw.length }))
        expect(outcome instanceof CodecFailure || outcome === raw.length).toBe(true)
        expect(
          Buffer.compare(backend.decode(decode, wasmBackend.encode(encode, raw), { exact: raw.length }), raw),
        ).toBe(0)
      },
    ),
    { seed: SEED, numRuns: 300 },
  )
})

function attempt(decode: () => Uint8Array): unknown {
  try {
    return decode().length
  } catch (thrown) {
    return thrown
  }
}

describe('gzip', () => {
  const [one, two] = ['first', 'second'].map((text) =>
    wasmBackend.encode({ codec: 'gzip', level: 1 }, Buffer.from(text)),
  )
  test.each(BACKENDS)('$name reads all members and padding, not what else follows', (backend) => {
    const read = (...parts: Uint8Array[]): string =>
      Buffer.from(backend.decode({ codec: 'gzip' }, Buffer.concat(parts), { max: 1e6 })).toString()
    expect(read(one!, two!)).toBe('firstsecond')
    expect(read(one!, new Uint8Array(9))).toBe('first')
    expect(() => read(one!, Buffer.from('x'))).toThrow(CodecFailure)
  })
})

test.each(OTHERS)('$name computes as the module does', (backend: CodecBackend) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), fc.integer({ min: 1, max: 9 }), (piece, itemsize) => {
      const items = piece.subarray(0, piece.length - (piece.length % itemsize))
      const planes = Uint8Array.from(wasmBackend.shuffle(items, itemsize))
      expect(Uint8Array.from(backend.shuffle(items, itemsize))).toEqual(planes)
      expect(Uint8Array.from(backend.unshuffle(planes, itemsize))).toEqual(items)
      expect(backend.crc32c(piece)).toBe(wasmBackend.crc32c(piece))
    }),
    { seed: SEED },
  )
  expect(backend.crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
})

test('the portable backend says what it lacks', () => {
  expect(() => portableBackend.decode({ codec: 'bz2' }, new Uint8Array(9), { max: 9 })).toThrow(
    UnsupportedError,
  )
  expect(() => portableBackend.encode({ codec: 'lzma', format: 1 }, new Uint8Array(9))).toThrow(
    /lzma.*ZARRSCOPE_CODECS/,
  )
})

test.skipIf(!hasNodeZstd)('zstd of Node (22.15 on) makes one frame that states its size', () => {
  const raw = new Uint8Array(2 ** 20).fill(7)
  const stored = fastBackend.encode({ codec: 'zstd', level: 3, checksum: true }, raw)
  expect(wasmBackend.decode({ codec: 'zstd' }, stored, { exact: raw.length }).length).toBe(raw.length)
  expect(stored[4]! & 0x04).toBe(0x04)
  expect(stored[4]! >> 6).not.toBe(0)
})

describe.skipIf(!hasNodeZstd)('blosc with the zstd of Node (22.15 on)', () => {
  const smooth = (length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, i) => (i % 4 === 0 ? (i * 2654435761) >>> 13 : i >> 14))
  const noise = (length: number): Uint8Array => {
    let state = SEED
    return Uint8Array.from({ length }, () => (state = Math.imul(state, 1664525) + 1013904223) >>> 24)
  }

  test.each([
    ['whole blocks', smooth(2 ** 20), { clevel: 5, shuffle: 1, typesize: 4 }],
    ['a short last block', smooth(2 ** 20 + 4001), { clevel: 5, shuffle: 1, typesize: 4 }],
    ['items that do not fill a block', smooth(2 ** 20 + 5), { clevel: 3, shuffle: 1, typesize: 12 }],
    ['no shuffle', smooth(2 ** 20), { clevel: 1, shuffle: 0, typesize: 8 }],
    ['the highest level', smooth(600_000), { clevel: 9, shuffle: 1, typesize: 2 }],
    [
      'blocks of a size that was asked for',
      smooth(2 ** 20),
      { clevel: 5, shuffle: 1, typesize: 4, blocksize: 5000 },
    ],
    ['noise', noise(2 ** 20), { clevel: 5, shuffle: 1, typesize: 4 }],
    [
      'noise in some blocks',
      Buffer.concat([smooth(2 ** 19), noise(2 ** 19)]),
      { clevel: 5, shuffle: 1, typesize: 4 },
    ],
  ] as const)('%s: the header of c-blosc, and every backend decodes it', (_name, raw, how) => {
    const params = { codec: 'blosc', cname: 'zstd', ...how } as const
    const stored = fastBackend.encode(params, raw)
    const ofModule = wasmBackend.encode(params, raw)
    expect(stored.subarray(0, 12)).toEqual(ofModule.subarray(0, 12))
    expect(stored.length).toBeLessThan(ofModule.length * 1.02 + 100)
    for (const reader of BACKENDS)
      expect(Buffer.compare(reader.decode({ codec: 'blosc' }, stored, { exact: raw.length }), raw)).toBe(0)
    // From and to memory of the module, as writing does it.
    const held = codecModule().shuffle(raw, 1)
    expect(Buffer.compare(fastBackend.encodeInPlace!(params, held), stored)).toBe(0)
  })

  test('a frame may be the input of the next', () => {
    const params = { codec: 'blosc', cname: 'zstd', clevel: 1, shuffle: 0, typesize: 1 } as const
    const raw = Buffer.concat([noise(2 ** 20), smooth(2 ** 20)])
    const once = fastBackend.encodeInPlace!(params, raw)
    expect(once.length).toBeGreaterThan(2 ** 20)
    expect(fastBackend.isTransient(once)).toBe(true)
    const copy = once.slice()
    // Blocks of noise are kept as they are, a little behind where they lay.
    const twice = fastBackend.encodeInPlace!({ ...params, blocksize: 2 ** 15 }, once).slice()
    const back = wasmBackend.decode({ codec: 'blosc' }, twice, { exact: copy.length })
    expect(Buffer.compare(back, copy)).toBe(0)
  })
})

test('an unknown name of a backend is refused', () => {
  expect(threadBackend('')).toBe(fastBackend)
  expect(threadBackend('portable')).toBe(portableBackend)
  expect(() => threadBackend('toString')).toThrow(/ZARRSCOPE_CODECS is "toString"/)
})
