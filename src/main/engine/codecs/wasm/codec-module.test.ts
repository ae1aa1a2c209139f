import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createCodecInstance } from './codec-instance'
import { CodecModule, codecModule } from './codec-module'
import { moduleBase64 } from './module.generated'
import { sampleBytes } from './sample-bytes'

const raw = sampleBytes('sparse', 10_000)
const zlib = { codec: 'zlib', level: 6 } as const

test('the module carried in TypeScript is the one in native/', () => {
  const built = readFileSync(resolve('native/codecs.wasm'))
  expect(Buffer.compare(Buffer.from(moduleBase64, 'base64'), built)).toBe(0)
  expect(built.length).toBeLessThan(1.5e6)
})

test('one module per thread', () => {
  expect(codecModule()).toBe(codecModule())
})

describe('regions', () => {
  test('a filled region is decoded where it lies, also in part', () => {
    const wasm = new CodecModule()
    const encoded = wasm.encode(zlib, raw).slice()
    const region = wasm.region(encoded.length + 4)
    region.set(encoded, 4)
    const decoded = wasm.decode(zlib, region.subarray(4), { exact: raw.length })
    expect(decoded.buffer).toBe(region.buffer)
    expect(Buffer.compare(decoded, raw)).toBe(0)
  })

  test('results go into the next call without leaving WASM memory', () => {
    const wasm = new CodecModule()
    const shuffled = wasm.shuffle(raw, 4)
    const encoded = wasm.encode(zlib, shuffled)
    const decoded = wasm.decode(zlib, encoded, { exact: raw.length })
    const back = wasm.unshuffle(decoded, 4)
    expect(new Set([shuffled, encoded, decoded, back].map((bytes) => bytes.buffer)).size).toBe(1)
    expect(Buffer.compare(back, raw)).toBe(0)
  })

  test('a failed decode replaces the instance, a refused encode does not', () => {
    const wasm = new CodecModule()
    const before = wasm.region(10).buffer
    expect(() => wasm.encode({ codec: 'zlib', level: 99 }, raw)).toThrow('parameters')
    expect(wasm.region(10).buffer).toBe(before)
    expect(() => wasm.decode(zlib, raw, { exact: 10 })).toThrow('the zlib data is not valid')
    expect(wasm.region(10).buffer).not.toBe(before)
  })

  test('inputs are never changed', () => {
    const wasm = new CodecModule()
    const copy = raw.slice()
    wasm.encode({ codec: 'lzma', format: 1, filters: [{ id: 4 }, { id: 3, dist: 4 }, { id: 33 }] }, copy)
    expect(Buffer.compare(copy, raw)).toBe(0)
  })

  test('inputs on shared memory', () => {
    const wasm = new CodecModule()
    const shared = new Uint8Array(new SharedArrayBuffer(raw.length))
    shared.set(raw)
    expect(Buffer.compare(wasm.decode(zlib, wasm.encode(zlib, shared), { exact: raw.length }), raw)).toBe(0)
  })

  test('a write beside a region is noticed', () => {
    const x = createCodecInstance()
    for (const offset of [-64, -1, 100, 163]) {
      const start = x.region_reserve(0, 100)
      expect(x.region_intact(0)).toBe(1)
      new Uint8Array(x.memory.buffer)[start + offset]! ^= 1
      expect(x.region_intact(0), `offset ${offset}`).toBe(0)
    }
  })

  test('memory that grew large is given back', () => {
    const wasm = new CodecModule()
    const grown = wasm.region(300 << 20).buffer
    expect(wasm.region(200 << 20).buffer).toBe(grown)
    expect(wasm.region(1000).buffer.byteLength).toBeLessThan(32 << 20)
  })

  test('what does not fit into memory is refused, and the next call works', () => {
    const wasm = new CodecModule()
    expect(() => wasm.region(2 ** 31)).toThrow('there is no memory')
    expect(wasm.region(10)).toHaveLength(10)
  })
})

