import { expect, test } from 'vitest'
import { codecModule } from './codec-module'
import { sampleBytes } from './sample-bytes'

const wasm = codecModule()
const COUNTS = [0, 1, 7, 8, 15, 16, 17, 127, 128, 129, 136, 1024, 1032]

/** Byte k of item i to byte i of plane k, stated plainly. */
function plainShuffle(raw: Uint8Array, itemSize: number): Uint8Array {
  const out = raw.slice()
  const items = Math.floor(raw.length / itemSize)
  for (let i = 0; i < items; i++) {
    for (let k = 0; k < itemSize; k++) out[k * items + i] = raw[i * itemSize + k]!
  }
  return out
}

/** Bit b of byte k of item i to bit i of row k * 8 + b; nothing unless the number of items is a multiple of 8. */
function plainBitshuffle(raw: Uint8Array, itemSize: number): Uint8Array {
  const items = Math.floor(raw.length / itemSize)
  if (items % 8 !== 0) return raw.slice()
  const out = raw.slice().fill(0, 0, items * itemSize)
  for (let i = 0; i < items; i++) {
    for (let bit = 0; bit < itemSize * 8; bit++) {
      const set = (raw[i * itemSize + (bit >> 3)]! >> (bit & 7)) & 1
      out[(bit * items + i) >> 3]! |= set << (i & 7)
    }
  }
  return out
}

const sizes = (itemSize: number): number[] =>
  COUNTS.flatMap((n) => [n * itemSize, n * itemSize + (itemSize >> 1)])

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 15, 16, 24, 32, 100, 255, 1000])(
  'byte shuffle of %i byte items',
  (itemSize) => {
    for (const size of sizes(itemSize)) {
      const raw = sampleBytes('noise', size)
      const shuffled = wasm.shuffle(raw, itemSize).slice()
      expect(Buffer.compare(shuffled, plainShuffle(raw, itemSize)), `size ${size}`).toBe(0)
      expect(Buffer.compare(wasm.unshuffle(shuffled, itemSize), raw), `size ${size}`).toBe(0)
    }
  },
)

test.each([1, 2, 3, 4, 5, 7, 8, 12, 16, 31, 255])('bit shuffle of %i byte items', (itemSize) => {
  for (const size of sizes(itemSize)) {
    const raw = sampleBytes('noise', size)
    const shuffled = wasm.bitshuffle(raw, itemSize).slice()
    expect(Buffer.compare(shuffled, plainBitshuffle(raw, itemSize)), `size ${size}`).toBe(0)
    expect(Buffer.compare(wasm.bitunshuffle(shuffled, itemSize), raw), `size ${size}`).toBe(0)
  }
})

test('item sizes that make no sense are refused', () => {
  const raw = sampleBytes('ramp', 64)
  expect(() => wasm.shuffle(raw, 0)).toThrow('cannot be processed with these parameters')
  expect(() => wasm.bitshuffle(raw, 256)).toThrow('cannot be processed with these parameters')
})
