import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SelectionError } from '@shared/errors'
import type { ChunkMap, ChunkMapQuery } from '@shared/model/chunk-map'
import type { ZarrArray } from '../nodes/array'
import { openNode } from '../nodes/open'
import { InlineExecutor } from '../pool/inline'
import { MemoryStore } from '../stores/memory'
import { openStore } from '../stores/open-store'
import { corpusFolder } from '../testing/corpus'
import { MAX_CELLS } from './chunk-bins'
import { chunkMap } from './chunk-map'
import { countStorage } from './count-storage'

const context = { executor: new InlineExecutor() }
const LARGE = { maxRows: 4096, maxColumns: 4096 }

/** An array of one-item chunks, of which those with the given coordinates are stored; the value's length is the sum. */
async function arrayOf(shape: number[], stored: number[][]): Promise<ZarrArray> {
  const document = JSON.stringify({
    zarr_format: 2,
    shape,
    chunks: shape.map(() => 1),
    dtype: '|u1',
    compressor: null,
    filters: null,
    fill_value: 0,
    order: 'C',
  })
  const store = new MemoryStore([
    ['.zarray', Buffer.from(document)],
    ['stray', new Uint8Array(7)],
    ...stored.map((coords) => [coords.join('.') || '0', new Uint8Array(sizeOf(coords))] as const),
  ])
  return (await openNode(store, '', context)) as ZarrArray
}

const sizeOf = (coords: number[]): number => coords.reduce((sum, c) => sum + (c % 100), 1)

