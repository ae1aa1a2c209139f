import { describe, expect, test } from 'vitest'
import { ExpressionError, LimitError, UsageError, ValueError } from '@shared/errors'
import type { ItemValue } from '@shared/dtype/data-type'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import { fixedItems } from '../nodes/writing/fixed-items'
import { box, valuesOf, whole, withArray } from './testing/bench'
import { after, arange, constant, expression, fill, type FillOf, linspace, small } from './testing/fill-edits'

describe('fill', () => {
  test.each<[string, NewArrayOptions['dtype'], FillOf, ItemValue[]]>([
    ['a number', 'i2', constant('-3'), [-3, -3, -3, -3, -3]],
    ['a text as it is', '<U4', constant('a"b'), Array<string>(5).fill('a"b')],
    ['a text in quotes', 'string', constant('"x\\ty"'), Array<string>(5).fill('x\ty')],
    ['arange of integers', 'u1', arange('250', '1'), [250, 251, 252, 253, 254]],
    [
      'arange downwards',
      'u8',
      arange('18446744073709551615', '-1'),
      [0n, 1n, 2n, 3n, 4n].map((n) => 2n ** 64n - 1n - n),
    ],
    ['arange of floats', 'f4', arange('0.5', '0.25'), [0.5, 0.75, 1, 1.25, 1.5]],
    ['arange of days', 'M8[D]', arange('2000-02-27', '1'), [11014n, 11015n, 11016n, 11017n, 11018n]],
    [
      'arange of complex numbers',
      'c16',
      arange('1j', '1'),
      [
        [0, 1],
        [1, 1],
        [2, 1],
        [3, 1],
        [4, 1],
      ],
    ],
    ['linspace', 'f8', linspace('0', '1'), [0, 0.25, 0.5, 0.75, 1]],
    [
      'linspace of integers',
      'i8',
      linspace('-9223372036854775808', '9223372036854775804'),
      [0n, 1n, 2n, 3n, 4n].map((k) => -(2n ** 63n) + k * 4611686018427387903n),
    ],
    ['an expression in indices', 'i4', expression('i0 ** 2 - 1'), [-1, 0, 3, 8, 15]],
    [
      'an expression over texts',
      '<U3',
      expression('where(i0 % 2 == 0, "a", "b") + "c"'),
      ['ac', 'bc', 'ac', 'bc', 'ac'],
    ],
  ])('with %s', async (_, dtype, what, expected) => {
    expect(await after(small(dtype), (dims) => fill(what, dims))).toEqual(expected)
  })

  test('an expression in x, and in dimension names', async () => {
    const options = { ...small('f8', [2, 3]), dimensionNames: ['time', null] }
    const values = [1, 2, 3, 4, 5, 6]
    const found = await after(options, (dims) => fill(expression('x * 10 + time + i1 / 10'), dims), values)
    expect(found).toEqual([10, 20.1, 30.2, 41, 51.1, 61.2])
  })

  test('of a region with steps counts places in the region, indices in the array', async () => {
    const { edits, overlay } = await withArray(small('i4', [7]))
    await edits.apply(fill(arange('1', '1'), [{ start: 5, step: -2, count: 3 }]))
    expect(await valuesOf(overlay)).toEqual([0, 3, 0, 2, 0, 1, 0])
    await edits.apply(fill(expression('i0'), [{ start: 0, step: 3, count: 3 }]))
    expect(await valuesOf(overlay)).toEqual([0, 3, 0, 3, 0, 1, 6])
  })

  test('of one field leaves the others', async () => {
    const options = small(
      [
        ['n', '<i4'],
        ['t', '<U2'],
      ] as never,
      [3],
    )
    const values = [0, 1, 2].map((n) => ({ n, t: `t${n}` }))
    expect(await after(options, (dims) => fill(expression('x * i0'), dims, 'n'), values)).toEqual([
      { n: 0, t: 't0' },
      { n: 1, t: 't1' },
      { n: 4, t: 't2' },
    ])
  })

  test('random values depend on seed and place alone', async () => {
    const random = (low: string, high: string, seed = 7): FillOf => ({
      kind: 'random',
      distribution: 'uniform',
      low,
      high,
      seed,
    })
    const options = (chunk: number): NewArrayOptions => ({ shape: [40, 50], chunks: [chunk, 7], dtype: 'f8' })
    const run = (chunk: number, seed: number): Promise<ItemValue[]> =>
      after(options(chunk), (dims) => fill(random('-1', '3', seed), dims))
    const [one, other, different] = [await run(3, 7), await run(40, 7), await run(3, 8)]
    expect(other).toEqual(one)
    expect(different).not.toEqual(one)
    const numbers = one as number[]
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-1)
    expect(Math.max(...numbers)).toBeLessThan(3)
    expect(new Set(numbers).size).toBe(2000)
    // The mean of 2000 draws of variance 16/12 lies within six standard errors of the true one.
    expect(Math.abs(numbers.reduce((a, b) => a + b) / 2000 - 1)).toBeLessThan(6 * Math.sqrt(16 / 12 / 2000))
    const dice = (await after({ ...options(3), dtype: 'u1' }, (dims) =>
      fill(random('1', '6'), dims),
    )) as number[]
    const counts = [1, 2, 3, 4, 5, 6].map((face) => dice.filter((value) => value === face).length)
    expect(counts.reduce((a, b) => a + b)).toBe(2000)
    // Chi-squared with five degrees of freedom exceeds 30 once in 70,000 times.
    expect(counts.reduce((sum, n) => sum + (n - 2000 / 6) ** 2 / (2000 / 6), 0)).toBeLessThan(30)
  })

  test('normal values have mean and deviation', async () => {
    const normal: FillOf = { kind: 'random', distribution: 'normal', low: '5', high: '2', seed: 1 }
    const found = (await after({ shape: [4000], chunks: [999], dtype: 'f8' }, (dims) =>
      fill(normal, dims),
    )) as number[]
    const mean = found.reduce((a, b) => a + b) / 4000
    const deviation = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4000)
    expect(Math.abs(mean - 5)).toBeLessThan(0.2)
    expect(Math.abs(deviation - 2)).toBeLessThan(0.15)
  })

  test('a file broadcasts to the region', async () => {
    const { edits, overlay } = await withArray(small('f4', [2, 3]))
    const file = { kind: 'file', file: { ticket: 't', path: 'row.npy' } } as const
    const openItems = async () => ({
      ...fixedItems({ kind: 'int', bits: 16 }, [3], { data: new Uint8Array(Int16Array.of(1, -2, 3).buffer) }),
      close: async () => undefined,
    })
    await edits.apply(fill(file, whole([2, 3])), { openItems })
    expect(await valuesOf(overlay)).toEqual([1, -2, 3, 1, -2, 3])
    await expect(edits.apply(fill(file, box([0, 2], [0, 2])), { openItems })).rejects.toThrow(ValueError)
    await expect(edits.apply(fill(file, whole([2, 3])))).rejects.toThrow(UsageError)
  })

  test.each<[string, NewArrayOptions['dtype'], FillOf, string, new (...args: never[]) => Error]>([
    [
      'beyond the range',
      'u1',
      arange('253', '1'),
      '256 does not fit into uint8; nothing was changed. The first such cell is (3,)',
      ValueError,
    ],
    [
      'between whole numbers',
      'i4',
      linspace('0', '2'),
      'A value between 0 and the next does not fit into int32',
      ValueError,
    ],
    ['an expression with fractions', 'i4', expression('i0 / 2'), '0.5', ValueError],
    [
      'an expression beyond the range',
      'i8',
      expression('2 ** 62 * (i0 - 1)'),
      'first such cell is (3,)',
      ValueError,
    ],
    ['a sequence of texts', '<U3', arange('0', '1'), 'for numbers and times', UsageError],
    ['an unknown name', 'f8', expression('y'), 'y', ExpressionError],
    ['a constant', 'i1', constant('128'), '128', ValueError],
  ])('%s is refused as a whole', async (_, dtype, what, message, type) => {
    const { edits, overlay } = await withArray(small(dtype))
    const failure = edits.apply(fill(what, whole([5])))
    await expect(failure).rejects.toThrow(message)
    await expect(failure).rejects.toThrow(type)
    expect(overlay.staged.size).toBe(0)
  })

  test('more cells than can be computed are refused before anything is', async () => {
    const { edits } = await withArray({ shape: [1e9], chunks: [1e7], dtype: 'u1' })
    await expect(edits.apply(fill(expression('i0 % 2'), whole([1e9])))).rejects.toThrow(LimitError)
    expect(await edits.preview(fill(constant('1'), whole([1e9])))).toMatchObject({
      cells: 1e9,
      chunksWritten: 100,
    })
  })
})
