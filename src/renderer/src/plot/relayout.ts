import type { PlotEvents } from './plotly-types'
import type { Span } from './window'

/** The ranges that a zoom or pan of plotly asks for; null along an axis that it left alone. */
export function relayoutSpans(change: PlotEvents['plotly_relayout']): { x: Span | null; y: Span | null } {
  return { x: axisSpan(change, 'xaxis'), y: axisSpan(change, 'yaxis') }
}

function axisSpan(change: PlotEvents['plotly_relayout'], axis: string): Span | null {
  const list = change[`${axis}.range`]
  const pair: unknown[] = Array.isArray(list)
    ? list
    : [change[`${axis}.range[0]`], change[`${axis}.range[1]`]]
  const [a, b] = pair.map(Number)
  if (a === undefined || b === undefined || !Number.isFinite(a) || !Number.isFinite(b)) return null
  return a <= b ? { from: a, to: b } : { from: b, to: a }
}

/** A part of a span, given as shares of it. */
export const partOf = ({ from, to }: Span, part: Span): Span => ({
  from: from + part.from * (to - from),
  to: from + part.to * (to - from),
})

/** The same, where the span is drawn from its end to its start. */
export const partOfReversed = (span: Span, part: Span): Span =>
  partOf(span, { from: 1 - part.to, to: 1 - part.from })
