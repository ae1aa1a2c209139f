import { describe, expect, test } from 'vitest'
import { BLOSC_HEADER_SIZE, bloscBlockRanges, parseBloscHeader } from './blosc-header'
import { CodecFailure } from './codec-failure'
import { CodecModule } from './codec-module'
import type { DecodeParams, EncodeParams } from './codec-params'
import { randomSource, sampleBytes } from './sample-bytes'

const wasm = new CodecModule()
const raw = Buffer.concat([sampleBytes('ramp', 320), sampleBytes('sparse', 120), sampleBytes('noise', 30)])

const encodings: (EncodeParams & { readonly detects: 'all' | 'some' })[] = [
  { codec: 'blosc', cname: 'blosclz', clevel: 5, shuffle: 1, typesize: 4, blocksize: 256, detects: 'some' },
  { codec: 'blosc', cname: 'lz4', clevel: 5, shuffle: 2, typesize: 4, detects: 'some' },
  { codec: 'blosc', cname: 'zlib', clevel: 5, shuffle: 0, typesize: 1, blocksize: 256, detects: 'some' },
  { codec: 'blosc', cname: 'zstd', clevel: 5, shuffle: 1, typesize: 8, blocksize: 256, detects: 'some' },
  { codec: 'blosc', cname: 'lz4', clevel: 0, shuffle: 0, typesize: 4, detects: 'some' },
  { codec: 'lz4', detects: 'some' },
  { codec: 'zstd', level: 3, detects: 'some' },
  { codec: 'zstd', level: 3, checksum: true, detects: 'all' },
  { codec: 'zlib', level: 6, detects: 'all' },
  { codec: 'gzip', level: 6, detects: 'all' },
  { codec: 'deflate', level: 6, detects: 'some' },
  { codec: 'bz2', level: 1, detects: 'all' },
  { codec: 'lzma', format: 1, preset: 1, detects: 'all' },
  { codec: 'lzma', format: 2, preset: 1, detects: 'some' },
  {
    codec: 'lzma',
    format: 3,
    filters: [
      { id: 3, dist: 4 },
      { id: 33, preset: 1 },
    ],
    detects: 'some',
  },
]

/** Decodes what may be damaged: the right number of bytes, or a CodecFailure. Anything else fails the test. */
function outcome(params: DecodeParams, input: Uint8Array): 'equal' | 'other bytes' | 'refused' {
  try {
    const decoded = wasm.decode(params, input, { exact: raw.length })
    expect(decoded).toHaveLength(raw.length)
    return Buffer.compare(decoded, raw) === 0 ? 'equal' : 'other bytes'
  } catch (error) {
    if (!(error instanceof CodecFailure)) throw error
    return 'refused'
  }
}

describe.each(encodings)('damaged $codec $cname $format data', ({ detects, ...params }) => {
  const encoded = wasm.encode(params, raw).slice()

  test('every truncation is refused', () => {
    for (let length = 0; length < encoded.length; length++) {
      expect(outcome(params, encoded.slice(0, length)), `${length} of ${encoded.length} bytes`).toBe(
        'refused',
      )
    }
  })

  test('single wrong bytes are refused or change bytes, no more', () => {
    const random = randomSource(7)
    const counts = { equal: 0, 'other bytes': 0, refused: 0 }
    for (let at = 0; at < encoded.length; at++) {
      const damaged = encoded.slice()
      damaged[at]! ^= at % 2 === 0 ? 1 << (random() % 8) : (random() % 255) + 1
      counts[outcome(params, damaged)]++
    }
    if (detects === 'all') expect(counts['other bytes']).toBe(0)
    expect(counts.refused).toBeGreaterThan(0)
  })

  test('many wrong bytes at once, also without a known size, and the module works on', () => {
    const random = randomSource(11)
    for (let round = 0; round < 60; round++) {
      const damaged = encoded.slice(0, encoded.length - (random() % 3 === 0 ? random() % encoded.length : 0))
      for (let i = random() % 8; i >= 0; i--) damaged[random() % damaged.length] = random()
      outcome(params, damaged)
      try {
        expect(wasm.decode(params, damaged, { max: 5000 }).length).toBeLessThanOrEqual(5000)
      } catch (error) {
        expect(error).toBeInstanceOf(CodecFailure)
      }
    }
    expect(outcome(params, encoded)).toBe('equal')
  })
})

