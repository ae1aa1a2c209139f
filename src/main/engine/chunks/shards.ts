import { chunkGrid, type ChunkGrid } from './grid'

/** Where an inner chunk lies: its shard in the stored grid, and its C-order number inside, one per nesting level. */
export interface InnerPlace {
  shard: number[]
  inner: number[]
}

/**
 * The grid of the innermost chunks of a sharded array. They are equal and line up across shards, also across shards
 * of different declared lengths, because every shard is a whole number of them.
 *
 * @param levels inner chunk shape per nesting level, outermost first
 */
export function innerGrid(grid: ChunkGrid, levels: readonly (readonly number[])[]): ChunkGrid {
  const innermost = levels.at(-1)
  return innermost ? chunkGrid({ kind: 'regular', shape: [...innermost] }, grid.shape) : grid
}

/** The shard and the numbers inside it of the inner chunk at `coords` of `innerGrid(grid, levels)`. */
export function locateInner(
  grid: ChunkGrid,
  levels: readonly (readonly number[])[],
  coords: readonly number[],
): InnerPlace {
  const innermost = levels.at(-1)
  if (!innermost) return { shard: [...coords], inner: [] }
  const first = coords.map((c, k) => c * innermost[k]!)
  const shard = first.map((index, k) => grid.axes[k]!.chunkAt(index))
  const offset = first.map((index, k) => index - grid.axes[k]!.start(shard[k]!))
  let outer: readonly number[] = shard.map((c, k) => grid.axes[k]!.size(c))
  const inner = levels.map((shape) => {
    let number = 0
    shape.forEach((size, k) => {
      const at = Math.floor(offset[k]! / size)
      offset[k]! -= at * size
      number = number * (outer[k]! / size) + at
    })
    outer = shape
    return number
  })
  return { shard, inner }
}
