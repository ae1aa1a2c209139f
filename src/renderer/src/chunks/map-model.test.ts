import type { ChunkMap } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { describe, expect, test } from 'vitest'
import {
  cellBox,
  defaultAxes,
  mapPixels,
  mapScale,
  placeInfo,
  placeOf,
  rawChunkBytes,
  storedShare,
  withAxis,
} from './map-model'

const array: ArrayDetail = {
  shape: [365, 721, 1440],
  chunks: [30, 100, 200],
  shards: null,
  gridShape: [13, 8, 8],
  dtype: { kind: 'float', format: 'float32' },
  dtypeName: 'float32',
  byteOrder: 'little',
  order: 'C',
  fillValueJson: 'NaN',
  dimensionNames: ['time', 'lat', null],
  codecs: [],
  keyEncoding: '/',
  nbytes: 365 * 721 * 1440 * 4,
  nchunks: 13 * 64,
  readable: true,
  summaryHead: '',
}

function mapOf(
  rows: number,
  columns: number,
  initialized: number[],
  bytes: number[],
  bin = [1, 1],
): ChunkMap {
  return {
    gridShape: [],
    rows,
    columns,
    binRows: bin[0] ?? 1,
    binColumns: bin[1] ?? 1,
    initialized: Float64Array.from(initialized),
    total: new Float64Array(rows * columns).fill(2),
    bytes: Float64Array.from(bytes),
    sum: { initialized: 0, nchunks: 0, nbytesStored: 0, checked: 0, fillOnly: 0, corrupt: 0, edited: 0 },
    done: true,
  }
}

describe('axes', () => {
  test.each([
    [[13, 8, 8], { row: 0, column: 1, fixed: [null, null, null] }],
    [[4, 1, 1000], { row: 0, column: 2, fixed: [null, 0, null] }],
    [[365, 1, 1], { row: null, column: 0, fixed: [null, 0, 0] }],
    [[1, 1], { row: null, column: 1, fixed: [0, 0] }],
    [[], { row: null, column: null, fixed: [] }],
  ])('a grid of %j is shown along %j', (grid, axes) => expect(defaultAxes(grid)).toEqual(axes))

  test('a dimension that is on the other axis swaps places', () => {
    const axes = defaultAxes([13, 8, 8])
    expect(withAxis(axes, 'row', 1)).toMatchObject({ row: 1, column: 0 })
    expect(withAxis(axes, 'row', 2)).toMatchObject({ row: 2, column: 1 })
  })
})

describe('what lies under a cell', () => {
  const fixed = { row: 0, column: 2, fixed: [null, 7, null] }
  const whole = { rows: 13, columns: 8, count: 104 }
  const source = (base: ChunkMap, detail: ChunkMap | null = null) => ({ base, detail, wrapped: false })

  test('a single chunk at the edge is clipped to the array', () => {
    const info = placeInfo(source(mapOf(13, 8, [], [])), whole, fixed, array, { row: 12, column: 7 })
    expect(info).toMatchObject({
      coords: [12, 7, 7],
      start: [360, 700, 1400],
      shape: [5, 21, 40],
      single: true,
    })
  })
  test('a projected cell covers the whole dimension', () => {
    const axes = { row: 0, column: 2, fixed: [null, null, null] }
    const info = placeInfo(source(mapOf(13, 8, [], [])), whole, axes, array, { row: 1, column: 1 })
    expect(info).toMatchObject({
      extent: [1, 8, 1],
      start: [30, 0, 200],
      shape: [30, 721, 200],
      single: false,
    })
  })
  test('a binned cell covers its chunks, fewer at the end', () => {
    const binned = source(mapOf(4, 2, [], [], [4, 4]))
    const info = placeInfo(binned, whole, fixed, array, { row: 12, column: 6 })
    expect(info).toMatchObject({ coords: [12, 7, 4], extent: [1, 1, 4] })
    expect(cellBox(binned, whole, { row: 6, column: 3 })).toEqual({ row: 4, column: 0, rows: 4, columns: 4 })
  })
  test('where an exact part is known, it tells single chunks apart', () => {
    const base = mapOf(4, 2, [9, 9, 9, 9, 9, 9, 9, 9], [], [4, 4])
    const detail = { ...mapOf(2, 3, [1, 2, 3, 4, 5, 6], []), origin: { row: 5, column: 2 } }
    const both = source(base, detail)
    expect(placeInfo(both, whole, fixed, array, { row: 6, column: 3 })).toMatchObject({
      coords: [6, 7, 3],
      initialized: 5,
      single: true,
    })
    expect(placeInfo(both, whole, fixed, array, { row: 7, column: 3 })).toMatchObject({ initialized: 9 })
    expect(cellBox(both, whole, { row: 6, column: 3 })).toEqual({ row: 6, column: 3, rows: 1, columns: 1 })
  })
  test('cells of a wrapped line are counted through', () => {
    const line = { ...array, shape: [1000], chunks: [10], gridShape: [100] }
    const axes = { row: null, column: 0, fixed: [null] }
    const shape = { rows: 4, columns: 30, count: 100 }
    const wrapped = { base: mapOf(1, 100, [], []), detail: null, wrapped: true }
    expect(placeInfo(wrapped, shape, axes, line, { row: 2, column: 5 }).coords).toEqual([65])
    expect(placeOf(wrapped, shape, axes, [65])).toEqual({ row: 2, column: 5 })
  })
  test('a chunk beside the fixed indices is not on the map', () => {
    const exact = source(mapOf(13, 8, [], []))
    expect(placeOf(exact, whole, fixed, [3, 7, 4])).toEqual({ row: 3, column: 4 })
    expect(placeOf(exact, whole, fixed, [3, 6, 4])).toBeNull()
  })
})

test('the raw size of a chunk comes from the item size', () => {
  expect(rawChunkBytes(array)).toBe(30 * 100 * 200 * 4)
  expect(rawChunkBytes({ ...array, shape: [0, 1, 1], nbytes: 0 })).toBe(0)
})

test('missing cells are transparent, stored ones coloured by value', () => {
  const map = mapOf(1, 3, [0, 2, 1], [0, 200, 400])
  const pixels = new Uint8ClampedArray(12)
  const scale = mapScale(map, 'bytes', 1000)
  expect(scale).toEqual({ min: 100, max: 400, log: false })
  mapPixels(map, { mode: 'bytes', scale, projection: 'share', rawBytes: 1000, stored: [1, 2, 3], pixels })
  expect(pixels[3]).toBe(0)
  expect([...pixels.slice(4, 8)]).toEqual([68, 1, 84, 255])
  expect([...pixels.slice(8, 12)]).toEqual([253, 231, 37, 128])
  mapPixels(map, { mode: 'state', scale: null, projection: 'all', rawBytes: 1000, stored: [1, 2, 3], pixels })
  expect([pixels[3], pixels[7], pixels[11]]).toEqual([0, 255, 0])
})

test('one stored chunk among thousands stays visible', () => {
  expect(storedShare(1, 100_000, 'share')).toBeGreaterThan(0.1)
  expect(storedShare(0, 5, 'any')).toBe(0)
})
