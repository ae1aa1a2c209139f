import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import recorded from '../../../fixtures/numpy/selections.json'
import { SelectionError } from '../errors'
import { formatSelection, selectionShape, selectionSize } from './describe'
import {
  normalizeSelection,
  orthogonalSelection,
  pointSelection,
  slice,
  type SelectionInput,
} from './normalize'
import { parseSelection } from './parse'
import type { Selection } from './selection'

/** The flat C-order numbers of the items a selection takes, in order. */
function flatIndices(selection: Selection, shape: readonly number[]): number[] {
  if (selection.kind === 'points') {
    return Array.from({ length: selectionSize(selection) }, (_, i) =>
      shape.reduce((flat, size, axis) => flat * size + selection.indices[axis]![i]!, 0),
    )
  }
  return selection.dims.reduce<number[]>(
    (flats, dim, axis) => {
      const own =
        'indices' in dim
          ? [...dim.indices]
          : Array.from({ length: dim.count }, (_, i) => dim.start + i * dim.step)
      return flats.flatMap((flat) => own.map((index) => flat * shape[axis]! + index))
    },
    [0],
  )
}

test("agrees with NumPy's recorded answers", () => {
  const cases = recorded.cases as unknown as [number[], string, number[] | string, number[]?][]
  expect(cases.length).toBeGreaterThan(500)
  for (const [shape, text, expectedShape, expected] of cases) {
    const run = (): Selection => parseSelection(text, shape)
    const label = `a[${text}] of shape (${shape.join(', ')})`
    if (typeof expectedShape === 'string') {
      expect(run, label).toThrow(SelectionError)
    } else {
      const selection = run()
      expect(selectionShape(selection), label).toEqual(expectedShape)
      expect(flatIndices(selection, shape), label).toEqual(expected)
    }
  }
})

/** Python's `range(size)[start:stop:step]`, one index at a time. */
function plainSlice(size: number, start: number | null, stop: number | null, step: number): number[] {
  const fromEnd = (bound: number): number => (bound < 0 ? bound + size : bound)
  const from = start === null ? (step > 0 ? 0 : size - 1) : fromEnd(start)
  const to = stop === null ? (step > 0 ? size : -1) : fromEnd(stop)
  const wanted: number[] = []
  if (step > 0) for (let i = Math.max(from, 0); i < to && i < size; i += step) wanted.push(i)
  else for (let i = Math.min(from, size - 1); i > to && i >= 0; i += step) wanted.push(i)
  return wanted
}

test('slices agree with taking items one at a time', () => {
  const bound = fc.option(fc.integer({ min: -12, max: 12 }), { nil: null })
  fc.assert(
    fc.property(fc.nat(9), bound, bound, fc.integer({ min: -4, max: 4 }), (size, start, stop, step) => {
      fc.pre(step !== 0)
      const expected = plainSlice(size, start, stop, step)
      const selection = normalizeSelection([slice(start, stop, step)], [size])
      expect(flatIndices(selection, [size])).toEqual(expected)
      expect(flatIndices(parseSelection(`${start ?? ''}:${stop ?? ''}:${step}`, [size]), [size])).toEqual(
        expected,
      )
    }),
    { seed: 8, numRuns: 2000 },
  )
})

test('what is formatted parses to the same items', () => {
  const dim = (size: number): fc.Arbitrary<string> =>
    fc.oneof(
      fc.integer({ min: -size, max: size - 1 }).map(String),
      fc
        .tuple(
          fc.integer({ min: -9, max: 9 }),
          fc.integer({ min: -9, max: 9 }),
          fc.constantFrom(-3, -1, 1, 2),
        )
        .map((s) => s.join(':')),
      fc
        .array(fc.integer({ min: -size, max: size - 1 }), { maxLength: 4 })
        .map((list) => `[${list.join(', ')}]`),
      fc.constant(':'),
    )
  const arbitrary = fc
    .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
    .chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(dim))))
  fc.assert(
    fc.property(arbitrary, ([shape, items]) => {
      const lists = items.filter((item) => item.startsWith('['))
      fc.pre(lists.length < 2 || lists.length < shape.length)
      const selection = parseSelection(items.join(', '), shape)
      for (const text of [formatSelection(selection), formatSelection(selection, shape)]) {
        const again = parseSelection(text, shape)
        expect(flatIndices(again, shape)).toEqual(flatIndices(selection, shape))
        expect(selectionShape(again)).toEqual(selectionShape(selection))
      }
    }),
    { seed: 21, numRuns: 500 },
  )
})

