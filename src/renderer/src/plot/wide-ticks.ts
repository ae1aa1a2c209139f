import type { DataTypeSpec, TimeUnit } from '@shared/dtype/spec'
import { niceStep } from './scale'

/** Seconds of units that are a fixed length. */
const SECONDS: Partial<Record<TimeUnit, number>> = {
  W: 604_800,
  D: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  ns: 1e-9,
  ps: 1e-12,
  fs: 1e-15,
  as: 1e-18,
}
/** Steps of clocks and calendars between a second and a day. */
const CLOCK = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]

/** Distances from `base` at which whole, round numbers lie between two distances; of times, round times. */
export function wideTicks(
  min: number,
  max: number,
  count: number,
  base: bigint,
  dtype: DataTypeSpec,
): number[] {
  const rough = (max - min) / count
  if (!(rough > 0)) return [min]
  const months = monthTicks(min, max, rough, base, dtype)
  if (months) return months
  const step = BigInt(Math.max(1, Math.round(roundStep(rough, dtype))))
  const from = base + BigInt(Math.ceil(min))
  const remainder = ((from % step) + step) % step
  const first = remainder === 0n ? from : from - remainder + step
  const ticks: number[] = []
  for (let at = first; Number(at - base) <= max; at += step) ticks.push(Number(at - base))
  return ticks
}

const DAY_MS = 86_400_000
/** Months from tick to tick. */
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000]
/** What a Date can hold. */
const MOST_MS = 8.64e15

/** First days of months or years; null for steps of less than a month and for what has no calendar. */
function monthTicks(
  min: number,
  max: number,
  rough: number,
  base: bigint,
  dtype: DataTypeSpec,
): number[] | null {
  const unit = dtype.kind === 'datetime' ? SECONDS[dtype.unit] : undefined
  if (dtype.kind !== 'datetime' || unit === undefined) return null
  const tickMs = unit * dtype.scale * 1000
  const step = MONTHS.find((months) => months * 30 * DAY_MS >= rough * tickMs)
  const [from, to] = [(Number(base) + min) * tickMs, (Number(base) + max) * tickMs]
  if (rough * tickMs < 20 * DAY_MS || step === undefined || Math.max(-from, to) > MOST_MS) return null
  const start = new Date(from)
  const first = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step
  const ticks: number[] = []
  for (let month = first; ; month += step) {
    const ms = Date.UTC(2000, month - 24_000, 1)
    if (!(ms <= to)) return ticks
    // Whole days are whole ticks of any unit up to a day; of weeks only some are.
    const at = Number(BigInt(Math.round(ms / tickMs)) - base)
    if (ms >= from && ms % tickMs === 0) ticks.push(at)
  }
}

function roundStep(rough: number, dtype: DataTypeSpec): number {
  const isTime = dtype.kind === 'datetime' || dtype.kind === 'timedelta'
  const unit = isTime ? SECONDS[dtype.unit] : undefined
  if (!isTime || unit === undefined) return niceStep(rough)
  const tick = unit * dtype.scale
  const seconds = rough * tick
  if (seconds < 1) return niceStep(seconds) / tick
  const clock = CLOCK.find((step) => step >= seconds)
  return (clock ?? niceStep(seconds / 86_400) * 86_400) / tick
}
