import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DimIndices, DimSlice } from '@shared/selection/selection'
import { fixedItems } from './fixed-items'

type Dim = DimSlice | DimIndices
const indicesOf = (dim: Dim): number[] =>
  'indices' in dim ? [...dim.indices] : Array.from({ length: dim.count }, (_, i) => dim.start + i * dim.step)

const dimOf = (length: number): fc.Arbitrary<Dim> =>
  fc.oneof(
    fc.constant({ start: 0, step: 1, count: length }),
    fc
      .record({ start: fc.nat(length - 1), step: fc.constantFrom(1, 2, -1), size: fc.nat(length) })
      .map(({ start, step, size }) => {
        const room = step < 0 ? start + 1 : Math.ceil((length - start) / step)
        return { start, step, count: Math.min(size, room) }
      }),
    fc.array(fc.nat(length - 1), { maxLength: 4 }).map((list) => ({ indices: Float64Array.from(list) })),
  )

test('a box of items in memory is what picking them one by one gives', () =>
  fc.assert(
    fc.asyncProperty(
      fc
        .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
        .chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(dimOf)))),
      async ([shape, dims]) => {
        const count = shape.reduce((n, length) => n * length, 1)
        let places = [0]
        dims.forEach((dim, k) => {
          places = places.flatMap((place) => indicesOf(dim).map((i) => place * shape[k]! + i))
        })
        const numbers = Uint16Array.from({ length: count }, (_, i) => i)
        const fixed = fixedItems({ kind: 'uint', bits: 16 }, shape, { data: new Uint8Array(numbers.buffer) })
        const read = await fixed.read(dims)
        expect([...new Uint16Array(read.data.slice().buffer)]).toEqual(places)
        const texts = Array.from({ length: count }, (_, i) => 'x'.repeat(i % 3) + String(i))
        const offsets = new Uint32Array(count + 1)
        texts.forEach((text, i) => (offsets[i + 1] = offsets[i]! + text.length))
        const data = new TextEncoder().encode(texts.join(''))
        const words = await fixedItems({ kind: 'vlen-text' }, shape, { data, offsets }).read(dims)
        const decoded = places.map((_, i) =>
          new TextDecoder().decode(words.data.subarray(words.offsets![i], words.offsets![i + 1])),
        )
        expect(decoded).toEqual(places.map((place) => texts[place]))
      },
    ),
  ))
