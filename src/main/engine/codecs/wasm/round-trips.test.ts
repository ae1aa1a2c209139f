import { describe, expect, test } from 'vitest'
import { codecModule } from './codec-module'
import type { BloscCompressor, BloscShuffle, EncodeParams } from './codec-params'
import { SAMPLE_KINDS, sampleBytes } from './sample-bytes'

const wasm = codecModule()
const SIZES = [0, 1, 2, 3, 7, 8, 127, 128, 129, 1000, 4099, 40_001]

/** Encodes and decodes with both kinds of expected size; the encoded bytes go in from outside and from inside. */
function expectRoundTrip(params: EncodeParams, raw: Uint8Array): void {
  const encoded = wasm.encode(params, raw).slice()
  expect(Buffer.compare(wasm.decode(params, encoded, { exact: raw.length }), raw)).toBe(0)
  expect(Buffer.compare(wasm.decode(params, encoded, { max: raw.length }), raw)).toBe(0)
  expect(Buffer.compare(wasm.decode(params, wasm.encode(params, raw), { max: 1 << 20 }), raw)).toBe(0)
}

/** One byte more or fewer than there are is an error. */
function expectExactSize(params: EncodeParams, raw: Uint8Array): void {
  const encoded = wasm.encode(params, raw).slice()
  expect(() => wasm.decode(params, encoded, { exact: raw.length - 1 })).toThrow(
    /data (holds more|is not valid)/,
  )
  expect(() => wasm.decode(params, encoded, { exact: raw.length + 1 })).toThrow(/data holds fewer/)
  expect(() => wasm.decode(params, encoded, { max: raw.length - 1 })).toThrow(
    /data (holds more|is not valid)/,
  )
}

const expectAllSizes = (params: EncodeParams): void => {
  for (const size of SIZES) for (const kind of SAMPLE_KINDS) expectRoundTrip(params, sampleBytes(kind, size))
  for (const kind of SAMPLE_KINDS) expectExactSize(params, sampleBytes(kind, 1000))
}

const bloscCases = (['blosclz', 'lz4', 'lz4hc', 'zlib', 'zstd'] as BloscCompressor[]).flatMap((cname) =>
  [0, 1, 5, 9].flatMap((clevel) =>
    ([0, 1, 2] as BloscShuffle[]).map((shuffle) => ({ cname, clevel, shuffle }) as const),
  ),
)

describe('every codec gives back what it was given', () => {
  test.each(bloscCases)('blosc $cname, level $clevel, shuffle $shuffle', (config) => {
    for (const typesize of [1, 2, 3, 4, 7, 8, 12, 16, 17, 255]) {
      for (const size of SIZES.slice(-6)) {
        const raw = sampleBytes(SAMPLE_KINDS[(size + typesize) % 4]!, size)
        for (const blocksize of [0, 512])
          expectRoundTrip({ codec: 'blosc', ...config, typesize, blocksize }, raw)
      }
    }
  })

  test('blosc of very small data', () => {
    for (const size of [0, 1, 2, 3, 7, 8]) {
      for (const typesize of [1, 4, 16]) {
        const raw = sampleBytes('ramp', size)
        expectRoundTrip({ codec: 'blosc', cname: 'lz4', clevel: 5, shuffle: 2, typesize }, raw)
      }
    }
  })

  test.each([1, 2, 50, 1000])('lz4, acceleration %i', (acceleration) => {
    expectAllSizes({ codec: 'lz4', acceleration })
  })

  test.each([-100, -1, 0, 1, 3, 9, 19, 22])('zstd, level %i', (level) => {
    expectAllSizes({ codec: 'zstd', level, checksum: level % 2 === 0 })
  })

  test.each(['zlib', 'gzip', 'deflate'] as const)('%s', (codec) => {
    for (const level of [-1, 0, 1, 6, 9]) expectAllSizes({ codec, level })
  })

  test.each([1, 9])('bz2, level %i', (level) => {
    expectAllSizes({ codec: 'bz2', level })
  })

  test.each([0, 1, 4, 10])('xz with check %i', (check) => {
    expectAllSizes({ codec: 'lzma', format: 1, check, preset: 1 })
  })

  test('lzma: presets, the .lzma format and raw chains', () => {
    const raw = sampleBytes('sparse', 20_000)
    for (const preset of [0, 3, 6, 9, 0x8000_0001]) expectRoundTrip({ codec: 'lzma', format: 1, preset }, raw)
    expectAllSizes({ codec: 'lzma', format: 2, preset: 1 })
    expectAllSizes({ codec: 'lzma', format: 3, filters: [{ id: 0x21, preset: 0 }] })
    expectAllSizes({
      codec: 'lzma',
      format: 3,
      filters: [
        { id: 3, dist: 4 },
        { id: 33, preset: 1 },
      ],
    })
    expectRoundTrip(
      { codec: 'lzma', format: 3, filters: [{ id: 0x4000000000000001n, dict_size: 65536 }] },
      raw,
    )
    expectRoundTrip({ codec: 'lzma', format: 3, filters: [{ id: 2 ** 62, lc: 0, lp: 2, pb: 1 }] }, raw)
    const tuned = { id: 33, mode: 1, nice_len: 8, mf: 3, depth: 4, lc: 4, lp: 0, pb: 0, dict_size: 4096 }
    expectRoundTrip({ codec: 'lzma', format: 3, filters: [tuned] }, raw)
    for (let bcj = 4; bcj <= 11; bcj++) {
      expectRoundTrip(
        { codec: 'lzma', format: 1, filters: [{ id: bcj }, { id: 3 }, { id: 33, preset: 0 }] },
        raw,
      )
    }
  })
})

