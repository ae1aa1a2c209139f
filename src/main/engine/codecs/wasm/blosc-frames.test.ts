import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { BLOSC_HEADER_SIZE, bloscBlockRanges, parseBloscHeader } from './blosc-header'
import { codecModule } from './codec-module'
import { randomSource, sampleBytes } from './sample-bytes'

const wasm = codecModule()

interface Vector {
  readonly cname: string
  readonly clevel: number
  readonly shuffle: number
  readonly typesize: number
  readonly raw_bytes: number
  readonly raw_sha256: string
  readonly encoded?: string
}

/** The recorded c-blosc 1.9.0 frames: a folder or archive of this project, or one beside it. */
function recordedFrames(): Vector[] | undefined {
  const name = 'blosc-1.9.0-vectors.json'
  const plain = resolve('fixtures/seed-golden', name)
  const packed = ['fixtures', '../shared/fixtures']
    .map((at) => resolve(at, 'seed-golden.tar.gz'))
    .find(existsSync)
  const parse = (text: string): Vector[] => (JSON.parse(text) as { vectors: Vector[] }).vectors
  if (existsSync(plain)) return parse(readFileSync(plain, 'utf8'))
  return packed === undefined ? undefined : parse(entryOfTar(gunzipSync(readFileSync(packed)), name))
}

