import type { DataTypeSpec } from '@shared/dtype/spec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillOutput, fillProjection } from './fill'
import { gather } from './gather'
import { chunkGrid, chunkShape, chunkStart, chunkOf } from './grid'
import { outputLayout, project } from './project'
import { scatter, type ChunkItems } from './scatter'
import { gridCase } from './testing/arbitraries'
import { plainItem } from './testing/plain-items'
import { selectedIndices } from './testing/plain-selection'

/** Data types with the sizes of the units that a change of byte order reverses. */
const TYPES: [DataTypeSpec, number[]][] = [
  [{ kind: 'int', bits: 8 }, [1]],
  [{ kind: 'float', format: 'float16' }, [2]],
  [{ kind: 'int', bits: 32 }, [4]],
  [{ kind: 'float', format: 'float64' }, [8]],
  [{ kind: 'complex', part: 'float32' }, [4, 4]],
  [{ kind: 'complex', part: 'float64' }, [8, 8]],
  [{ kind: 'datetime', unit: 'ns', scale: 1 }, [8]],
  [{ kind: 'text', length: 3 }, [4, 4, 4]],
  [{ kind: 'raw', length: 5 }, [1, 1, 1, 1, 1]],
  [{ kind: 'bytes', length: 40 }, Array.from({ length: 40 }, () => 1)],
  [
    {
      kind: 'struct',
      fields: [
        { name: 'a', type: { kind: 'uint', bits: 8 } },
        { name: 'b', type: { kind: 'subarray', item: { kind: 'int', bits: 32 }, shape: [2] } },
        { name: 'c', type: { kind: 'float', format: 'float64' } },
      ],
    },
    [1, 4, 4, 8],
  ],
  [{ kind: 'bytes', length: 0 }, []],
]

/** Random bytes from a seed, at an offset that the item size need not divide. */
function noise(length: number, seed: number, offset: number): Uint8Array {
  const bytes = new Uint8Array(length + offset)
  for (let i = 0, x = seed | 1; i < bytes.length; i++) {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0
    bytes[i] = x >>> 16
  }
  return bytes.subarray(offset)
}

/** Strides of a packed layout whose dimensions go from slowest to fastest in the given order. */
function packedStrides(shape: readonly number[], order: readonly number[]): number[] {
  const strides = shape.map(() => 0)
  let items = 1
  for (const k of [...order].reverse()) {
    strides[k] = items
    items *= shape[k]!
  }
  return strides
}

const layoutCase = fc.record({
  array: gridCase(3, 9),
  type: fc.constantFrom(...TYPES),
  bigEndian: fc.boolean(),
  order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  outputOrder: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  offset: fc.constantFrom(0, 0, 1, 2, 4),
  seed: fc.nat(),
})

test('scatter gives every item of the result its canonical bytes, whatever the layouts', () => {
  fc.assert(
    fc.property(
      layoutCase,
      ({ array, type: [dtype, sizes], bigEndian, order, outputOrder, offset, seed }) => {
        const itemsize = sizes.reduce((a, b) => a + b, 0)
        const grid = chunkGrid(array.grid, array.shape)
        const layout = outputLayout(array.selection)
        const strides =
          array.selection.kind === 'points'
            ? layout.strides
            : reordered(layout.strides, layout.shape, outputOrder)
        const chunkAt = (coords: number[]): ChunkItems => {
          const shape = chunkShape(grid, coords)
          const items = shape.reduce((a, b) => a * b, 1)
          return {
            dtype,
            bigEndian,
            shape,
            strides: packedStrides(
              shape,
              order.filter((k) => k < shape.length),
            ),
            data: noise(items * itemsize, seed + coords.reduce((n, c) => n * 31 + c, 7), offset),
          }
        }
        const output = noise(layout.items * itemsize, seed, offset)
        for (const part of project(grid, array.selection)) {
          scatter(chunkAt(part.coords), part, { bytes: output, strides })
        }
        selectedIndices(array.selection).forEach((index, place) => {
          const coords = chunkOf(grid, index)
          const start = chunkStart(grid, coords)
          const expected = plainItem(
            chunkAt(coords),
            sizes,
            index.map((i, k) => i - start[k]!),
          )
          const at = placeIn(place, layout, strides) * itemsize
          expect([...output.subarray(at, at + itemsize)]).toEqual(expected)
        })
      },
    ),
    { seed: 6, numRuns: 1500 },
  )
})

