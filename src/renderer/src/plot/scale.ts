/** Scales of axes and colours: how values become places, and where ticks stand. */
export type ScaleKind = 'linear' | 'log' | 'symlog'

export interface Scale {
  kind: ScaleKind
  /** Place of a value; NaN for values that the scale cannot show. */
  forward: (value: number) => number
  inverse: (place: number) => number
  /** Values at which about `count` ticks stand between two values. */
  ticks: (min: number, max: number, count: number) => number[]
}

const LINEAR: Scale = {
  kind: 'linear',
  forward: (value) => value,
  inverse: (place) => place,
  ticks: linearTicks,
}

const LOG: Scale = {
  kind: 'log',
  forward: (value) => (value > 0 ? Math.log10(value) : NaN),
  inverse: (place) => 10 ** place,
  ticks: (min, max, count) => (max / min < 30 ? linearTicks(min, max, count) : powers(min, max, count)),
}

/** Linear between -threshold and threshold, logarithmic beyond. */
function symlog(threshold: number): Scale {
  const forward = (value: number): number => Math.sign(value) * Math.log10(1 + Math.abs(value) / threshold)
  return {
    kind: 'symlog',
    forward,
    inverse: (place) => Math.sign(place) * (10 ** Math.abs(place) - 1) * threshold,
    ticks(min, max, count) {
      const side = (end: number): number[] =>
        end > threshold ? powers(threshold, end, Math.max(2, count / 2)) : []
      const ticks = [...side(-min).map((v) => -v), 0, ...side(max)]
      const inside = ticks.filter((v) => v >= min && v <= max).sort((a, b) => a - b)
      return inside.length > 1 ? inside : linearTicks(min, max, count)
    },
  }
}

/** A scale for values up to `largest` in magnitude, from which symlog takes where it begins to be logarithmic. */
export const scaleOf = (kind: ScaleKind, largest: number): Scale =>
  kind === 'linear' ? LINEAR : kind === 'log' ? LOG : symlog(symlogThreshold(largest))

/** Three decades below the largest value. */
export const symlogThreshold = (largest: number): number =>
  largest > 0 && Number.isFinite(largest) ? 10 ** (Math.floor(Math.log10(largest)) - 3) : 1

/** 1, 2 or 5 times a power of ten, at least `rough`. */
export function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5].find((f) => f * power >= rough * (1 - 1e-9)) ?? 10
  return factor * power
}

function linearTicks(min: number, max: number, count: number): number[] {
  if (!(max > min)) return [min]
  const step = niceStep(max / count - min / count)
  const ticks: number[] = []
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max + step * 1e-9; i++)
    // Digits beyond the step's own are errors of the multiplication.
    ticks.push(Number((i * step).toPrecision(14)))
  return ticks
}

function powers(min: number, max: number, count: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9)
  const last = Math.floor(Math.log10(max) + 1e-9)
  const every = Math.max(1, Math.ceil((last - first + 1) / count))
  const ticks: number[] = []
  for (let e = first; e <= last; e += every) ticks.push(Number(`1e${e}`))
  return ticks
}

/** A tick's value as short as it can be told from its neighbours. */
export function tickText(value: number): string {
  const size = Math.abs(value)
  if (value !== 0 && (size >= 1e7 || size < 1e-4))
    return value
      .toExponential(6)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e')
  return String(Number(value.toPrecision(10)))
}
