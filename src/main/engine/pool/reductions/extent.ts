import type { Exact } from '@shared/model/plots'
import type { UsableNumbers } from './usable'

/** The ends of the values; null without any. */
export interface Extent {
  min: Exact | null
  max: Exact | null
  /** The smallest of those above 0. */
  minPositive: Exact | null
}

export function extentOf({ numbers, usable }: UsableNumbers): Extent {
  let min: Exact | null = null
  let max: Exact | null = null
  let minPositive: Exact | null = null
  for (let i = 0; i < usable.length; i++) {
    if (usable[i] === 0) continue
    const value = numbers[i]!
    if (min === null || value < min) min = value
    if (max === null || value > max) max = value
    if (value > 0 && (minPositive === null || value < minPositive)) minPositive = value
  }
  return { min, max, minPositive }
}

/** The ends of two sets of values together. */
export function joinedExtent(a: Extent, b: Extent): Extent {
  const lower = (x: Exact | null, y: Exact | null): Exact | null =>
    x === null || (y !== null && y < x) ? y : x
  const upper = (x: Exact | null, y: Exact | null): Exact | null =>
    x === null || (y !== null && y > x) ? y : x
  return {
    min: lower(a.min, b.min),
    max: upper(a.max, b.max),
    minPositive: lower(a.minPositive, b.minPositive),
  }
}