test('gather writes what scatter reads back, the last of repeated items staying', () => {
  fc.assert(
    fc.property(layoutCase, ({ array, type: [dtype, sizes], order, offset, seed }) => {
      const itemsize = sizes.reduce((a, b) => a + b, 0)
      const grid = chunkGrid(array.grid, array.shape)
      const layout = outputLayout(array.selection)
      const input = noise(layout.items * itemsize, seed, offset)
      const written = new Map<string, ChunkItems>()
      for (const part of project(grid, array.selection)) {
        const shape = chunkShape(grid, part.coords)
        const strides = packedStrides(
          shape,
          order.filter((k) => k < shape.length),
        )
        const data = noise(shape.reduce((a, b) => a * b, 1) * itemsize, seed + 1, offset)
        gather({ bytes: input, strides: layout.strides }, part, { shape, strides, data }, itemsize)
        written.set(part.coords.join(), { dtype, bigEndian: false, shape, strides, data })
      }
      const last = new Map(
        selectedIndices(array.selection).map((index, place) => [index.join(), { index, place }]),
      )
      for (const { index, place } of last.values()) {
        const coords = chunkOf(grid, index)
        const start = chunkStart(grid, coords)
        const chunk = written.get(coords.join())!
        const found = plainItem(
          chunk,
          sizes,
          index.map((i, k) => i - start[k]!),
        )
        expect(found).toEqual([...input.subarray(place * itemsize, (place + 1) * itemsize)])
      }
    }),
    { seed: 7, numRuns: 1000 },
  )
})

test('fill reaches every place of the selection and no other', () => {
  const fills = [[7], [0, 0], [1, 2, 3], [0, 0, 192, 127], [...Array.from({ length: 16 }, (_, i) => i)]]
  fc.assert(
    fc.property(gridCase(), fc.constantFrom(...fills), (array, fill) => {
      const grid = chunkGrid(array.grid, array.shape)
      const { items, strides } = outputLayout(array.selection)
      const spread = strides.map((stride) => stride * 2)
      const bytes = new Uint8Array(items * 2 * fill.length).fill(99)
      for (const part of project(grid, array.selection)) {
        fillProjection(part, { bytes, strides: spread }, Uint8Array.from(fill))
      }
      const other = fill.map(() => 99)
      expect([...bytes]).toEqual(Array.from({ length: items }, () => [...fill, ...other]).flat())
    }),
    { seed: 8 },
  )
})

describe('big copies take the fast paths to the same bytes', () => {
  const rows = 300
  const columns = 200
  const whole = { kind: 'box' as const, coords: [0, 0], dims: [run(rows), run(columns)] }

  test.each([
    ['rows as they are', [columns, 1], [columns, 1], false],
    ['rows into a wider result', [columns, 1], [columns + 3, 1], false],
    ['order F to C', [1, rows], [columns, 1], false],
    ['order C to F', [columns, 1], [1, rows], false],
    ['big-endian rows', [columns, 1], [columns, 1], true],
    ['big-endian order F', [1, rows], [columns, 1], true],
  ] as const)('%s', (_, strides, outputStrides, bigEndian) => {
    for (const [dtype, sizes] of TYPES.slice(0, 5)) {
      const itemsize = sizes.reduce((a, b) => a + b, 0)
      const data = noise(rows * columns * itemsize, 11, 0)
      const chunk: ChunkItems = { dtype, bigEndian, shape: [rows, columns], strides: [...strides], data }
      const bytes = new Uint8Array(new SharedArrayBuffer(rows * (columns + 3) * itemsize))
      scatter(chunk, whole, { bytes, strides: outputStrides })
      for (let i = 0; i < rows; i += 7) {
        for (let j = 0; j < columns; j += 3) {
          const at = (i * outputStrides[0] + j * outputStrides[1]) * itemsize
          const found = Buffer.from(bytes.slice(at, at + itemsize)).toString('hex')
          expect(found).toBe(Buffer.from(plainItem(chunk, sizes, [i, j])).toString('hex'))
        }
      }
    }
  })

  test('keeps the payload of a NaN', () => {
    const bits = [0x7ff4000000000001n, 0xfff8dead0000beefn, 0x7ff0000000000001n]
    const data = new Uint8Array(BigUint64Array.from({ length: 60000 }, (_, i) => bits[i % 3]!).buffer)
    const chunk: ChunkItems = {
      dtype: { kind: 'float', format: 'float64' },
      bigEndian: false,
      shape: [rows, columns],
      strides: [1, rows],
      data,
    }
    const output = new BigUint64Array(rows * columns)
    scatter(chunk, whole, { bytes: new Uint8Array(output.buffer), strides: [columns, 1] })
    expect(new Set(output)).toEqual(new Set(bits))
  })
})

