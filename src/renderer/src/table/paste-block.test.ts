import { expect, test } from 'vitest'
import { dataType } from '@shared/dtype/registry'
import { parseBlock, placeBlock, readBlock } from './paste-block'

const table = { rows: 10, columns: 5 }
const int8 = dataType({ kind: 'int', bits: 8 })
const text = dataType({ kind: 'text', length: 2 })

test.each([
  ['one cell spreads over the selection', [1, 1], [2, 1, 3, 2], [2, 1, 3, 2], 0],
  ['a block goes from a single cell on', [2, 3], [4, 1, 1, 1], [4, 1, 2, 3], 0],
  ['a block repeats where it divides the selection', [2, 1], [0, 0, 4, 3], [0, 0, 4, 3], 0],
  ['a block that does not divide it is pasted once', [2, 2], [0, 0, 3, 2], [0, 0, 2, 2], 0],
  ['what reaches beyond the table is clipped', [3, 3], [8, 3, 1, 1], [8, 3, 2, 2], 5],
])('%s', (_, [rows, columns], selected, wanted, clipped) => {
  const [row, column, r, c] = selected
  const place = placeBlock(
    { rows: rows!, columns: columns! },
    { row: row!, column: column!, rows: r!, columns: c! },
    table,
  )
  expect(Object.values(place.rect)).toEqual(wanted)
  expect(place.clipped).toBe(clipped)
})

test('values are parsed by the type of their column and repeated', () => {
  const rect = { row: 0, column: 0, rows: 4, columns: 2 }
  const types = (column: number) => (column === 0 ? int8 : text)
  const items = parseBlock(readBlock('1\ta\r\n-2\t"b"\r\n'), rect, types)
  expect(items.map((row) => [int8.read(row[0]!, 0), text.read(row[1]!, 0)])).toEqual([
    [1, 'a'],
    [-2, 'b'],
    [1, 'a'],
    [-2, 'b'],
  ])
})

test('a value that does not fit is named by row and column', () => {
  const rect = { row: 0, column: 0, rows: 2, columns: 2 }
  expect(() => parseBlock(readBlock('1\t2\n3\t300'), rect, () => int8)).toThrow(
    'Row 2, column 2 of the block: 300 does not fit into int8 (-128 to 127).',
  )
})

test('rows of different lengths and endless blocks are refused', () => {
  expect(() => readBlock('1\t2\n3')).toThrow('Row 2 of the block has only 1 of 2 cells.')
  expect(() => readBlock('\n'.repeat(1_000_002))).toThrow(/at most 1000000/)
})
