import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gather } from '../../chunks/gather'
import type { BoxProjection } from '../../chunks/projection'
import { scatter } from '../../chunks/scatter'
import { cOrderStrides } from '../../chunks/whole-projection'
import { codecModule } from './codec-module'
import { canCopyRows, rowCopiers } from './row-copiers'
import { memoryOf, newSharedMemory } from './shared-memory'

const CHUNK = [12, 40]
const OUTPUT = [30, 100]
const BYTES = 4 * CHUNK[0]! * CHUNK[1]!
const int32 = { kind: 'int', bits: 32 } as const

/** A box of the chunk and where it goes in the output. */
const box = fc
  .tuple(fc.nat(11), fc.nat(39), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 40 }))
  .chain(([row, column, rows, columns]) => {
    const counts = [Math.min(rows, 12 - row), Math.min(columns, 40 - column)]
    const at = (k: number) => fc.nat(OUTPUT[k]! - counts[k]!)
    return fc.tuple(at(0), at(1)).map((places): BoxProjection => ({
      kind: 'box',
      coords: [0, 0],
      dims: [row, column].map((start, k) => ({
        kind: 'run',
        start,
        step: 1,
        count: counts[k]!,
        outStart: places[k]!,
      })),
    }))
  })

/** Numbers in the codecs' memory, where decoders leave a chunk. */
function chunkInModule(): Uint8Array {
  const data = codecModule().region(BYTES)
  for (let i = 0; i < data.length; i++) data[i] = (i * 7) % 251
  return data
}

describe.skipIf(!canCopyRows())('with several memories in a module (Node 22 and later)', () => {
  const buffer = newSharedMemory(2 ** 22 + 8)
  const memory = memoryOf(buffer)!
  const strides = cOrderStrides(OUTPUT)

  test('a chunk is scattered as without', () => {
    fc.assert(
      fc.property(box, fc.nat(9), (projection, offset) => {
        const chunk = {
          dtype: int32,
          bigEndian: false,
          shape: CHUNK,
          strides: cOrderStrides(CHUNK),
          data: chunkInModule(),
        }
        const bytes = new Uint8Array(buffer, 4 * offset, 12_000).fill(255)
        const plain = new Uint8Array(12_000).fill(255)
        scatter(chunk, projection, { bytes, strides, copiers: rowCopiers(memory) })
        scatter(chunk, projection, { bytes: plain, strides })
        expect(Buffer.compare(bytes, plain)).toBe(0)
      }),
      { numRuns: 200 },
    )
  })

  test('a chunk is gathered as without', () => {
    fc.assert(
      fc.property(box, (projection) => {
        const bytes = new Uint8Array(buffer, 0, 12_000).map((_, i) => (i * 11) % 253)
        new Uint8Array(buffer).set(bytes)
        const layout = { shape: CHUNK, strides: cOrderStrides(CHUNK) }
        const data = codecModule().region(BYTES).fill(9)
        const plain = new Uint8Array(BYTES).fill(9)
        const input = { bytes: new Uint8Array(buffer), strides }
        gather({ ...input, copiers: rowCopiers(memory) }, projection, { ...layout, data }, 4)
        gather(input, projection, { ...layout, data: plain }, 4)
        expect(Buffer.compare(data, plain)).toBe(0)
      }),
      { numRuns: 200 },
    )
  })

  test('only bytes in the codecs’ memory are copied so', () => {
    expect(rowCopiers(memory).out(new Uint8Array(8))).toBeUndefined()
    expect(rowCopiers(memory).out(codecModule().region(8))).toBeDefined()
  })
})

test.each([0, 1, 2 ** 16, 2 ** 22 - 1, 2 ** 22, 2 ** 23 + 1])('%i bytes of shared zeros', (bytes) => {
  const buffer = newSharedMemory(bytes)
  expect(buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(buffer.byteLength).toBeGreaterThanOrEqual(bytes)
  expect(new Uint8Array(buffer).every((byte) => byte === 0)).toBe(true)
  expect(memoryOf(buffer) !== undefined).toBe(canCopyRows() && bytes >= 2 ** 22)
})

test('V8 looks for shared memory that nobody holds', async () => {
  const made: WeakRef<SharedArrayBuffer>[] = []
  for (let i = 0; i < 200; i++) {
    made.push(new WeakRef(newSharedMemory(2 ** 25)))
    await new Promise(setImmediate)
  }
  expect(made.filter((buffer) => buffer.deref()).length).toBeLessThan(150)
})