test('a stretch of a chunk serves the items it holds', () => {
  const data = Uint8Array.from({ length: 20 }, (_, i) => 40 + i)
  const chunk: ChunkItems = {
    dtype: { kind: 'uint', bits: 8 },
    bigEndian: false,
    shape: [10, 10],
    strides: [10, 1],
    data,
    firstItem: 40,
  }
  const bytes = new Uint8Array(4)
  const dims = [
    { kind: 'run' as const, start: 5, step: -1, count: 2, outStart: 0 },
    { kind: 'run' as const, start: 2, step: 5, count: 2, outStart: 0 },
  ]
  scatter(chunk, { kind: 'box', coords: [0, 0], dims }, { bytes, strides: [2, 1] })
  expect([...bytes]).toEqual([52, 57, 42, 47])
})

test('a chunk with too few bytes, or an output too short, is an error and no silent gap', () => {
  const dims = [run(10)]
  const chunk = { dtype: TYPES[2]![0], bigEndian: false, shape: [10], strides: [1], data: new Uint8Array(39) }
  const box = { kind: 'box' as const, coords: [0], dims }
  expect(() => scatter(chunk, box, { bytes: new Uint8Array(40), strides: [1] })).toThrow(RangeError)
  const full = { ...chunk, data: new Uint8Array(40) }
  expect(() => scatter(full, box, { bytes: new Uint8Array(39), strides: [1] })).toThrow(RangeError)
  expect(() => fillProjection(box, { bytes: new Uint8Array(39), strides: [1] }, new Uint8Array(4))).toThrow(
    RangeError,
  )
})

test.each([1, 2, 3, 7, 8, 12, 16])('an output is filled whole with items of %i bytes', (size) => {
  const item = Uint8Array.from({ length: size }, (_, i) => i * 37 + 1)
  const bytes = new Uint8Array(size * 9001)
  fillOutput(bytes, item)
  for (let i = 0; i < 9001; i += 500) expect([...bytes.subarray(i * size, (i + 1) * size)]).toEqual([...item])
  expect([...bytes.subarray(9000 * size)]).toEqual([...item])
})

function run(count: number) {
  return { kind: 'run' as const, start: 0, step: 1, count, outStart: 0 }
}

/** C-order strides turned into another order of the kept dimensions. */
function reordered(strides: readonly number[], shape: readonly number[], order: readonly number[]): number[] {
  const packed = packedStrides(
    shape,
    order.filter((k) => k < shape.length),
  )
  let kept = 0
  return strides.map((stride) => (stride === 0 ? 0 : packed[kept++]!))
}

/** Where the item with C-order number `place` of the result lies. */
function placeIn(
  place: number,
  layout: { shape: number[]; strides: number[] },
  strides: readonly number[],
): number {
  if (strides.length === 1 && layout.strides.length === 1 && layout.strides[0] === 1)
    return place * strides[0]!
  return layout.strides.reduce((at, stride, k) => {
    if (stride === 0) return at
    const length = layout.shape[layout.strides.slice(0, k).filter((s) => s > 0).length]!
    return at + (Math.floor(place / stride) % length) * strides[k]!
  }, 0)
}
