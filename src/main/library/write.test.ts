import { describe, expect, test } from 'vitest'
import {
  array,
  ConflictError,
  create,
  emptyLike,
  full,
  fullLike,
  group,
  MemoryStore,
  NodeExistsError,
  ones,
  open,
  openLike,
  ReadOnlyError,
  UsageError,
  ValueError,
  zeros,
  type NdArray,
  type Value,
} from '../library'

const list = async (z: { get(): Promise<unknown> }): Promise<unknown[]> =>
  Array.from(((await z.get()) as NdArray).data as ArrayLike<unknown>)

describe('values', () => {
  // Expected items are those of NumPy 2 for the same assignment.
  test.each<{ dtype: string; value: Value; expected: unknown[] }>([
    { dtype: 'i4', value: 7, expected: [7, 7, 7, 7, 7, 7] },
    { dtype: 'i4', value: [1, 2, 3], expected: [1, 2, 3, 1, 2, 3] },
    { dtype: 'i4', value: [[1], [2]], expected: [1, 1, 1, 2, 2, 2] },
    { dtype: 'i4', value: Float64Array.of(1, 2, 3, 4, 5, 6), expected: [1, 2, 3, 4, 5, 6] },
    { dtype: 'i8', value: 2n ** 62n, expected: Array(6).fill(2n ** 62n) },
    {
      dtype: 'f4',
      value: [0.1, 1e10, Number.NaN],
      expected: [0.1, 1e10, Number.NaN, 0.1, 1e10, Number.NaN].map(Math.fround),
    },
    { dtype: 'c16', value: [[1, -2]], expected: Array(6).fill([1, -2]).flat() },
    { dtype: 'bool', value: [true, false, 1], expected: [1, 0, 1, 1, 0, 1] },
    { dtype: 'string', value: ['a', 'ö', ''], expected: ['a', 'ö', '', 'a', 'ö', ''] },
    { dtype: 'M8[s]', value: new Date('1970-01-02T00:00:01Z'), expected: Array(6).fill(86401n) },
    {
      dtype: 'M8[D]',
      value: ['1970-01-03', '1969-12-31', 'NaT'],
      expected: [2n, -1n, -(2n ** 63n), 2n, -1n, -(2n ** 63n)],
    },
  ])('$dtype takes $value', async ({ dtype, value, expected }) => {
    const z = await zeros({ shape: [2, 3], chunks: [1, 2], dtype })
    await z.set('...', value)
    expect(await list(z)).toEqual(expected)
  })

  test.each<{ dtype: string; value: Value; unsafe?: unknown }>([
    { dtype: 'i4', value: 1.5, unsafe: 1 },
    { dtype: 'i4', value: -1.5, unsafe: -1 },
    { dtype: 'u1', value: 300, unsafe: 44 },
    { dtype: 'u1', value: -1, unsafe: 255 },
    { dtype: 'i4', value: BigInt64Array.of(2n ** 31n), unsafe: -(2 ** 31) },
    { dtype: 'u8', value: -1n, unsafe: 2n ** 64n - 1n },
    { dtype: 'f4', value: 1e300, unsafe: Infinity },
    { dtype: 'f8', value: { data: Float64Array.of(1, 2), shape: [1, 2, 3] } },
    { dtype: 'i4', value: 'seven' },
    { dtype: 'U2', value: 'long' },
    { dtype: 'i4', value: [[1, 2], [3]] },
    { dtype: 'i4', value: [1, 2] },
  ])('$dtype refuses $value and keeps what it has', async ({ dtype, value, unsafe }) => {
    const z = await zeros({ shape: [3], chunks: [2], dtype })
    const before = await list(z)
    await expect(z.set('...', value)).rejects.toThrow(ValueError)
    expect(await list(z)).toEqual(before)
    if (unsafe === undefined) return
    await z.set('...', value, { casting: 'unsafe' })
    expect(await z.get('0')).toEqual(unsafe)
  })

  test('fields of records, points with broadcasting, blocks', async () => {
    const records = await zeros({
      shape: [3],
      chunks: [2],
      dtype: [
        ['a', 'i4'],
        ['b', 'f8'],
      ],
    })
    await records.set('...', { a: 1, b: 2.5 })
    await records.set('1:', [7, 8], { fields: 'a' })
    expect((await list(records)).map((record) => ({ ...(record as object) }))).toEqual([
      { a: 1, b: 2.5 },
      { a: 7, b: 2.5 },
      { a: 8, b: 2.5 },
    ])
    const z = await zeros({ shape: [4, 4], chunks: [2, 2], dtype: 'i4' })
    await z.vindex.set([[[0], [3]], [[0, 1, 2]]], [[5], [6]])
    await z.oindex.set([[1, 2], [3]], [[1], [2]])
    await z.blocks.set([0, 1], 9)
    expect(await list(z)).toEqual([5, 5, 9, 9, 0, 0, 9, 9, 0, 0, 0, 2, 6, 6, 6, 0])
  })

  test('other arrays are copied piece by piece, with a cast and broadcasting', async () => {
    const from = await array(
      { data: Float64Array.from({ length: 12 }, (_, i) => i), shape: [3, 4] },
      { chunks: [2, 3] },
    )
    const to = await zeros({ shape: [2, 3, 4], chunks: [1, 2, 2], dtype: 'i2' })
    await to.set('...', from)
    expect(await list(to)).toEqual([...Array(2).keys()].flatMap(() => [...Array(12).keys()]))
    await from.set(
      '1:',
      from.dtype === 'float64'
        ? await array([
            [9, 9, 9, 9],
            [8, 8, 8, 8],
          ])
        : 0,
    )
    await from.append(from)
    expect(await list(from)).toEqual([0, 1, 2, 3, 9, 9, 9, 9, 8, 8, 8, 8, 0, 1, 2, 3, 9, 9, 9, 9, 8, 8, 8, 8])
    await expect(to.set('0', await array([0.5]))).rejects.toThrow(ValueError)
  })
})

