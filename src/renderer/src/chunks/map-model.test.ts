import type { ChunkMap } from '@shared/model/chunk-map'
import { describe, expect, test } from 'vitest'
import { cellBox, gridSize, placeInfo, placeOf } from './map-model'
import { array, mapOf } from './testing/maps'

const fixed = { row: 0, column: 2, fixed: [null, 7, null] }
const whole = { rows: 13, columns: 8, count: 104 }
const source = (base: ChunkMap, detail: ChunkMap | null = null) => ({ base, detail, line: null })

describe('what lies under a cell', () => {
  test('a single chunk at the edge is clipped to the array', () => {
    const info = placeInfo(source(mapOf(13, 8, [], [])), whole, fixed, array, { row: 12, column: 7 })
    expect(info).toMatchObject({
      coords: [12, 7, 7],
      region: { start: [360, 700, 1400], shape: [5, 21, 40] },
      single: true,
    })
  })
  test('a projected cell covers the whole dimension', () => {
    const axes = { row: 0, column: 2, fixed: [null, null, null] }
    const info = placeInfo(source(mapOf(13, 8, [], [])), whole, axes, array, { row: 1, column: 1 })
    expect(info).toMatchObject({
      extent: [1, 8, 1],
      region: { start: [30, 0, 200], shape: [30, 721, 200] },
      single: false,
    })
  })
  test('a binned cell covers its chunks, fewer at the end', () => {
    const binned = source(mapOf(4, 2, [], [], [4, 4]))
    const info = placeInfo(binned, whole, fixed, array, { row: 12, column: 6 })
    expect(info).toMatchObject({ coords: [12, 7, 4], extent: [1, 1, 4] })
    expect(cellBox(binned, whole, { row: 6, column: 3 })).toEqual({ row: 4, column: 0, rows: 4, columns: 4 })
  })
  test('where a finer part is known, it tells single chunks apart', () => {
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
  test('what decoding found, and the measure, are told with it', () => {
    const findings = {
      fillOnly: Uint32Array.of(0, 2),
      corrupt: Uint32Array.of(0, 0),
      edited: Uint32Array.of(1, 0),
    }
    const map = { ...mapOf(1, 2, [1, 2], [5, 6]), findings, measured: Float64Array.of(-3, 8) }
    const info = placeInfo(source(map), whole, fixed, array, { row: 0, column: 1 })
    expect(info).toMatchObject({ measured: 8, findings: { fillOnly: 2, corrupt: 0, edited: 0 } })
  })
  test('a chunk beside the fixed indices is not on the map', () => {
    expect(placeOf(null, fixed, [3, 7, 4])).toEqual({ row: 3, column: 4 })
    expect(placeOf(null, fixed, [3, 6, 4])).toBeNull()
  })
})

describe('a single dimension in lines', () => {
  const line = { ...array, shape: [1000], chunks: [10], gridShape: [100] }
  const axes = { row: null, column: 0, fixed: [null] }

  test('is counted through, and its last line may be short', () => {
    const shape = gridSize([100], axes, 30)
    expect(shape).toEqual({ rows: 4, columns: 30, count: 100 })
    const map = { base: mapOf(4, 30, [], []), detail: null, line: 30 }
    expect(placeInfo(map, shape, axes, line, { row: 2, column: 5 })).toMatchObject({
      coords: [65],
      region: { start: [650], shape: [10] },
      single: true,
    })
    expect(placeOf(30, axes, [65])).toEqual({ row: 2, column: 5 })
  })
  test('cells of several lines are no box of the grid', () => {
    const shape = gridSize([100], axes, 30)
    const map = { base: mapOf(2, 15, [], [], [2, 2]), detail: null, line: 30 }
    expect(placeInfo(map, shape, axes, line, { row: 1, column: 4 })).toMatchObject({
      coords: [4],
      extent: null,
      region: null,
      single: false,
    })
  })
})
