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

/** The linear scale of all finite values, whatever their sign; null without any. */
export function signedScale(values: Iterable<number>): Scale | null {
  let [min, max] = [Infinity, -Infinity]
  for (const v of values) {
    if (!Number.isFinite(v)) continue
    if (v < min) min = v
    if (v > max) max = v
  }
  return min <= max ? { min, max, log: false } : null
}

/** Where a value lies on the scale, 0 to 1; the middle where all values are the same. */
export function position(value: number, { min, max, log }: Scale): number {
  if (max <= min) return 0.5
  const t = log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min)
  return Math.min(1, Math.max(0, t))
}
