import type { JobInfo } from '@shared/model/jobs'
import { formatBytes, formatCount } from '../ui/format'

/** How far a job is: "1.2 GiB of 4.0 GiB, 210.0 MiB/s, 14 s left". */
export function progressText({ done, total, unit, rate, secondsLeft, state, phase }: JobInfo): string {
  const amount = (n: number): string => (unit === 'bytes' ? formatBytes(n) : `${formatCount(n)} ${unit}`)
  const speed = (n: number): string => (unit === 'bytes' ? `${formatBytes(n)}/s` : `${formatCount(n)}/s`)
  const parts = [
    state === 'paused' ? 'paused' : phase,
    total === null ? (done > 0 ? amount(done) : '') : `${amount(done)} of ${amount(total)}`,
    rate !== null && rate > 0 ? speed(rate) : '',
    secondsLeft === null ? '' : `${durationText(secondsLeft)} left`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** 7 → "7 s", 130 → "2 min 10 s", 4000 → "1 h 7 min". */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

export const percentOf = ({ done, total }: Pick<JobInfo, 'done' | 'total'>): number | undefined =>
  total === null || total === 0 ? undefined : Math.min(100, Math.floor((100 * done) / total))