describe('bombs and claims', () => {
  const zeros = new Uint8Array(16 << 20)

  test.each<EncodeParams>([
    { codec: 'zlib', level: 9 },
    { codec: 'gzip', level: 9 },
    { codec: 'zstd', level: 1 },
    { codec: 'bz2', level: 9 },
    { codec: 'lzma', format: 1, preset: 0 },
    { codec: 'blosc', cname: 'lz4', clevel: 5, shuffle: 0, typesize: 1 },
  ])('16 MiB of zeros in $codec stop at the first byte too many', (params) => {
    const bomb = wasm.encode(params, zeros).slice()
    expect(() => wasm.decode(params, bomb, { exact: 1000 })).toThrow('holds more bytes than expected')
    expect(() => wasm.decode(params, bomb, { max: 100_000 })).toThrow('holds more bytes than expected')
    expect(() => wasm.decode(params, bomb, { max: zeros.length - 1 })).toThrow(
      'holds more bytes than expected',
    )
    expect(wasm.decode(params, bomb, { max: zeros.length })).toHaveLength(zeros.length)
  })

  test('a zstd window beyond 128 MiB is refused where the size is not known', () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 0x01, 0x00, 0x00])
    expect(() => wasm.decode({ codec: 'zstd' }, frame, { max: 100 })).toThrow(
      'needs more memory than is safe',
    )
  })

  test('an LZMA dictionary of 4 GiB is refused', () => {
    const alone = wasm.encode({ codec: 'lzma', format: 2, preset: 1 }, raw).slice()
    alone.fill(255, 1, 5)
    expect(() => wasm.decode({ codec: 'lzma', format: 2 }, alone, { exact: raw.length })).toThrow('is safe')
  })

  test('more than 1 GiB is refused before anything is tried', () => {
    for (const size of [2 ** 30 + 1, 2 ** 53, -1, 0.5, NaN]) {
      expect(() => wasm.decode({ codec: 'zstd' }, raw, { exact: size })).toThrow(
        'more than can be decoded at once',
      )
    }
  })

  test('a blosclz match with an endless length is refused', () => {
    const nbytes = 1 << 24
    const body = Buffer.concat([
      Buffer.from([0x1f]),
      Buffer.alloc(32, 65),
      Buffer.from([0xe0]),
      Buffer.alloc(8_421_600, 255),
      Buffer.alloc(2),
    ])
    const head = Buffer.from([2, 1, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0])
    head.writeUInt32LE(nbytes, 4)
    head.writeUInt32LE(nbytes, 8)
    head.writeUInt32LE(24 + body.length, 12)
    head.writeUInt32LE(body.length, 20)
    const frame = Buffer.concat([head, body])
    expect(() => wasm.decode({ codec: 'blosc' }, frame, { exact: nbytes })).toThrow('is not valid')
  })
})

describe('headers of blosc frames', () => {
  const params = { codec: 'blosc', cname: 'lz4', clevel: 5, shuffle: 1, typesize: 4 } as const
  const good = Buffer.from(wasm.encode(params, raw))
  const stored = Buffer.from(wasm.encode({ ...params, clevel: 0 }, raw))
  const changed = (frame: Buffer, change: (copy: Buffer) => unknown): Buffer => {
    const copy = Buffer.from(frame)
    change(copy)
    return copy
  }

  test.each<[string, Buffer, string]>([
    ['another version', changed(good, (f) => f.writeUInt8(3, 0)), 'unsupported'],
    ['another inner version', changed(good, (f) => f.writeUInt8(2, 1)), 'unsupported'],
    ['an unknown compressor', changed(good, (f) => f.writeUInt8(f[2]! | 0xe0, 2)), 'unsupported'],
    ['a flag from the future', changed(good, (f) => f.writeUInt8(f[2]! | 8, 2)), 'unsupported'],
    ['type size 0', changed(good, (f) => f.writeUInt8(0, 3)), 'header'],
    ['block size 0', changed(good, (f) => f.writeUInt32LE(0, 8)), 'header'],
    ['blocks larger than the data', changed(good, (f) => f.writeUInt32LE(raw.length + 1, 8)), 'header'],
    ['more blocks than fit', changed(good, (f) => f.writeUInt32LE(1, 8)), 'header'],
    ['a length beyond the input', changed(good, (f) => f.writeUInt32LE(good.length + 1, 12)), 'truncated'],
    ['a stored frame of another size', changed(stored, (f) => f.writeUInt32LE(raw.length - 1, 4)), 'header'],
  ])('%s', (_, frame, reason) => {
    const failed = expect.objectContaining({ name: 'CodecFailure', reason }) as CodecFailure
    expect(() => parseBloscHeader(frame, frame.length)).toThrow(failed)
    expect(() => wasm.decode({ codec: 'blosc' }, frame, { max: raw.length })).toThrow(failed)
    expect(() => wasm.bloscItems(frame, 0, 1)).toThrow(failed)
  })

  test('a decoded size other than expected, and bytes after the frame', () => {
    expect(() => parseBloscHeader(good, good.length, raw.length + 1)).toThrow(
      `${raw.length} bytes instead of`,
    )
    expect(() => parseBloscHeader(good, good.length + 1)).toThrow('its header names')
    expect(() => wasm.decode({ codec: 'blosc' }, Buffer.concat([good, good]), { exact: raw.length })).toThrow(
      'followed',
    )
  })

  test('blocks that start outside the frame', () => {
    for (const start of [0, 15, good.length, 0xffffffff]) {
      const frame = changed(good, (f) => f.writeUInt32LE(start, BLOSC_HEADER_SIZE))
      expect(() => wasm.decode({ codec: 'blosc' }, frame, { exact: raw.length })).toThrow('header')
      const header = parseBloscHeader(frame, frame.length)
      expect(() => bloscBlockRanges(header, frame.subarray(BLOSC_HEADER_SIZE))).toThrow('outside the frame')
    }
  })

  test('a block whose bytes were cut, and a block that is not there', () => {
    const header = parseBloscHeader(good, good.length, raw.length)
    const { starts } = bloscBlockRanges(header, good.subarray(BLOSC_HEADER_SIZE))
    expect(() => wasm.bloscBlock(header, 0, good.subarray(starts[0], starts[0]! + 20))).toThrow(
      'ends too early',
    )
    expect(() => wasm.bloscBlock(header, header.blocks, good.subarray(starts[0]))).toThrow('parameters')
  })
})