describe('chunkMap', () => {
  test('shows each chunk of a small grid in its own cell', async () => {
    const array = await arrayOf(
      [2, 3],
      [
        [0, 1],
        [1, 2],
        [5, 5],
      ],
    )
    const map = await chunkMap(array, { axes: { row: 0, column: 1 }, fixed: [null, null] }, LARGE)
    const { nbytesStored } = await countStorage(array)
    expect(map).toEqual({
      gridShape: [2, 3],
      rows: 2,
      columns: 3,
      binRows: 1,
      binColumns: 1,
      initialized: Float64Array.of(0, 1, 0, 0, 0, 1),
      total: Float64Array.of(1, 1, 1, 1, 1, 1),
      bytes: Float64Array.of(0, 2, 0, 0, 0, 4),
      sum: { initialized: 2, nchunks: 6, nbytesStored, checked: 0, fillOnly: 0, corrupt: 0, edited: 0 },
      done: true,
    })
  })

  test('any view of any grid counts what a plain loop over its chunks counts', async () => {
    const grid = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 })
    const view = grid.chain((shape) => {
      const rank = shape.length
      const axis = fc.option(fc.nat(rank - 1))
      const coords = fc.tuple(...shape.map((length) => fc.nat(length - 1)))
      return fc.record({
        shape: fc.constant(shape),
        stored: fc.uniqueArray(coords, { selector: (c) => c.join(), maxLength: 30 }),
        row: axis,
        column: axis,
        fixed: fc.tuple(...shape.map((length) => fc.option(fc.nat(length - 1)))),
        wrap: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
        window: fc.option(
          fc.record({ row: fc.nat(7), rows: fc.nat(7), column: fc.nat(7), columns: fc.nat(7) }),
          { nil: undefined },
        ),
        maxRows: fc.integer({ min: 1, max: 8 }),
        maxColumns: fc.integer({ min: 1, max: 8 }),
      })
    })
    await fc.assert(
      fc.asyncProperty(view, async ({ shape, stored, row, column, fixed, wrap, window, ...size }) => {
        fc.pre(row === null || row !== column)
        const query: ChunkMapQuery = {
          axes: { row, column },
          fixed: fixed.map((c, k) => (k === row || k === column ? null : c)),
          ...(window ? { window } : {}),
          ...(wrap !== undefined && row === null && column !== null ? { wrap } : {}),
        }
        const map = await chunkMap(await arrayOf(shape, stored), query, size)
        expect(map.rows).toBeLessThanOrEqual(size.maxRows)
        expect(map.columns).toBeLessThanOrEqual(size.maxColumns)
        expect({ ...map }).toMatchObject(plainCount(shape, stored, query, map))
        expect(map.sum.initialized).toBe(stored.length)
      }),
      { seed: 5, numRuns: 400 },
    )
  })

  test('a window into a grid of 10^12 chunks shows each chunk in its own cell', async () => {
    const array = await arrayOf(
      [10 ** 6, 10 ** 6],
      [
        [765_432, 123_456],
        [765_433, 123_456],
      ],
    )
    const window = { row: 765_430, rows: 10, column: 123_450, columns: 20 }
    const query = { axes: { row: 0, column: 1 }, fixed: [null, null], window }
    const map = await chunkMap(array, query, LARGE)
    expect(map).toMatchObject({ rows: 10, columns: 20, binRows: 1, binColumns: 1 })
    expect(map.origin).toEqual({ row: 765_430, column: 123_450 })
    const found = [...map.initialized.keys()].filter((cell) => map.initialized[cell]! > 0)
    expect(found).toEqual([2 * 20 + 6, 3 * 20 + 6])
    expect(map.sum.initialized).toBe(2)
  })

  test('a line of 10^12 chunks is laid in lines, and a window of them is exact', async () => {
    const last = 10 ** 12 - 1
    const array = await arrayOf([10 ** 12], [[0], [last]])
    const query = { axes: { row: null, column: 0 }, fixed: [null], wrap: 1_300_000 }
    const whole = await chunkMap(array, query, { maxRows: 512, maxColumns: 512 })
    expect(whole.total.reduce((a, b) => a + b)).toBe(10 ** 12)
    expect(whole.initialized.reduce((a, b) => a + b)).toBe(2)
    const row = Math.floor(last / 1_300_000)
    const column = last % 1_300_000
    const window = { row, rows: 5, column: column - 3, columns: 8 }
    const part = await chunkMap(array, { ...query, window }, LARGE)
    expect([...part.total]).toEqual([1, 1, 1, 1, 0, 0, 0, 0])
    expect([...part.initialized]).toEqual([0, 0, 0, 1, 0, 0, 0, 0])
  })

  test('a grid of 10^12 chunks costs its cells only, and its last chunk is found', async () => {
    const last = 10 ** 6 - 1
    const array = await arrayOf(
      [10 ** 6, 10 ** 6],
      [
        [0, 0],
        [last, last],
        [last, 0],
      ],
    )
    const map = await chunkMap(array, { axes: { row: 0, column: 1 }, fixed: [null, null] }, LARGE)
    expect(map.rows * map.columns).toBeLessThanOrEqual(MAX_CELLS)
    expect(map.initialized.reduce((a, b) => a + b)).toBe(3)
    expect(map.initialized.at(-1)).toBe(1)
    expect(map.total.reduce((a, b) => a + b)).toBe(10 ** 12)
    expect(map.sum).toMatchObject({ nchunks: 10 ** 12, initialized: 3 })
  })

  test.each([
    [0, 0],
    [0, 3],
  ])('an array of shape [%i, %i] has no cells', async (...shape) => {
    const array = await arrayOf(shape, [])
    const map = await chunkMap(array, { axes: { row: 0, column: 1 }, fixed: [null, null] }, LARGE)
    expect(map.initialized).toHaveLength(0)
    expect(map.sum.nchunks).toBe(0)
  })

  test('an array without dimensions has one cell', async () => {
    const map = await chunkMap(
      await arrayOf([], [[]]),
      { axes: { row: null, column: null }, fixed: [] },
      LARGE,
    )
    expect(map).toMatchObject({
      rows: 1,
      columns: 1,
      initialized: Float64Array.of(1),
      total: Float64Array.of(1),
    })
  })

  test.each<[ChunkMapQuery, string]>([
    [{ axes: { row: 0, column: 0 }, fixed: [null, null] }, 'Axes 0 and 0'],
    [{ axes: { row: 0, column: 2 }, fixed: [null, null] }, 'Axes 0 and 2'],
    [{ axes: { row: 0, column: 1 }, fixed: [null] }, '1 dimensions'],
    [{ axes: { row: 0, column: null }, fixed: [0, null] }, 'Dimension 0'],
    [{ axes: { row: 0, column: null }, fixed: [null, 3] }, 'Chunk 3 of dimension 1'],
    [{ axes: { row: 0, column: 1 }, fixed: [null, null], wrap: 2 }, 'in lines'],
  ])('the view %j is refused', async (query, message) => {
    const array = await arrayOf([2, 3], [])
    await expect(chunkMap(array, query, LARGE)).rejects.toThrow(SelectionError)
    await expect(chunkMap(array, query, LARGE)).rejects.toThrow(message)
  })

  test('inner chunks of shards are cells of their own, with the bytes that the shard index states', async () => {
    const folder = corpusFolder('zarr341-seed1')!
    const { store } = await openStore(`${folder}/v3/sharding.zarr`)
    const array = (await openNode(store, 's_end_2', context)) as ZarrArray
    const query = { axes: { row: 0, column: 1 }, fixed: [null, null] }
    const map = await chunkMap(array, query, LARGE)
    // From the corpus: inner chunks of 1 × 1 in shards of 1 × 3, values [[v, v, 0, 0, 0], [v, v, 0, 0, 0]], fill 0.
    expect(map).toMatchObject({
      gridShape: [2, 5],
      shard: { rows: 1, columns: 3 },
      initialized: Float64Array.of(1, 1, 0, 0, 0, 1, 1, 0, 0, 0),
      sum: { initialized: 4, nchunks: 10 },
    })
    const stored = map.bytes.filter((size) => size > 0)
    expect(stored).toHaveLength(4)
    expect(stored.reduce((a, b) => a + b)).toBeLessThan(map.sum.nbytesStored)
  })
})