describe('typed selections', () => {
  const names = ['time', 'lat', 'lon']
  const shape = [10, 5, 4]
  test.each([
    ['', ':, :, :'],
    ['...', ':, :, :'],
    ['()', ':, :, :'],
    ['None, 1', ':, 1, :'],
    ['time=3', '3, :, :'],
    ['lat=::2', ':, 0:5:2, :'],
    ['lon=-1, time=2:4', '2:4, :, 3'],
    ['5, lon=[0, 2]', '5, :, [0, 2]'],
    ['"lat" = 1', ':, 1, :'],
    ['..., 1', ':, :, 1'],
    ['[1, 2, -1]', '[1, 2, 9], :, :'],
    ['[0:3, 1]', '0:3, 1, :'],
    ['(0, ..., [1,])', '0, :, [1]'],
    ['1_0:', '0:0, :, :'],
    ['::-1', '9::-1, :, :'],
    [':, [True, False, True, False, False]', ':, [0, 2], :'],
    ['[], 0', '[], 0, :'],
    ['99999999999999999999:', '0:0, :, :'],
  ])('%j', (text, expected) => {
    expect(formatSelection(parseSelection(text, shape, names), shape)).toBe(expected)
  })

  test.each<[string, string, number | undefined]>([
    ['10', 'The index 10 is out of bounds for dimension 0 ("time"), whose size is 10.', 0],
    ['0, -6', 'out of bounds for dimension 1 ("lat")', 3],
    ['0, [1, 7]', 'The index 7 is out of bounds', 3],
    ['0, 0, 0, 0', 'Too many indices: the array has 3 dimensions, the selection names 4.', 9],
    ['..., ...', 'one "..." at most', 5],
    ['0:3:0', 'wrong at character 1: the step cannot be 0', 0],
    ['1.5', 'expected ",", found "."', 1],
    ['a', '"a" is no integer', 0],
    ['0,,1', 'expected an integer', 2],
    ['0 1', 'expected ",", found "1"', 2],
    ['1:2:3:4', 'expected ",", found ":"', 5],
    ['[1, 2', 'expected ",", found the end', 5],
    ['[1, x]', 'integers, or True and False only', 4],
    ['[1, True]', 'integers, or True and False only', 0],
    ['[True, False]', 'A mask of 2 values does not fit dimension 0', 0],
    ['depth=1', 'There is no dimension "depth"; there are time, lat, lon.', 0],
    ['0, time=1', 'selected twice', 3],
    ['time=1, 0', 'need their names too', 8],
    ['lat=...', 'cannot be given to one by name', 4],
  ])('%j is refused', (text, why, position) => {
    try {
      parseSelection(text, shape, names)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(SelectionError)
      expect((error as SelectionError).message).toContain(why)
      expect((error as SelectionError).position).toBe(position)
    }
  })

  test('arrays without dimensions and without items', () => {
    expect(parseSelection('...', [])).toEqual({ kind: 'basic', dims: [] })
    expect(parseSelection('', [])).toEqual({ kind: 'basic', dims: [] })
    expect(() => parseSelection('0', [])).toThrow('Too many indices: the array has 0 dimensions')
    expect(() => parseSelection('0', [0])).toThrow('which is empty')
    expect(selectionShape(parseSelection('::-1', [0]))).toEqual([0])
    expect(() => parseSelection('time=0', [3])).toThrow('this array has no dimension names')
    expect(() => parseSelection('x=0', [3, 3], ['x', 'x'])).toThrow('select by position')
  })

  test('exact up to 2^53', () => {
    const huge = 2 ** 53 - 1
    expect(parseSelection('-1', [huge])).toEqual({
      kind: 'basic',
      dims: [{ start: huge - 1, step: 1, count: 1, drop: true }],
    })
    expect(parseSelection('::3', [huge])).toMatchObject({ dims: [{ count: 3002399751580331 }] })
    expect(parseSelection('::-1', [huge])).toMatchObject({
      dims: [{ start: huge - 1, step: -1, count: huge }],
    })
  })
})

