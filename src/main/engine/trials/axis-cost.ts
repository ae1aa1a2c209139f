import type { GridAxis } from '../chunks/grid'

/** What an access takes along one dimension, on average over its positions. */
export interface AxisCost {
  /** Chunks that hold a wanted item. */
  touched: number
  /** Items of these chunks, the part beyond the array's edge included: it is decoded as well. */
  items: number
  /** Items wanted. */
  wanted: number
}

/** One dimension of a layout: equal chunks, or those of a rectilinear grid. */
export type AxisChunks = number | GridAxis

/**
 * A window of `width` items at every position where it fits, in closed form for equal chunks: exact for any length, as
 * it is computed in whole numbers.
 */
export function windowCost(length: number, chunks: AxisChunks, width: number): AxisCost {
  const wanted = Math.min(width, length)
  if (wanted === 0) return { touched: 0, items: 0, wanted: 0 }
  if (typeof chunks !== 'number') return unevenCost(chunks, wanted)
  const [n, c, w] = [BigInt(length), BigInt(chunks), BigInt(wanted)]
  const positions = n - w + 1n
  // Chunk of the last item less chunk of the first one, plus one, summed over the positions.
  const sum = floorSum(n, c) - floorSum(w - 1n, c) - floorSum(positions, c) + positions
  const touched = ratio(sum, positions)
  return { touched, items: touched * chunks, wanted }
}

/** A run of `count` items `step` apart (never 0) from `start` on. */
export function runCost(
  chunks: AxisChunks,
  { start, step, count }: { start: number; step: number; count: number },
): AxisCost {
  if (count === 0) return { touched: 0, items: 0, wanted: 0 }
  const last = start + (count - 1) * step
  if (typeof chunks !== 'number') {
    const indices = Array.from({ length: count }, (_, i) => start + i * step)
    return listCost(chunks, indices)
  }
  // Steps shorter than a chunk skip none; longer ones meet another chunk each time.
  const between = Math.abs(Math.floor(last / chunks) - Math.floor(start / chunks)) + 1
  const touched = Math.abs(step) >= chunks ? count : between
  return { touched, items: touched * chunks, wanted: count }
}

/** Listed items, in any order. */
export function listCost(chunks: AxisChunks, indices: ArrayLike<number>): AxisCost {
  const met = new Set<number>()
  for (let i = 0; i < indices.length; i++)
    met.add(typeof chunks === 'number' ? Math.floor(indices[i]! / chunks) : chunks.chunkAt(indices[i]!))
  let items = 0
  for (const chunk of met) items += typeof chunks === 'number' ? chunks : chunks.size(chunk)
  return { touched: met.size, items, wanted: indices.length }
}

/** floor(0/c) + floor(1/c) + … + floor((m-1)/c). */
function floorSum(m: bigint, c: bigint): bigint {
  const [q, r] = [m / c, m % c]
  return (c * q * (q - 1n)) / 2n + q * r
}

/** A quotient of whole numbers of any size as the nearest double but for its last digits. */
function ratio(a: bigint, b: bigint): number {
  const whole = a / b
  return Number(whole) + Number(((a % b) * 2n ** 60n) / b) / 2 ** 60
}

/** A chunk is met by those positions whose window reaches into it. */
function unevenCost(axis: GridAxis, width: number): AxisCost {
  const last = axis.length - width
  let [touched, items] = [0, 0]
  for (let chunk = 0; chunk < axis.chunks; chunk++) {
    const [start, size] = [axis.start(chunk), axis.size(chunk)]
    const first = Math.max(0, start - width + 1)
    const share = (Math.min(last, start + size - 1) - first + 1) / (last + 1)
    touched += share
    items += share * size
  }
  return { touched, items, wanted: width }
}
