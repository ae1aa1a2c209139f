import type { Scale, ScaleKind } from './scale'
import { scaleOf } from './scale'

/** The ends of a range of values, as places of the measure. */
export interface ValueRange {
  min: number
  max: number
}

export interface RangeWish {
  /** Typed bounds as places; null is automatic, NaN could not be read. */
  min: number | null
  max: number | null
  kind: ScaleKind
  /** Both ends as far from 0. */
  symmetric: boolean
}

export type RangeAnswer =
  { range: ValueRange; scale: Scale; problem: null } | { range: ValueRange; scale: Scale; problem: string }

/**
 * The range to draw: typed bounds, else the automatic ones. What cannot be drawn is a problem in words, and the
 * automatic range is drawn meanwhile. A range of one value is widened around it.
 *
 * @param smallestPositive where a logarithm may begin; null where no value is above 0
 */
export function chooseRange(
  auto: ValueRange | null,
  wish: RangeWish,
  smallestPositive: number | null,
): RangeAnswer {
  const all = auto ?? { min: 0, max: 1 }
  const typed = { min: wish.min ?? all.min, max: wish.max ?? all.max }
  const problem = problemOf(wish, typed, auto !== null, smallestPositive)
  let range = problem === null ? typed : all
  const kind = wish.kind === 'log' && (smallestPositive === null || problem !== null) ? 'linear' : wish.kind
  if (kind === 'log' && range.min <= 0) range = { ...range, min: smallestPositive ?? range.min }
  if (wish.symmetric && wish.min === null && wish.max === null && kind !== 'log') {
    const far = Math.max(Math.abs(range.min), Math.abs(range.max))
    range = { min: -far, max: far }
  }
  if (!(range.max > range.min)) range = around(range.min, kind === 'log')
  const scale = scaleOf(kind, Math.max(Math.abs(range.min), Math.abs(range.max)))
  return { range, scale, problem }
}

function problemOf(
  wish: RangeWish,
  { min, max }: ValueRange,
  hasValues: boolean,
  smallestPositive: number | null,
): string | null {
  if (Number.isNaN(min)) return 'The minimum is no number of this data type.'
  if (Number.isNaN(max)) return 'The maximum is no number of this data type.'
  if (wish.min !== null && wish.max !== null && min > max) return 'The minimum is above the maximum.'
  if (hasValues && (wish.min !== null || wish.max !== null) && min > max)
    return 'The bound lies beyond all values.'
  if (wish.kind !== 'log' || !hasValues) return null
  if (wish.max !== null && max <= 0) return 'A logarithm needs a maximum above 0.'
  if (wish.min !== null && min <= 0) return 'A logarithm needs a minimum above 0.'
  return smallestPositive === null ? 'No value is above 0, so there is no logarithm.' : null
}

function around(value: number, log: boolean): ValueRange {
  if (log) return { min: value / 2, max: value * 2 }
  const half = value === 0 ? 1 : Math.abs(value) * 0.05
  return { min: value - half, max: value + half }
}

/** The smallest value above 0; null without any. */
export function smallestPositive(values: Iterable<number>): number | null {
  let found: number | null = null
  for (const value of values) if (value > 0 && value < (found ?? Infinity)) found = value
  return found
}
