import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunkCoordinates, chunkGrid, chunkOf } from './grid'
import { innerGrid, locateInner } from './shards'

test('an inner chunk lies in one shard, numbered per level as a walk inside it says', () => {
  const small = fc.integer({ min: 1, max: 3 })
  const perAxis = fc.record({
    inner: small,
    middle: small,
    shards: fc.array(small, { minLength: 1, maxLength: 4 }),
    cut: fc.nat({ max: 3 }),
  })
  fc.assert(
    fc.property(fc.array(perAxis, { minLength: 1, maxLength: 2 }), (axes) => {
      const inner = axes.map((a) => a.inner)
      const middle = axes.map((a) => a.inner * a.middle)
      const edges = axes.map((a) => a.shards.map((n) => n * a.inner * a.middle))
      const shape = edges.map((sizes, k) => Math.max(0, sizes.reduce((x, y) => x + y) - axes[k]!.cut))
      const grid = chunkGrid({ kind: 'rectilinear', edges }, shape)
      const levels = [middle, inner]
      const fine = innerGrid(grid, levels)
      for (const coords of chunkCoordinates(fine)) {
        const place = locateInner(grid, levels, coords)
        const first = coords.map((c, k) => c * inner[k]!)
        expect(place.shard).toEqual(chunkOf(grid, first))
        const inShard = first.map((i, k) => i - grid.axes[k]!.start(place.shard[k]!))
        const outer = number(
          inShard,
          middle,
          place.shard.map((c, k) => grid.axes[k]!.size(c)),
        )
        const nested = number(
          inShard.map((i, k) => i % middle[k]!),
          inner,
          middle,
        )
        expect(place.inner).toEqual([outer, nested])
      }
    }),
    { seed: 5 },
  )
})

test('without shards the grid is its own', () => {
  const grid = chunkGrid({ kind: 'regular', shape: [2] }, [5])
  expect(innerGrid(grid, [])).toBe(grid)
  expect(locateInner(grid, [], [2])).toEqual({ shard: [2], inner: [] })
})

/** C-order number of the chunk of `size` that holds the item at `index` of a box of `shape`. */
const number = (index: number[], size: number[], shape: number[]): number =>
  index.reduce((n, i, k) => n * (shape[k]! / size[k]!) + Math.floor(i / size[k]!), 0)
