import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chunkCoordinates,
  chunkCount,
  chunkGrid,
  chunkOf,
  chunkShape,
  chunkStart,
  clippedShape,
} from './grid'

describe('regular grid', () => {
  const grid = chunkGrid({ kind: 'regular', shape: [4, 3] }, [10, 6])

  test('counts chunks, the last one running over the edge', () => {
    expect(grid.gridShape).toEqual([3, 2])
    expect(chunkStart(grid, [2, 1])).toEqual([8, 3])
    expect(chunkShape(grid, [2, 1])).toEqual([4, 3])
    expect(clippedShape(grid, [2, 1])).toEqual([2, 3])
    expect(chunkOf(grid, [7, 3])).toEqual([1, 1])
  })

  test('an array without dimensions is one chunk', () => {
    const scalar = chunkGrid({ kind: 'regular', shape: [] }, [])
    expect(chunkCount(scalar)).toBe(1n)
    expect([...chunkCoordinates(scalar)]).toEqual([[]])
  })

  test('an empty array has no chunks', () => {
    const empty = chunkGrid({ kind: 'regular', shape: [4, 3] }, [10, 0])
    expect(empty.gridShape).toEqual([3, 0])
    expect([...chunkCoordinates(empty)]).toEqual([])
  })

  test('is exact up to 2^53', () => {
    const length = Number.MAX_SAFE_INTEGER
    const sizes = fc.integer({ min: 1, max: 2 ** 40 })
    fc.assert(
      fc.property(fc.maxSafeNat(), sizes, fc.integer({ min: -1, max: 1 }), (raw, size, near) => {
        const { axes } = chunkGrid({ kind: 'regular', shape: [size] }, [length])
        const border = raw - (raw % size) + near
        const index = Math.min(Math.max(border, 0), length - 1)
        expect(axes[0]!.chunkAt(index)).toBe(Number(BigInt(index) / BigInt(size)))
        expect(axes[0]!.chunks).toBe(Number((BigInt(length) + BigInt(size) - 1n) / BigInt(size)))
      }),
      { seed: 1 },
    )
  })

  test('counts more chunks than a number can hold', () => {
    const wide = chunkGrid({ kind: 'regular', shape: [1, 1] }, [1e15, 1e15])
    expect(chunkCount(wide)).toBe(10n ** 30n)
    expect(chunkCoordinates(wide).next().value).toEqual([0, 0])
  })
})

describe('rectilinear grid', () => {
  test('agrees with a walk over its edges', () => {
    const edges = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(edges, fc.nat({ max: 8 }), (sizes, over) => {
        const length = Math.max(0, sizes.reduce((a, b) => a + b) - over)
        const owner = sizes
          .flatMap((size, chunk) => Array.from({ length: size }, () => chunk))
          .slice(0, length)
        const axis = chunkGrid({ kind: 'rectilinear', edges: [sizes] }, [length]).axes[0]!
        expect(axis.chunks).toBe(new Set(owner).size)
        owner.forEach((chunk, index) => {
          expect(axis.chunkAt(index)).toBe(chunk)
          expect(axis.start(chunk)).toBe(owner.indexOf(chunk))
          expect(axis.size(chunk)).toBe(sizes[chunk])
        })
      }),
      { seed: 2 },
    )
  })
})

test('coordinates come in C order', () => {
  const grid = chunkGrid({ kind: 'rectilinear', edges: [[1, 2], [5], [2, 2, 2]] }, [3, 5, 5])
  expect([...chunkCoordinates(grid)]).toEqual([
    [0, 0, 0],
    [0, 0, 1],
    [0, 0, 2],
    [1, 0, 0],
    [1, 0, 1],
    [1, 0, 2],
  ])
})