describe('creating', () => {
  test('fills, likes, guesses and refusals', async () => {
    expect(await list(await ones(3))).toEqual([1, 1, 1])
    expect(await list(await full([2], 7, { dtype: 'u1' }))).toEqual([7, 7])
    const pattern = await full({
      shape: [4, 6],
      chunks: [2, 3],
      shards: [4, 6],
      dtype: 'i2',
      fillValue: 5,
      order: 'F',
      compressor: 'gzip:1',
    })
    const like = await fullLike(pattern)
    const { shape, chunks, shards, dtype, fillValue } = like
    expect({ shape, chunks, shards, dtype, fillValue }).toEqual({
      shape: [4, 6],
      chunks: [2, 3],
      shards: [4, 6],
      dtype: 'int16',
      fillValue: 5,
    })
    expect((await like.info()).split('\n')[1]).toContain('gzip')
    const document = new TextDecoder().decode(await like.store.get('zarr.json'))
    expect(JSON.parse(document)).toEqual(
      JSON.parse(new TextDecoder().decode(await pattern.store.get('zarr.json'))),
    )
    expect((await emptyLike(pattern, { shape: 3 })).shape).toEqual([3])
    expect(
      (await zeros({ shape: [4000, 4000], dtype: 'f4' })).chunks.reduce((n, length) => n * length * 4, 1),
    ).toBeGreaterThan(2 ** 20)
    for (const wrong of [
      { chunks: 0 },
      { chunks: [1, 2] },
      { dtype: 'nope' },
      { compressor: 'rar' },
      { shards: [3] },
      { zarrFormat: 1, shards: [4] },
    ])
      await expect(
        create({ shape: [4], chunks: [2], ...(wrong as object) }),
        JSON.stringify(wrong),
      ).rejects.toThrow(/\.$/)
    await expect(zeros({ shape: [2 ** 29], chunks: null, dtype: 'i8', compressor: 'blosc' })).rejects.toThrow(
      /blosc takes at most/,
    )
    await expect(zeros({ shape: [1], zarrFormat: 1, path: 'below' })).rejects.toThrow(UsageError)
  })

  test('modes', async () => {
    const store = new MemoryStore()
    const options = { shape: [3], dtype: 'i4' } as const
    await expect(open(store, { mode: 'r+' })).rejects.toThrow()
    const z = await open(store, { ...options, mode: 'a' })
    await z.set('0', 1)
    expect(await (await open(store, { mode: 'a', shape: [99] })).get('0')).toBe(1)
    await expect(open(store, { ...options, mode: 'w-' })).rejects.toThrow(NodeExistsError)
    const reading = await open(store, { mode: 'r' })
    expect(reading.readOnly).toBe(true)
    for (const change of [
      reading.set('0', 2),
      reading.resize(4),
      reading.append([1]),
      reading.attrs.set('a', 1),
    ])
      await expect(change).rejects.toThrow(ReadOnlyError)
    expect(await list(await open(store, { ...options, mode: 'w' }))).toEqual([0, 0, 0])
    expect((await openLike(z, new MemoryStore())).shape).toEqual([3])
    const root = await group({ zarrFormat: 2, attributes: { a: 1 } })
    await root.attrs.update({ b: [2n ** 60n] })
    expect(root.attrs.toJSON()).toEqual({ a: 1, b: [2n ** 60n] })
    await expect(root.attrs.set('f', (() => 1) as never)).rejects.toThrow(ValueError)
  })
})

test('resize: what was cut off does not come back, also past two edges at once; others may not change the shape unseen', async () => {
  const store = new MemoryStore()
  const z = await full({ store, shape: [5, 5], chunks: [3, 3], dtype: 'i4', fillValue: -1 })
  await z.set('...', 1)
  await z.resize(4, 4)
  await z.resize([5, null])
  await z.resize(null, 5)
  const items = await list(z)
  expect(items.map((item, at) => (at % 5 < 4 && at < 20 ? item === 1 : item === -1)).every(Boolean)).toBe(
    true,
  )
  const other = await open(store)
  await other.append([[2, 2, 2, 2, 2]])
  expect(other.shape).toEqual([6, 5])
  await expect(z.append([[3, 3, 3, 3, 3]])).rejects.toThrow(ConflictError)
  await z.refresh()
  await expect(z.append([[1]])).rejects.toThrow(ValueError)
  await expect(z.append([[1]], 5)).rejects.toThrow(UsageError)
  await expect(z.resize(1)).rejects.toThrow(UsageError)
})
