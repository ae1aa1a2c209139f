/** Colours of the chunk map. Pure functions from numbers to colours, so that legend and map agree. */
export type Rgb = readonly [number, number, number]

/** Viridis at nine points; perceived lightness rises evenly, so it survives grey printing and colour blindness. */
const VIRIDIS: readonly Rgb[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
]

/** The colour at `t`, 0 to 1. */
export function viridis(t: number): Rgb {
  const at = Math.min(1, Math.max(0, t)) * (VIRIDIS.length - 1)
  const i = Math.min(VIRIDIS.length - 2, Math.floor(at))
  const [a, b] = [VIRIDIS[i] ?? [0, 0, 0], VIRIDIS[i + 1] ?? [0, 0, 0]] as const
  const mix = (k: 0 | 1 | 2): number => Math.round(a[k] + (b[k] - a[k]) * (at - i))
  return [mix(0), mix(1), mix(2)]
}

export interface Scale {
  min: number
  max: number
  /** Spread over more than two orders of magnitude: logarithmic. */
  log: boolean
}

/** The scale that holds all positive values; null without any. */
export function scaleOf(values: Iterable<number>): Scale | null {
  let min = Infinity
  let max = 0
  for (const v of values) {
    if (!(v > 0) || v === Infinity) continue
    if (v < min) min = v
    if (v > max) max = v
  }
  return max > 0 ? { min, max, log: max / min > 100 } : null
}

/** Where a value lies on the scale, 0 to 1; the middle where all values are the same. */
export function position(value: number, { min, max, log }: Scale): number {
  if (max <= min) return 0.5
  const t = log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min)
  return Math.min(1, Math.max(0, t))
}

export interface Histogram {
  /** Edges, one more than counts. */
  edges: number[]
  counts: number[]
  log: boolean
}

/** Counts of positive values in bins over their scale. */
export function histogram(values: readonly number[], bins: number): Histogram | null {
  const scale = scaleOf(values)
  if (!scale) return null
  const { min, max, log } = scale
  const n = max > min ? bins : 1
  const counts = new Array<number>(n).fill(0)
  for (const v of values) {
    if (!(v > 0)) continue
    const bin = Math.min(n - 1, Math.floor(position(v, scale) * n))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const edge = (i: number): number => (log ? min * (max / min) ** (i / n) : min + ((max - min) * i) / n)
  return { edges: Array.from({ length: n + 1 }, (_, i) => edge(i)), counts, log }
}
