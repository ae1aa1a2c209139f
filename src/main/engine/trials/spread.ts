import { product } from '@shared/selection/counts'
import { seededRandom, shuffled } from './random'

/** Grids up to this size are drawn from without repeats, chunk by chunk. */
const SMALL_GRID = 65_536

/**
 * Grid coordinates spread over the whole grid, as many as asked for or as there are, in an order of which every
 * beginning is spread as well. The seed determines them. Cost follows `count`, not the grid.
 */
export function spreadCoordinates(gridShape: readonly number[], count: number, seed: number): number[][] {
  const random = seededRandom(seed)
  const total = product(gridShape)
  if (total <= Math.max(count, 1)) return shuffled(total, random).map((n) => coordinatesOf(n, gridShape))
  const found = new Map<string, number[]>()
  // Every dimension is cut into as many strips as there are chunks to draw, and each strip is used once.
  const strips = gridShape.map(() => shuffled(count, random))
  for (let i = 0; i < count; i++) {
    const coords = gridShape.map((length, k) =>
      Math.min(length - 1, Math.floor(((strips[k]![i]! + random()) / count) * length)),
    )
    found.set(coords.join(), coords)
  }
  if (total <= SMALL_GRID) {
    for (const n of shuffled(total, random)) {
      if (found.size >= count) break
      const coords = coordinatesOf(n, gridShape)
      found.set(coords.join(), coords)
    }
  }
  return [...found.values()]
}

function coordinatesOf(number: number, gridShape: readonly number[]): number[] {
  const coords = gridShape.map(() => 0)
  for (let k = gridShape.length - 1, rest = number; k >= 0; k--) {
    coords[k] = rest % gridShape[k]!
    rest = Math.floor(rest / gridShape[k]!)
  }
  return coords
}
