/** Times as the CF conventions write them: numbers of a unit since a date, in one of several calendars. */

/** Turns a number into a date; null for a number that has none. */
export type TimeText = (value: number | bigint) => string | null

const UNITS: Record<string, bigint> = {
  microsecond: 1n,
  millisecond: 1000n,
  second: 1_000_000n,
  minute: 60_000_000n,
  hour: 3_600_000_000n,
  day: 86_400_000_000n,
}
const SHORT: Record<string, string> = {
  us: 'microsecond',
  ms: 'millisecond',
  msec: 'millisecond',
  s: 'second',
  sec: 'second',
  min: 'minute',
  h: 'hour',
  hr: 'hour',
  d: 'day',
}
const DAY = 86_400_000_000n
const SINCE =
  /^([a-z]+)\s+since\s+(-?\d{1,6})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6})\d*)?)?)?\s*(?:Z|UTC|GMT|([+-]\d{1,2}):?(\d{2})?)?$/i

/**
 * The dates that a `units` attribute such as "hours since 1900-01-01 00:00:00" and a `calendar` stand for; null where
 * they are no time, or one this does not know: months and years have no fixed length. Dates are those of UTC.
 */
export function cfTime(units: string | undefined, calendar = 'standard'): TimeText | null {
  const match = SINCE.exec(units?.trim() ?? '')
  const days = CALENDARS[calendar.toLowerCase()]
  if (!match || !days) return null
  const [, word = '', year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = match
  const [zoneHours = '0', zoneMinutes = '0'] = match.slice(9)
  const name = word.toLowerCase()
  const unit = UNITS[SHORT[name.replace(/s$/, '')] ?? SHORT[name] ?? name.replace(/s$/, '')]
  const start = days.toDay(Number(year), Number(month), Number(day))
  if (unit === undefined || start === null) return null
  const clock =
    BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1_000_000n +
    BigInt(fraction.padEnd(6, '0'))
  const zone = Number(zoneHours) * 60 + (zoneHours.startsWith('-') ? -1 : 1) * Number(zoneMinutes)
  const epoch = BigInt(start) * DAY + clock - BigInt(zone) * 60_000_000n
  return (value) => {
    const since = microseconds(value, unit)
    return since === null ? null : dateText(epoch + since, days)
  }
}

function microseconds(value: number | bigint, unit: bigint): bigint | null {
  if (typeof value === 'bigint') return value * unit
  if (!Number.isFinite(value)) return null
  const whole = Math.trunc(value)
  // The whole units are exact; only what is left of one is rounded.
  return BigInt(whole) * unit + BigInt(Math.round((value - whole) * Number(unit)))
}

function dateText(at: bigint, calendar: Calendar): string | null {
  const clock = ((at % DAY) + DAY) % DAY
  const date = calendar.toDate(Number((at - clock) / DAY))
  if (!date) return null
  const two = (n: number | bigint): string => String(n).padStart(2, '0')
  const [year, month, day] = date
  const sign = year < 0 ? '-' : ''
  const text = `${sign}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`
  if (clock === 0n) return text
  const seconds = clock / 1_000_000n
  const rest = clock % 1_000_000n
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`
  const small = seconds % 60n === 0n && rest === 0n ? '' : `:${two(seconds % 60n)}${fraction}`
  return `${text} ${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}${small}`
}

interface Calendar {
  /** Days since an epoch of the calendar's own; null for a date it does not have. */
  toDay: (year: number, month: number, day: number) => number | null
  toDate: (day: number) => [year: number, month: number, day: number] | null
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const LEAP_LENGTHS = LENGTHS.with(1, 29)

/** Years of the lengths that `isLeap` says, in repeating `cycle` of so many years. */
function calendar(cycle: number, isLeap: (year: number) => boolean): Calendar {
  const yearDays = (year: number): number => (isLeap(year) ? 366 : 365)
  const starts = [0]
  for (let year = 0; year < cycle; year++) starts.push((starts[year] ?? 0) + yearDays(year))
  const cycleDays = starts[cycle] ?? 0
  const lengths = (year: number): readonly number[] => (isLeap(year) ? LEAP_LENGTHS : LENGTHS)
  return {
    toDay(year, month, day) {
      const own = lengths(year)
      if (month < 1 || month > 12 || day < 1 || day > (own[month - 1] ?? 0)) return null
      const turns = Math.floor(year / cycle)
      const before = own.slice(0, month - 1).reduce((a, b) => a + b, 0)
      return turns * cycleDays + (starts[year - turns * cycle] ?? 0) + before + day - 1
    },
    toDate(number) {
      const turns = Math.floor(number / cycleDays)
      let rest = number - turns * cycleDays
      const inCycle = starts.findLastIndex((start) => start <= rest)
      const year = turns * cycle + Math.min(inCycle, cycle - 1)
      rest -= starts[inCycle] ?? 0
      const own = lengths(year)
      let month = 0
      while (rest >= (own[month] ?? Infinity)) rest -= own[month++] ?? 0
      return [year, month + 1, rest + 1]
    },
  }
}

const gregorian = calendar(400, (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0)

const julian = calendar(4, (year) => year % 4 === 0)

/** Days of the Gregorian calendar's first day, 1582-10-15, before which "standard" is the Julian calendar. */
const REFORM = gregorian.toDay(1582, 10, 15) ?? 0
/** The Julian calendar's number of the same day. */
const JULIAN_REFORM = julian.toDay(1582, 10, 5) ?? 0

const standard: Calendar = {
  toDay(year, month, day) {
    const at = gregorian.toDay(year, month, day)
    if (at !== null && at >= REFORM) return at
    const before = julian.toDay(year, month, day)
    // Ten days of October 1582 were left out.
    return before === null || before >= JULIAN_REFORM ? null : before - JULIAN_REFORM + REFORM
  },
  toDate: (day) => (day < REFORM ? julian.toDate(day - REFORM + JULIAN_REFORM) : gregorian.toDate(day)),
}

const thirty: Calendar = {
  toDay: (year, month, day) =>
    month < 1 || month > 12 || day < 1 || day > 30 ? null : year * 360 + (month - 1) * 30 + day - 1,
  toDate(number) {
    const year = Math.floor(number / 360)
    const rest = number - year * 360
    return [year, Math.floor(rest / 30) + 1, (rest % 30) + 1]
  },
}

const noLeap = calendar(1, () => false)
const allLeap = calendar(1, () => true)

const CALENDARS: Record<string, Calendar | undefined> = {
  standard,
  gregorian: standard,
  proleptic_gregorian: gregorian,
  julian,
  noleap: noLeap,
  '365_day': noLeap,
  all_leap: allLeap,
  '366_day': allLeap,
  '360_day': thirty,
}