/** Where each chunk of the view lies: the map before it is binned. */
function plainCount(
  shape: number[],
  stored: number[][],
  { axes, fixed, wrap, window }: ChunkMapQuery,
  map: ChunkMap,
): Partial<ChunkMap> {
  const names = new Set(stored.map((coords) => coords.join()))
  const cells = map.rows * map.columns
  const counts = {
    initialized: new Float64Array(cells),
    total: new Float64Array(cells),
    bytes: new Float64Array(cells),
  }
  const visit = (coords: number[]): void => {
    if (coords.length < shape.length) {
      for (let c = 0; c < shape[coords.length]!; c++) visit([...coords, c])
      return
    }
    if (fixed.some((c, k) => c !== null && c !== coords[k])) return
    let row = axes.row === null ? 0 : coords[axes.row]!
    let column = axes.column === null ? 0 : coords[axes.column]!
    if (wrap !== undefined) [row, column] = [Math.floor(column / wrap), column % wrap]
    if (window) {
      row -= window.row
      column -= window.column
      if (row < 0 || row >= window.rows || column < 0 || column >= window.columns) return
    }
    const cell = Math.floor(row / map.binRows) * map.columns + Math.floor(column / map.binColumns)
    counts.total[cell]! += 1
    if (!names.has(coords.join())) return
    counts.initialized[cell]! += 1
    counts.bytes[cell]! += sizeOf(coords)
  }
  visit([])
  return counts
}

test('of a grid whose chunks differ in size the decoded bytes are told by cell', async () => {
  const document = {
    zarr_format: 3,
    node_type: 'array',
    shape: [6, 5],
    data_type: 'int16',
    chunk_grid: {
      name: 'rectilinear',
      configuration: {
        kind: 'inline',
        chunk_shapes: [
          [1, 5],
          [2, 3],
        ],
      },
    },
    chunk_key_encoding: { name: 'default' },
    fill_value: 0,
    codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
  }
  const store = new MemoryStore([
    ['zarr.json', Buffer.from(JSON.stringify(document))],
    ['c/0/1', new Uint8Array(6)],
    ['c/1/0', new Uint8Array(20)],
    ['c/1/1', new Uint8Array(30)],
  ])
  const array = (await openNode(store, '', { executor: new InlineExecutor() })) as ZarrArray
  const query = { axes: { row: 0, column: 1 }, fixed: [null, null] }
  expect([...(await chunkMap(array, query, { maxRows: 9, maxColumns: 9 })).raw!]).toEqual([0, 6, 20, 30])
  expect([...(await chunkMap(array, query, { maxRows: 9, maxColumns: 1 })).raw!]).toEqual([6, 50])
})