test('impossible parameters are refused', () => {
  const wasm = new CodecModule()
  const blosc = { codec: 'blosc', cname: 'lz4', clevel: 5, shuffle: 1, typesize: 4 } as const
  const refused = 'parameter'
  expect(() => wasm.encode({ ...blosc, clevel: 10 }, raw)).toThrow(refused)
  expect(() => wasm.encode({ ...blosc, clevel: 1.5 }, raw)).toThrow(refused)
  expect(() => wasm.encode({ ...blosc, typesize: 0 }, raw)).toThrow(refused)
  expect(() => wasm.encode({ codec: 'zlib', level: 10 }, raw)).toThrow(refused)
  expect(() => wasm.encode({ codec: 'bz2', level: 0 }, raw)).toThrow(refused)
  expect(() => wasm.encode({ codec: 'lzma', format: 3 }, raw)).toThrow(refused)
  expect(() => wasm.encode({ codec: 'lzma', format: 1, check: 3 }, raw)).toThrow(refused)
  expect(() => wasm.encode({ codec: 'lzma', format: 1, preset: 10 }, raw)).toThrow(refused)
  expect(() => wasm.encode({ codec: 'lzma', format: 2, filters: [{ id: 33 }] }, raw)).toThrow(refused)
  expect(() =>
    wasm.encode({ codec: 'lzma', format: 1, filters: [{ id: 3, dist: 257 }, { id: 33 }] }, raw),
  ).toThrow(refused)
  expect(() => wasm.encode({ codec: 'lzma', format: 1, filters: [{ id: 2 }] }, raw)).toThrow('no LZMA filter')
  expect(() => wasm.encode({ codec: 'lzma', format: 1, filters: [] }, raw)).toThrow('1 to 4 filters')
  expect(() => wasm.encode({ codec: 'lzma', format: 1, filters: [{ id: 33, lc: -1 }] }, raw)).toThrow(
    'not a possible',
  )
  expect(() => wasm.decode({ codec: 'lzma', format: 3 }, raw, { exact: 1 })).toThrow('1 to 4 filters')
})

test('crc32c: the check value, seeds and every alignment', () => {
  const wasm = new CodecModule()
  expect(wasm.crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  expect(wasm.crc32c(new Uint8Array())).toBe(0)
  expect(wasm.crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
  for (let cut = 0; cut < 40; cut++) {
    const first = wasm.crc32c(raw.subarray(0, cut))
    expect(wasm.crc32c(raw.subarray(cut, 100), first)).toBe(wasm.crc32c(raw.subarray(0, 100)))
  }
})

describe('strided copies', () => {
  const wasm = new CodecModule()

  test.each([1, 2, 3, 4, 8, 16])('transposing items of %i bytes', (itemSize) => {
    const [rows, columns] = [37, 11]
    const bytes = sampleBytes('noise', rows * columns * itemSize)
    const turned = wasm.copyStrided(bytes, {
      itemSize,
      shape: [columns, rows],
      sourceStrides: [itemSize, columns * itemSize],
      targetStrides: [rows * itemSize, itemSize],
      size: bytes.length,
    })
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const item = bytes.subarray((r * columns + c) * itemSize, (r * columns + c + 1) * itemSize)
        expect(
          Buffer.compare(turned.subarray((c * rows + r) * itemSize, (c * rows + r + 1) * itemSize), item),
        ).toBe(0)
      }
    }
  })

  test('rows into a wider target leave zeros between; empty and single layouts', () => {
    const rows = { itemSize: 1, shape: [2, 3], sourceStrides: [3, 1], targetStrides: [5, 1], size: 10 }
    expect([...wasm.copyStrided(Uint8Array.of(1, 2, 3, 4, 5, 6), rows)]).toEqual([
      1, 2, 3, 0, 0, 4, 5, 6, 0, 0,
    ])
    expect([...wasm.copyStrided(new Uint8Array(), { ...rows, shape: [0, 3], size: 2 })]).toEqual([0, 0])
    const one = { itemSize: 2, shape: [], sourceStrides: [], targetStrides: [], size: 2 }
    expect([...wasm.copyStrided(Uint8Array.of(8, 9), one)]).toEqual([8, 9])
  })

  test('layouts beyond their buffers are refused', () => {
    const layout = { itemSize: 1, shape: [2, 3], sourceStrides: [3, 1], targetStrides: [3, 1], size: 6 }
    expect(() => wasm.copyStrided(new Uint8Array(5), layout)).toThrow('beyond its buffers')
    expect(() => wasm.copyStrided(new Uint8Array(6), { ...layout, size: 5 })).toThrow('beyond its buffers')
    expect(() => wasm.copyStrided(new Uint8Array(6), { ...layout, targetStrides: [-3, 1] })).toThrow(
      'not possible',
    )
  })
})
