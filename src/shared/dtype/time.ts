import { ValueError } from '../errors'
import type { TimeUnit } from './spec'

/** Not a time: the lowest int64, as NumPy has it. */
export const NAT = -(2n ** 63n)
export const INT64_MAX = 2n ** 63n - 1n

/** Units that are a fixed number of attoseconds; Y and M count months. */
const ATTOSECONDS: Partial<Record<TimeUnit, bigint>> = {
  W: 604_800n * 10n ** 18n,
  D: 86_400n * 10n ** 18n,
  h: 3_600n * 10n ** 18n,
  m: 60n * 10n ** 18n,
  s: 10n ** 18n,
  ms: 10n ** 15n,
  us: 10n ** 12n,
  ns: 10n ** 9n,
  ps: 10n ** 6n,
  fs: 10n ** 3n,
  as: 1n,
}
const MONTHS: Partial<Record<TimeUnit, bigint>> = { Y: 12n, M: 1n }
const FRACTION_DIGITS: Partial<Record<TimeUnit, number>> = { ms: 3, us: 6, ns: 9, ps: 12, fs: 15, as: 18 }

const SECOND = 10n ** 18n
const DAY = 86_400n * SECOND

/** A unit and its multiple, such as 25 s. */
export interface TimeStep {
  unit: TimeUnit
  scale: number
}

/** A moment in ISO form, exact in any year, as NumPy prints it; "NaT"; the bare count where the unit is generic. */
export function formatDatetime(ticks: bigint, { unit, scale }: TimeStep): string {
  if (ticks === NAT) return 'NaT'
  if (unit === 'generic') return ticks.toString()
  const count = ticks * BigInt(scale)
  const months = MONTHS[unit]
  if (months !== undefined) {
    const total = count * months
    const year = isoYear(1970n + floorDiv(total, 12n))
    return unit === 'Y' ? year : `${year}-${two(mod(total, 12n) + 1n)}`
  }
  const instant = count * ATTOSECONDS[unit]!
  const { year, month, day } = civil(floorDiv(instant, DAY))
  const date = `${isoYear(year)}-${two(month)}-${two(day)}`
  if (unit === 'W' || unit === 'D') return date
  const inDay = mod(instant, DAY)
  const seconds = inDay / SECOND
  let text = `${date}T${two(seconds / 3600n)}`
  if (unit === 'h') return text
  text += `:${two((seconds / 60n) % 60n)}`
  if (unit === 'm') return text
  text += `:${two(seconds % 60n)}`
  const digits = FRACTION_DIGITS[unit]
  if (digits === undefined) return text
  return `${text}.${(inDay % SECOND).toString().padStart(18, '0').slice(0, digits)}`
}

const ISO =
  /^([+-]?\d+)(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,18}))?)?)?(Z)?)?)?)?$/

/**
 * The count of steps that an ISO date or time names. Throws ValueError where it is no such text, falls between two
 * steps (nothing is rounded), or lies outside int64.
 */
export function parseDatetime(text: string, step: TimeStep): bigint {
  const clean = text.trim()
  if (/^nat$/i.test(clean)) return NAT
  if (step.unit === 'generic') {
    if (/^[+-]?\d+$/.test(clean)) return checkTicks(BigInt(clean), clean)
    throw new ValueError(
      `"${clean}" cannot be stored: this type has no unit, so it takes NaT or a whole number.`,
    )
  }
  const match = ISO.exec(clean)
  if (match === null) {
    throw new ValueError(
      `"${clean}" is not a date or time; write it as 2001-02-03, 2001-02-03T04:05:06.5 or NaT.`,
    )
  }
  const [, y, mo = '01', d = '01', h = '00', mi = '00', s = '00', fraction = ''] = match
  const year = BigInt(y!)
  const [month, day, hour, minute, second] = [mo, d, h, mi, s].map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ]
  if (month < 1n || month > 12n) throw new ValueError(`"${clean}": there is no month ${mo}.`)
  if (day < 1n || day > daysInMonth(year, month))
    throw new ValueError(`"${clean}": there is no day ${d} in that month.`)
  if (hour > 23n || minute > 59n || second > 59n)
    throw new ValueError(`"${clean}": there is no such time of day.`)

  const days = daysFromCivil(year, month, day)
  const inDay = ((hour * 60n + minute) * 60n + second) * SECOND + BigInt(fraction.padEnd(18, '0'))
  const months = MONTHS[step.unit]
  if (months === undefined)
    return whole(days * DAY + inDay, ATTOSECONDS[step.unit]! * BigInt(step.scale), clean, step)
  if (day !== 1n || inDay !== 0n) throw between(clean, step)
  return whole((year - 1970n) * 12n + month - 1n, months * BigInt(step.scale), clean, step)
}

