/** Equal bins of whole numbers over [min, max], at most `bins`: bin i begins at `first + i * width`. */
export function wholeEdges(
  min: bigint,
  max: bigint,
  bins: number,
): { first: bigint; width: bigint; count: number } {
  const span = (max < min ? min : max) - min + 1n
  const width = (span + BigInt(bins) - 1n) / BigInt(bins)
  return { first: min, width, count: Number((span + width - 1n) / width) }
}

/**
 * Edges of bins over [min, max] as doubles: at most `bins` of equal distance, of equal ratio (`log`, for min > 0), or
 * of whole numbers (`isWhole`). A single value gets one bin around it.
 */
export function doubleEdges(
  min: number,
  max: number,
  bins: number,
  { log, isWhole }: { log: boolean; isWhole: boolean },
): Float64Array {
  if (isWhole && !log) {
    const width = Math.max(1, Math.ceil((Math.max(min, max) - min + 1) / bins))
    const count = Math.max(1, Math.ceil((Math.max(min, max) - min + 1) / width))
    return Float64Array.from({ length: count + 1 }, (_, i) => min + i * width)
  }
  if (max <= min) return aroundOne(min)
  const at = log
    ? (t: number) => min * (max / min) ** t
    : // Each end weighed on its own: their distance may be no double.
      (t: number) => min * (1 - t) + max * t
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => at(i / bins))
  edges[0] = min
  edges[bins] = max
  // Between neighbouring doubles there is no room for more edges.
  return edges.filter((edge, i) => i === 0 || edge > edges[i - 1]!)
}

function aroundOne(value: number): Float64Array {
  const half = value === 0 ? 0.5 : Math.abs(value) / 2 ** 20
  return Float64Array.of(value - half, value + half)
}
