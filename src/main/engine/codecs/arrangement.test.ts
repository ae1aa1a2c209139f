import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MetadataError } from '@shared/errors'
import { cStrides, product } from './layout'
import { codec, decoded, INT32, LITTLE, pipeline, SEED } from './testing/chunks'

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 })
const shapeAndOrder = shapes.chain((shape) =>
  fc.tuple(
    fc.constant(shape),
    fc.shuffledSubarray(
      shape.map((_, axis) => axis),
      { minLength: shape.length },
    ),
  ),
)
const counting = (count: number): Uint8Array =>
  new Uint8Array(Int32Array.from({ length: count }, (_, i) => i).buffer)

describe('transpose', () => {
  test("stores item by item what NumPy's transpose would, and gives it back", () => {
    fc.assert(
      fc.property(shapeAndOrder, ([shape, order]) => {
        const bound = pipeline({ shape, codecs: [codec('transpose', { order }), LITTLE] })
        const data = counting(product(shape))
        const stored = bound.encode(data)
        const items = new Int32Array(stored.buffer, stored.byteOffset, product(shape))
        const [from, to] = [cStrides(shape), cStrides(order.map((axis) => shape[axis]!))]
        for (let i = 0; i < items.length; i++) {
          const index = shape.map((length, axis) => Math.floor(i / from[axis]!) % length)
          expect(items[order.reduce((at, axis, k) => at + index[axis]! * to[k]!, 0)]).toBe(i)
        }
        expect(decoded(bound, stored).data).toEqual([...data])
      }),
      { seed: SEED },
    )
  })

  test('decoding moves no bytes', () => {
    const stored = counting(6)
    const chunk = pipeline({ shape: [2, 3], codecs: [codec('transpose', { order: [1, 0] }), LITTLE] }).decode(
      stored,
    )
    expect(chunk).toMatchObject({ shape: [2, 3], strides: [1, 2] })
    expect(chunk.data.buffer).toBe(stored.buffer)
  })

  test('texts of any length move with their axes', () => {
    const bound = pipeline({
      dtype: { kind: 'vlen-text' },
      shape: [2, 2],
      codecs: [codec('transpose', { order: [1, 0] }), codec('vlen-utf8')],
    })
    const stored = bound.encode(Buffer.from('abbccc'), Uint32Array.of(0, 1, 3, 3, 6))
    expect(Buffer.from(stored).toString('latin1')).toBe(
      '\x04\0\0\0\x01\0\0\0a\0\0\0\0\x02\0\0\0bb\x03\0\0\0ccc',
    )
    expect(decoded(bound, stored)).toEqual({ data: [...Buffer.from('abbccc')], offsets: [0, 1, 3, 3, 6] })
  })

  test.each([[[0]], [[0, 0]], [[0, 2]], [[0, -1]], ['F'], [[0, 1, 2]]])('order %j is refused', (order) => {
    expect(() => pipeline({ shape: [2, 2], codecs: [codec('transpose', { order }), LITTLE] })).toThrow(
      MetadataError,
    )
  })
})

describe('reshape', () => {
  test.each([
    [
      [2, 6],
      [[0], 2, -1],
      [2, 2, 3],
    ],
    [
      [10, 5, 6, 3],
      [[0, 1], [2], 3],
      [50, 6, 3],
    ],
    [[4, 3], [-1], [12]],
    [[4, 3], [[0, 1]], [12]],
    [[12], [3, 4], [3, 4]],
    [
      [2, 3],
      [2, 1, [1]],
      [2, 1, 3],
    ],
  ])('%j as %j is %j', (shape, stated, expected) => {
    const bound = pipeline({
      shape,
      codecs: [
        codec('reshape', { shape: stated }),
        codec('transpose', { order: expected.map((_, i) => i).reverse() }),
        LITTLE,
      ],
    })
    const data = counting(product(shape))
    expect(decoded(bound, bound.encode(data)).data).toEqual([...data])
    expect(bound.decode(bound.encode(data)).shape).toEqual(shape)
  })

  test.each([
    [
      [2, 6],
      [5, -1],
    ],
    [
      [2, 6],
      [-1, -1],
    ],
    [[2, 6], [13]],
    [
      [2, 6],
      [[1], [0]],
    ],
    [
      [2, 6],
      [[0], [2]],
    ],
    [
      [2, 6],
      [3, [0], 2],
    ],
    [
      [2, 6],
      [0, 12],
    ],
    [[2, 6], 12],
  ])('%j as %j is refused', (shape, stated) => {
    const spec = { dtype: INT32, shape, codecs: [codec('reshape', { shape: stated }), LITTLE] }
    expect(() => pipeline(spec)).toThrow(MetadataError)
  })
})