const UNIT_WORDS: Record<string, TimeUnit> = {
  year: 'Y',
  month: 'M',
  week: 'W',
  day: 'D',
  hour: 'h',
  minute: 'm',
  second: 's',
  millisecond: 'ms',
  microsecond: 'us',
  nanosecond: 'ns',
  picosecond: 'ps',
  femtosecond: 'fs',
  attosecond: 'as',
}

/** The unit that a symbol or an English word names; undefined for others. `μs` is `us`. */
export function timeUnit(word: string): TimeUnit | undefined {
  if (word === 'generic') return 'generic'
  if (word === 'μs' || word === 'µs') return 'us'
  if (Object.hasOwn(MONTHS, word) || Object.hasOwn(ATTOSECONDS, word)) return word as TimeUnit
  const singular = word.toLowerCase().replace(/s$/, '')
  return Object.hasOwn(UNIT_WORDS, singular) ? UNIT_WORDS[singular] : undefined
}

/** The count of steps of a duration: a bare count, or a number with a unit such as "90 s" or "2 hours"; NaT. Throws ValueError. */
export function parseTimedelta(text: string, step: TimeStep): bigint {
  const clean = text.trim()
  if (/^nat$/i.test(clean)) return NAT
  const match = /^([+-]?\d+)\s*([A-Za-zμµ]+)?$/.exec(clean)
  if (match === null)
    throw new ValueError(`"${clean}" is not a duration; write a whole number, "90 s" or NaT.`)
  const count = BigInt(match[1]!)
  if (match[2] === undefined) return checkTicks(count, clean)
  const unit = timeUnit(match[2])
  if (unit === undefined) throw new ValueError(`"${match[2]}" is not a unit of time.`)
  if (unit === step.unit) return whole(count, BigInt(step.scale), clean, step)
  const [months, stepMonths] = [MONTHS[unit], MONTHS[step.unit]]
  if (months !== undefined && stepMonths !== undefined) {
    return whole(count * months, stepMonths * BigInt(step.scale), clean, step)
  }
  const [size, stepSize] = [ATTOSECONDS[unit], ATTOSECONDS[step.unit]]
  if (size !== undefined && stepSize !== undefined) {
    return whole(count * size, stepSize * BigInt(step.scale), clean, step)
  }
  throw new ValueError(`"${clean}" has no fixed length in steps of ${stepName(step)}.`)
}

function whole(amount: bigint, size: bigint, text: string, step: TimeStep): bigint {
  if (mod(amount, size) !== 0n) throw between(text, step)
  return checkTicks(amount / size, text)
}

const between = (text: string, step: TimeStep): ValueError =>
  new ValueError(`"${text}" falls between two values of this type, which counts steps of ${stepName(step)}.`)

const stepName = ({ unit, scale }: TimeStep): string => `${scale} ${unit}`

function checkTicks(ticks: bigint, text: string): bigint {
  if (ticks > NAT && ticks <= INT64_MAX) return ticks
  throw new ValueError(`"${text}" is outside what this type can count (${NAT + 1n} to ${INT64_MAX} steps).`)
}

// Proleptic Gregorian calendar on whole days since 1970-01-01, exact for any year; eras of 400 years start on 1 March.

function daysFromCivil(year: bigint, month: bigint, day: bigint): bigint {
  const y = month <= 2n ? year - 1n : year
  const era = floorDiv(y, 400n)
  const yearOfEra = y - era * 400n
  const dayOfYear = (153n * ((month + 9n) % 12n) + 2n) / 5n + day - 1n
  return era * 146_097n + yearOfEra * 365n + yearOfEra / 4n - yearOfEra / 100n + dayOfYear - 719_468n
}

function civil(days: bigint): { year: bigint; month: bigint; day: bigint } {
  const shifted = days + 719_468n
  const era = floorDiv(shifted, 146_097n)
  const dayOfEra = shifted - era * 146_097n
  const yearOfEra = (dayOfEra - dayOfEra / 1460n + dayOfEra / 36_524n - dayOfEra / 146_096n) / 365n
  const dayOfYear = dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n)
  const shiftedMonth = (5n * dayOfYear + 2n) / 153n
  const month = shiftedMonth < 10n ? shiftedMonth + 3n : shiftedMonth - 9n
  const year = yearOfEra + era * 400n + (month <= 2n ? 1n : 0n)
  return { year, month, day: dayOfYear - (153n * shiftedMonth + 2n) / 5n + 1n }
}

function daysInMonth(year: bigint, month: bigint): bigint {
  const next = month === 12n ? daysFromCivil(year + 1n, 1n, 1n) : daysFromCivil(year, month + 1n, 1n)
  return next - daysFromCivil(year, month, 1n)
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}
const mod = (a: bigint, b: bigint): bigint => a - floorDiv(a, b) * b
const two = (value: bigint): string => value.toString().padStart(2, '0')
const isoYear = (year: bigint): string =>
  year < 0n ? `-${(-year).toString().padStart(3, '0')}` : year.toString().padStart(4, '0')
