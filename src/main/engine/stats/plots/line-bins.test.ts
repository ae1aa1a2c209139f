import { describe, expect, test } from 'vitest'
import { AbortedError, SelectionError } from '@shared/errors'
import type { DimSlice } from '@shared/selection/selection'
import { lineBins } from './line-bins'
import { madeArray, whole } from './testing/made-array'

const wave = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.round(100 * Math.sin(i)))

/** Bins of plain numbers, one loop. */
function plainBins(values: readonly number[], bins: number): { min: number; max: number; mean: number }[] {
  const size = Math.ceil(values.length / bins)
  return Array.from({ length: Math.ceil(values.length / size) }, (_, b) => {
    const own = values.slice(b * size, (b + 1) * size).filter((v) => Number.isFinite(v))
    return {
      min: Math.min(...own),
      max: Math.max(...own),
      mean: own.reduce((a, b) => a + b, 0) / own.length,
    }
  })
}

describe('lineBins', () => {
  test.each([1, 3, 7, 10, 100])('%d bins over chunks of 9 hold what a plain loop finds', async (bins) => {
    const values = wave(100)
    const array = await madeArray({ shape: [100], chunks: [9], dtype: 'int16' }, values)
    const found = await lineBins(array, { dims: whole(array), bins })
    const expected = plainBins(values, bins)
    expect(found.binSize).toBe(Math.ceil(100 / bins))
    expect([...found.min]).toEqual(expected.map((b) => b.min))
    expect([...found.max]).toEqual(expected.map((b) => b.max))
    expected.forEach(({ mean, min }, i) => expect(min + found.meanAbove[i]!).toBeCloseTo(mean, 9))
    expect(found.tally).toMatchObject({ items: 100, values: 100, missing: 0 })
  })

  test('one spike, one NaN and one infinity among many are not lost', async () => {
    const values = wave(3000)
    values[1234] = 1e6
    values[77] = NaN
    values[2999] = -Infinity
    const array = await madeArray({ shape: [3000], chunks: [512], dtype: 'float64' }, values)
    const found = await lineBins(array, { dims: whole(array), bins: 10 })
    expect(found.max[4]).toBe(1e6)
    expect(found.tally).toMatchObject({ values: 2998, nans: 1, infinite: 1 })
    expect([...found.min]).toEqual(plainBins(values, 10).map((b) => b.min))
  })

  test('backwards and in steps, along any dimension of several', async () => {
    const values = wave(5 * 40)
    const array = await madeArray({ shape: [40, 5], chunks: [7, 2], dtype: 'float32' }, values)
    const dims: DimSlice[] = [
      { start: 38, step: -2, count: 19 },
      { start: 3, step: 1, count: 1, drop: true },
    ]
    const line = Array.from({ length: 19 }, (_, i) => values[(38 - 2 * i) * 5 + 3]!)
    const found = await lineBins(array, { dims, bins: 4 })
    expect([...found.min]).toEqual(plainBins(line, 4).map((b) => b.min))
    expect([...found.max]).toEqual(plainBins(line, 4).map((b) => b.max))
  })

  test('64-bit integers keep their last digit', async () => {
    const base = 2n ** 62n
    const values = Array.from({ length: 12 }, (_, i) => base + BigInt((i * 5) % 12))
    const array = await madeArray({ shape: [12], chunks: [5], dtype: 'int64' }, values)
    const { min, max, meanAbove } = await lineBins(array, { dims: whole(array), bins: 2 })
    expect([...min].map((v) => (v as bigint) - base)).toEqual([0n, 2n])
    expect([...max].map((v) => (v as bigint) - base)).toEqual([10n, 11n])
    expect(Array.from(meanAbove)).toEqual([4.5, 4.5])
  })

  test('missing chunks are left out and counted, or count as the fill value; broken ones are told', async () => {
    const options = { shape: [12], chunks: [3], dtype: 'int32', fillValue: -9 }
    const array = await madeArray(options, wave(12), { without: ['c/1'], broken: ['c/3'] })
    const apart = await lineBins(array, { dims: whole(array), bins: 4 })
    expect(Array.from(apart.values)).toEqual([3, 0, 3, 0])
    expect(Array.from(apart.missing)).toEqual([0, 3, 0, 0])
    expect(Array.from(apart.unreadableItems)).toEqual([0, 0, 0, 3])
    expect(apart.unreadable).toMatchObject({ chunks: 1 })
    expect(apart.unreadable?.message).toContain('a/c/3')
    const filled = await lineBins(array, { dims: whole(array), bins: 4, countMissing: true })
    expect([filled.min[1], filled.max[1], filled.meanAbove[1]]).toEqual([-9, -9, 0])
    expect(filled.tally).toMatchObject({ values: 9, missing: 3, unreadable: 3 })
  })

  test('masked values, parts of complex numbers, fields of records', async () => {
    const array = await madeArray({ shape: [4], chunks: [4], dtype: 'int16' }, [5, -999, 7, -999])
    const masked = await lineBins(array, { dims: whole(array), bins: 1, masked: ['-999'] })
    expect([masked.min[0], masked.max[0], masked.tally.masked]).toEqual([5, 7, 2])
    const complex = await madeArray({ shape: [2], chunks: [2], dtype: 'complex128' }, [
      [3, -4],
      [0, 1],
    ])
    const of = async (part: 'magnitude' | 'phase' | 'imaginary') => [
      ...(await lineBins(complex, { dims: whole(complex), bins: 2, part })).min,
    ]
    expect(await of('magnitude')).toEqual([5, 1])
    expect(await of('imaginary')).toEqual([-4, 1])
    expect(await of('phase')).toEqual([Math.atan2(-4, 3), Math.PI / 2])
  })

  test('refuses planes and texts, and stops when it is told to', async () => {
    const plane = await madeArray({ shape: [3, 3], chunks: [3, 3], dtype: 'int16' }, wave(9))
    await expect(lineBins(plane, { dims: whole(plane), bins: 2 })).rejects.toThrow(SelectionError)
    const texts = await madeArray({ shape: [2], chunks: [2], dtype: '<U3' }, ['a', 'b'])
    await expect(lineBins(texts, { dims: whole(texts), bins: 2 })).rejects.toThrow(/numbers/)
    const line = await madeArray({ shape: [9], chunks: [3], dtype: 'int16' }, wave(9))
    const signal = AbortSignal.abort()
    await expect(lineBins(line, { dims: whole(line), bins: 2 }, { signal })).rejects.toThrow(AbortedError)
  })
})