describe('selections of programs', () => {
  const shape = [3, 4]
  test.each<[string, SelectionInput, number[], number[]]>([
    ['nothing', undefined, [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['null', null, [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['an integer', -1, [4], [8, 9, 10, 11]],
    ['integers', [1n, 2], [], [6]],
    ['slices', [slice(1), slice(null, null, 2)], [1, 2], [0, 2]],
    ['an ellipsis', ['...', 0], [3], [0, 4, 8]],
    ['a list', [[2, 0]], [2, 4], [8, 9, 10, 11, 0, 1, 2, 3]],
    ['a typed list', [0, BigInt64Array.of(1n, -1n)], [2], [1, 3]],
    ['a mask of one dimension', [null, [true, false, false, true]], [3, 2], [0, 3, 4, 7, 8, 11]],
    [
      'lists everywhere',
      [
        [0, 2],
        [1, 3],
      ],
      [2],
      [1, 11],
    ],
    [
      'a mask of the whole',
      [
        [
          [true, false, false, false],
          [false, false, false, true],
          [false, false, true, false],
        ],
      ],
      [3],
      [0, 7, 10],
    ],
    ['text', '1, ::3', [2], [4, 7]],
  ])('%s', (_, input, resultShape, flats) => {
    const selection = normalizeSelection(input, shape)
    expect(selectionShape(selection)).toEqual(resultShape)
    expect(flatIndices(selection, shape)).toEqual(flats)
  })

  test('orthogonal', () => {
    const selection = orthogonalSelection(
      [
        [0, 2],
        [1, 3],
      ],
      shape,
    )
    expect(selectionShape(selection)).toEqual([2, 2])
    expect(flatIndices(selection, shape)).toEqual([1, 3, 9, 11])
    expect(orthogonalSelection('[0, 2], [1, 3]', shape)).toEqual(selection)
    expect(orthogonalSelection([slice(2), 0], shape).kind).toBe('basic')
    expect(() => orthogonalSelection([[[0], [1]]], shape)).toThrow('vindex')
  })

  test('points broadcast', () => {
    const selection = pointSelection(
      [
        [[0], [2]],
        [1, 3],
      ],
      shape,
    )
    expect(selectionShape(selection)).toEqual([2, 2])
    expect(flatIndices(selection, shape)).toEqual([1, 3, 9, 11])
    expect(flatIndices(pointSelection([1, [0, -1]], shape), shape)).toEqual([4, 7])
    const mask = [
      [true, false, false, false],
      [false, true, false, false],
      [false, false, false, true],
    ]
    expect(flatIndices(pointSelection(mask, shape), shape)).toEqual([0, 5, 11])
    expect(flatIndices(pointSelection([mask], shape), shape)).toEqual([0, 5, 11])
  })

  test.each<[string, () => Selection, string]>([
    ['fractions', () => normalizeSelection([1.5], shape), '1.5 is not an integer'],
    ['step 0', () => normalizeSelection([slice(0, 3, 0)], shape), 'other than 0'],
    ['ragged lists', () => pointSelection([[[0], [1, 2]], [0]], shape), 'differ in length'],
    [
      'lists that do not fit',
      () =>
        pointSelection(
          [
            [0, 1, 2],
            [0, 1],
          ],
          shape,
        ),
      'do not fit each other',
    ],
    ['too few lists', () => pointSelection([[0]], shape), 'needs 2 lists'],
    [
      'a mask of another shape',
      () => normalizeSelection([[[true, false]]], shape),
      'does not fit an array of the shape (3, 4)',
    ],
    [
      'texts in lists',
      () => normalizeSelection(JSON.parse('[["a"]]') as SelectionInput, shape),
      'integers or booleans only',
    ],
    ['mixed lists', () => normalizeSelection([[0, true]], shape), 'not both'],
  ])('%s are refused', (_, run, why) => {
    expect(run).toThrow(SelectionError)
    expect(run).toThrow(why)
  })
})
