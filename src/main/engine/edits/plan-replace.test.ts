import { expect, test } from 'vitest'
import type { ItemValue } from '@shared/dtype/data-type'
import type { Edit } from '@shared/model/edits'
import type { DimSlice } from '@shared/selection/selection'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import { whole, withArray } from './testing/bench'
import { after, constant, expression, type FillOf, replace, small } from './testing/fill-edits'

test.each<[string, NewArrayOptions['dtype'], ItemValue[], FillOf, ItemValue[]]>([
  ['> 3', 'i4', [1, 5, 3, 4, -1], constant('0'), [1, 0, 3, 0, -1]],
  ['isnan', 'f8', [1, NaN, 3, NaN, 5], expression('i0'), [1, 1, 3, 3, 5]],
  [
    'x == 9007199254740993',
    'i8',
    [2n ** 53n, 2n ** 53n + 1n, 0n, 1n, 2n],
    constant('7'),
    [2n ** 53n, 7n, 0n, 1n, 2n],
  ],
  ['x < 0 and i0 > 1', 'f4', [-1, -1, -1, 2, -1], expression('-x'), [-1, -1, 1, 2, 1]],
  [
    'contains(x, "a")',
    'string',
    ['a', 'b', 'ba', '', 'ä'],
    constant('long text'),
    ['long text', 'b', 'long text', '', 'ä'],
  ],
  [
    '> "2000-01-02"',
    'M8[D]',
    [10957n, 10958n, 10959n, 10960n, 0n],
    constant('NaT'),
    [10957n, 10958n, -(2n ** 63n), -(2n ** 63n), 0n],
  ],
  [
    'real(x) < 0',
    'c8',
    [
      [-1, 2],
      [1, 0],
      [0, 0],
      [2, 2],
      [-3, 0],
    ],
    constant('0'),
    [
      [0, 0],
      [1, 0],
      [0, 0],
      [2, 2],
      [0, 0],
    ],
  ],
])('%s', async (where, dtype, values, what, expected) => {
  expect(await after(small(dtype), (dims) => replace(where, what, dims), values)).toEqual(expected)
})

test('leaves chunks without matches alone, byte for byte', async () => {
  const { edits, overlay } = await withArray(small('i4'), [1, 2, 3, 4, 5])
  await edits.apply(replace('x == 4', constant('9'), whole([5])))
  expect([...overlay.staged.keys()]).toEqual(['a/c/1'])
  expect(edits.state.edits[0]).toMatchObject({ label: 'Replace 1 cell of /a[:]', cells: 1, chunks: 1 })
  await edits.apply(replace('x > 100', constant('9'), whole([5])))
  expect(edits.state.edits).toHaveLength(1)
})

test('records by a condition on one field, changing another', async () => {
  const options = small(
    [
      ['n', '<i4'],
      ['t', '<U2'],
    ] as never,
    [3],
  )
  const values = [1, 2, 3].map((n) => ({ n, t: 'a' }))
  const byRecord = (dims: DimSlice[]): Edit =>
    replace('x.n > 1 and x.t == "a"', constant('{"n": 0, "t": "z"}'), dims)
  expect(await after(options, byRecord, values)).toEqual([
    { n: 1, t: 'a' },
    { n: 0, t: 'z' },
    { n: 0, t: 'z' },
  ])
  const byField = (dims: DimSlice[]): Edit => replace('x > 1', expression('x + 10'), dims, 'n')
  expect(await after(options, byField, values)).toEqual([
    { n: 1, t: 'a' },
    { n: 12, t: 'a' },
    { n: 13, t: 'a' },
  ])
})
