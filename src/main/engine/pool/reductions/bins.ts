import type { UsableNumbers } from './usable'

/** Counts between edges: `counts[0]` below the first, `counts.at(-1)` above the last. */
export interface EdgeBins {
  kind: 'edges'
  edges: Float64Array
  /** Edges of equal ratio; of equal distance otherwise. */
  log: boolean
  /** A value at the last edge lies in the last bin. */
  isClosed: boolean
  /** On shared memory. */
  counts: Float64Array
}

/** The same over 64-bit integers: bin i holds `first + i * width` up to, not including, the next. */
export interface WholeBins {
  kind: 'whole'
  first: bigint
  width: bigint
  counts: Float64Array
}

export function countEdges(into: EdgeBins, { numbers, usable }: UsableNumbers): void {
  const { edges, counts, log, isClosed } = into
  const bins = edges.length - 1
  const [first, last] = [edges[0]!, edges[bins]!]
  // Halves, because the distance of two doubles may be no double.
  const place = log
    ? (value: number) => (Math.log(value / first) / Math.log(last / first)) * bins
    : (value: number) => ((value / 2 - first / 2) / (last / 2 - first / 2)) * bins
  for (let i = 0; i < usable.length; i++) {
    if (usable[i] === 0) continue
    const value = numbers[i] as number
    if (value < first) counts[0]!++
    else if (value > last || (value === last && !isClosed)) counts[bins + 1]!++
    else {
      let bin = Math.min(bins - 1, Math.max(0, Math.floor(place(value)) || 0))
      // The quotient is rounded, the edges decide.
      while (bin > 0 && value < edges[bin]!) bin--
      while (bin < bins - 1 && value >= edges[bin + 1]!) bin++
      counts[bin + 1]!++
    }
  }
}

export function countWhole({ first, width, counts }: WholeBins, { numbers, usable }: UsableNumbers): void {
  const bins = counts.length - 2
  const end = first + width * BigInt(bins)
  // Below 2^53 no quotient of whole doubles rounds up to the next integer.
  const isSmall = end - first < 2n ** 53n
  const step = Number(width)
  for (let i = 0; i < usable.length; i++) {
    if (usable[i] === 0) continue
    const value = numbers[i] as bigint
    if (value < first) counts[0]!++
    else if (value >= end) counts[bins + 1]!++
    else {
      const bin = isSmall ? Math.floor(Number(value - first) / step) : Number((value - first) / width)
      counts[bin + 1]!++
    }
  }
}