describe('several streams one after the other', () => {
  const [first, second] = [sampleBytes('ramp', 5000), sampleBytes('noise', 300)]
  const whole = Buffer.concat([first, second])

  test.each<EncodeParams>([
    { codec: 'gzip', level: 6 },
    { codec: 'bz2', level: 1 },
    { codec: 'zstd', level: 3 },
    { codec: 'lzma', format: 1, preset: 1 },
  ])('$codec', (params) => {
    const streams = Buffer.concat([wasm.encode(params, first).slice(), wasm.encode(params, second).slice()])
    expect(Buffer.compare(wasm.decode(params, streams, { exact: whole.length }), whole)).toBe(0)
    expect(Buffer.compare(wasm.decode(params, streams, { max: 1 << 20 }), whole)).toBe(0)
    const empty = wasm.encode(params, new Uint8Array()).slice()
    const three = Buffer.concat([empty, streams, empty])
    expect(Buffer.compare(wasm.decode(params, three, { max: whole.length }), whole)).toBe(0)
  })

  test('padding after gzip and xz is accepted, other bytes after any stream are not', () => {
    const gzip = Buffer.concat([wasm.encode({ codec: 'gzip', level: 6 }, first), Buffer.alloc(512)])
    expect(wasm.decode({ codec: 'gzip' }, gzip, { exact: first.length })).toHaveLength(first.length)
    const xz = Buffer.concat([wasm.encode({ codec: 'lzma', format: 1 }, first), Buffer.alloc(4)])
    expect(wasm.decode({ codec: 'lzma', format: 1 }, xz, { exact: first.length })).toHaveLength(first.length)
    for (const params of [
      { codec: 'zlib', level: 6 },
      { codec: 'gzip', level: 6 },
      { codec: 'bz2', level: 6 },
      { codec: 'zstd', level: 6 },
      { codec: 'lzma', format: 1 },
      { codec: 'lzma', format: 2 },
      { codec: 'lzma', format: 3, filters: [{ id: 33 }] },
      { codec: 'blosc', cname: 'lz4', clevel: 5, shuffle: 1, typesize: 4 },
    ] as const) {
      const followed = Buffer.concat([wasm.encode(params, first), Buffer.from('\x01junk')])
      expect(() => wasm.decode(params, followed, { exact: first.length }), params.codec).toThrow(
        /the .* data/,
      )
    }
  })

  test('zstd skips skippable frames', () => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 104, 101, 108, 108, 111])
    const frame = wasm.encode({ codec: 'zstd', level: 3 }, first).slice()
    for (const input of [Buffer.concat([skippable, frame]), Buffer.concat([frame, skippable])]) {
      expect(wasm.decode({ codec: 'zstd' }, input, { exact: first.length })).toHaveLength(first.length)
      expect(wasm.decode({ codec: 'zstd' }, input, { max: first.length })).toHaveLength(first.length)
    }
  })
})