/** The text of one file of a tar archive: headers of 512 bytes with name and octal size, data padded to 512. */
function entryOfTar(tar: Buffer, name: string): string {
  for (let at = 0; at < tar.length;) {
    const path = tar.toString('latin1', at, at + 100).replace(/\0.*$/s, '')
    const size = parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0
    if (path.endsWith(`/${name}`)) return tar.toString('utf8', at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  throw new Error(`no ${name} in the archive`)
}

/** Decodes a frame block by block from the parts of it alone, as a partial read does. */
function decodeByBlocks(frame: Uint8Array): Uint8Array {
  const header = parseBloscHeader(frame.subarray(0, BLOSC_HEADER_SIZE), frame.length)
  if (header.stored) return frame.slice(BLOSC_HEADER_SIZE)
  const table = frame.subarray(BLOSC_HEADER_SIZE, BLOSC_HEADER_SIZE + 4 * header.blocks)
  const { starts, ends } = bloscBlockRanges(header, table)
  const parts = Array.from(starts, (start, i) =>
    wasm.bloscBlock(header, i, frame.slice(start, ends[i])).slice(),
  )
  return Buffer.concat(parts)
}

/** Decodes ranges of items and compares them with the same range of the whole. */
function expectItems(frame: Uint8Array, raw: Uint8Array, seed: number): void {
  const random = randomSource(seed)
  const { typesize } = parseBloscHeader(frame, frame.length)
  const items = Math.floor(raw.length / typesize)
  for (let i = 0; i < 5; i++) {
    const start = random() % (items + 1)
    const count = random() % (items - start + 1)
    const part = wasm.bloscItems(frame, start, count)
    expect(Buffer.compare(part, raw.subarray(start * typesize, (start + count) * typesize))).toBe(0)
  }
  expect(() => wasm.bloscItems(frame, items, 1)).toThrow('parameters')
}

describe('frames of c-blosc 1.9.0', () => {
  const vectors = recordedFrames()
  test.skipIf(vectors === undefined)('decode to the recorded bytes, as a whole and in parts', () => {
    const seen = new Set<string>()
    for (const [i, vector] of vectors!.entries()) {
      if (vector.encoded === undefined) continue
      const frame = Buffer.from(vector.encoded, 'base64')
      const raw = wasm.decode({ codec: 'blosc' }, frame, { exact: vector.raw_bytes }).slice()
      const label = JSON.stringify({ ...vector, encoded: i })
      expect(createHash('sha256').update(raw).digest('hex'), label).toBe(vector.raw_sha256)
      expect(Buffer.compare(decodeByBlocks(frame), raw), label).toBe(0)
      expectItems(frame, raw, i)
      seen.add(vector.cname)
    }
    expect([...seen].sort()).toEqual(['blosclz', 'lz4', 'lz4hc', 'snappy', 'zlib'])
  })
})

describe('parts of frames', () => {
  test.each(['blosclz', 'lz4', 'zlib', 'zstd'] as const)('%s', (cname) => {
    for (const [size, typesize, blocksize] of [
      [100_000, 4, 4096],
      [70_001, 8, 0],
      [5000, 3, 600],
      [300, 1, 0],
    ] as const) {
      for (const shuffle of [0, 1, 2] as const) {
        const raw = sampleBytes('sparse', size)
        const frame = wasm
          .encode({ codec: 'blosc', cname, clevel: 5, shuffle, typesize, blocksize }, raw)
          .slice()
        expect(Buffer.compare(decodeByBlocks(frame), raw)).toBe(0)
        expectItems(frame, raw, size)
      }
    }
  })

  test('blocks in any order', () => {
    const raw = sampleBytes('sparse', 4096)
    const frame = wasm.encode(
      { codec: 'blosc', cname: 'zstd', clevel: 5, shuffle: 0, typesize: 1, blocksize: 2048 },
      raw,
    )
    const header = parseBloscHeader(frame, frame.length)
    const { starts, ends } = bloscBlockRanges(header, frame.subarray(BLOSC_HEADER_SIZE))
    expect(header.blocks).toBe(2)
    const [one, two] = [frame.slice(starts[0], ends[0]), frame.slice(starts[1], ends[1])]
    const swapped = Buffer.concat([frame.subarray(0, 24), two, one])
    swapped.writeUInt32LE(24 + two.length, 16)
    swapped.writeUInt32LE(24, 20)
    expect(Buffer.compare(wasm.decode({ codec: 'blosc' }, swapped, { exact: 4096 }), raw)).toBe(0)
    expect(Buffer.compare(decodeByBlocks(swapped), raw)).toBe(0)
  })
})

describe('snappy blocks', () => {
  const literal = (bytes: Uint8Array, lengthBytes: number): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(bytes.length - 1)
    const tag = lengthBytes === 0 ? (bytes.length - 1) << 2 : (59 + lengthBytes) << 2
    return Buffer.concat([Buffer.from([tag]), length.subarray(0, lengthBytes), bytes])
  }
  const frameOf = (block: Uint8Array, size: number): Buffer => {
    const header = Buffer.from([
      2,
      1,
      (2 << 5) | 16,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      20,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
    ])
    header.writeUInt32LE(size, 4)
    header.writeUInt32LE(size, 8)
    header.writeUInt32LE(24 + block.length, 12)
    header.writeUInt32LE(block.length, 20)
    return Buffer.concat([header, block])
  }
  const size = 5000
  const stream = Buffer.concat([
    Buffer.from([(size & 127) | 128, size >> 7]),
    literal(Buffer.from('abcdefgh'), 0),
    Buffer.from([(7 << 2) | 1 | (0 << 5), 8]), // 11 bytes from 8 back: overlapping
    literal(sampleBytes('ramp', 100), 1),
    literal(sampleBytes('noise', 300), 2),
    literal(sampleBytes('noise', 2100), 3),
    Buffer.from([(63 << 2) | 2, 0x00, 0x08]), // 64 bytes from 2048 back
    Buffer.from([(15 << 2) | 3, 0xe8, 3, 0, 0]), // 16 bytes from 1000 back
    literal(sampleBytes('sparse', 2400), 4),
    Buffer.from([(0 << 2) | 2, 1, 0]), // 1 byte from 1 back
  ])
  const expected = Buffer.concat([Buffer.from('abcdefghabcdefghabc'), sampleBytes('ramp', 100)])

  test('literals and copies of every form', () => {
    const out = wasm.decode({ codec: 'blosc' }, frameOf(stream, size), { exact: size })
    expect(Buffer.from(out.subarray(0, 119))).toEqual(expected)
    expect(Buffer.from(out.subarray(2519, 2583))).toEqual(Buffer.from(out.subarray(471, 535)))
    expect(Buffer.from(out.subarray(2583, 2599))).toEqual(Buffer.from(out.subarray(1583, 1599)))
    expect(out[4999]).toBe(out[4998])
  })

  test('every truncation and a copy from before the start are refused', () => {
    for (let cut = 1; cut < stream.length; cut += 7) {
      const frame = frameOf(stream.subarray(0, stream.length - cut), size)
      expect(() => wasm.decode({ codec: 'blosc' }, frame, { exact: size })).toThrow('the blosc data')
    }
    const before = Buffer.from([4, ...literal(Buffer.from('a'), 0), (2 << 2) | 2, 2, 0])
    expect(() => wasm.decode({ codec: 'blosc' }, frameOf(before, 4), { exact: 4 })).toThrow('is not valid')
  })
})
