/** The part of an axis that is seen, in places on it. */
export interface Span {
  from: number
  to: number
}

/** The whole of an axis of `count` positions, half a position beyond both ends. */
export const wholeSpan = (count: number): Span => ({ from: -0.5, to: Math.max(0.5, count - 0.5) })

/** Inside `outer`, at least `least` wide; its order (from ≤ to) is set right. */
export function clampSpan({ from, to }: Span, outer: Span, least: number): Span {
  const [low, high] = from <= to ? [from, to] : [to, from]
  const whole = outer.to - outer.from
  const width = Math.min(whole, Math.max(least, high - low))
  const middle = (low + high) / 2
  const start = Math.min(Math.max(outer.from, middle - width / 2), outer.to - width)
  return { from: start, to: start + width }
}

/** Nearer (factor < 1) or farther around a place that stays where it is. */
export function zoomSpan({ from, to }: Span, factor: number, around = (from + to) / 2): Span {
  return { from: around + (from - around) * factor, to: around + (to - around) * factor }
}

/** Whole positions that a span touches, inside an axis of `count`. */
export function positionsIn({ from, to }: Span, count: number): { start: number; count: number } {
  const start = Math.min(Math.max(0, Math.floor(from + 0.5)), Math.max(0, count - 1))
  const end = Math.max(start + 1, Math.min(count, Math.ceil(to + 0.5)))
  return { start, count: count === 0 ? 0 : end - start }
}

/** Nearly the same, as far as a person can see. */
export const sameSpan = (a: Span, b: Span): boolean =>
  Math.abs(a.from - b.from) + Math.abs(a.to - b.to) <= 1e-9 * Math.abs(a.to - a.from)
