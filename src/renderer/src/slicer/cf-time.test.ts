import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cfTime } from './cf-time'

describe('cfTime', () => {
  // Expected dates are those of cftime.num2date and NumPy.
  test.each<[units: string, calendar: string | undefined, value: number | bigint, text: string]>([
    ['days since 2000-01-01', undefined, 0, '2000-01-01'],
    ['hours since 1900-01-01 00:00:00.0', 'gregorian', 1_000_003, '2014-01-29 19:00'],
    ['days since 1970-01-01', 'proleptic_gregorian', -719_162, '0001-01-01'],
    ['seconds since 1970-01-01T00:00:00Z', 'standard', 1_700_000_000, '2023-11-14 22:13:20'],
    ['minutes since 2020-02-28 23:30', 'standard', 45, '2020-02-29 00:15'],
    ['days since 2020-02-28', 'noleap', 1, '2020-03-01'],
    ['days since 2021-02-28', '366_day', 1, '2021-02-29'],
    ['days since 2000-01-01', '360_day', 59, '2000-02-30'],
    ['days since 1900-01-01', 'julian', 59, '1900-02-29'],
    ['milliseconds since 2000-01-01', 'standard', 1.5, '2000-01-01 00:00:00.0015'],
    ['s since 2000-01-01', 'standard', 9_007_199_254_740_993n, '285428781-11-11 07:36:33'],
    ['days since 2000-01-01 12:00', 'standard', 0.25, '2000-01-01 18:00'],
    ['days since 2000-01-01', 'standard', -200_000, '1452-05-24'],
    ['days since 0001-01-01', 'standard', 0, '0001-01-01'],
    ['days since 1582-10-01', 'standard', 3, '1582-10-04'],
    ['days since 1582-10-01', 'standard', 4, '1582-10-15'],
    ['days since 1582-10-15', 'gregorian', -1, '1582-10-04'],
    ['days since 1500-02-28', undefined, 1, '1500-02-29'],
    ['minutes since 2001-01-01 00:00:00 +02:00', 'standard', 137, '2001-01-01 00:17'],
    ['hours since 2000-01-01 00:00 -0530', 'standard', 0, '2000-01-01 05:30'],
    ['hours since 2000-01-01 00:00 -05', 'standard', 0, '2000-01-01 05:00'],
  ])('%s, %s: %s is %s', (units, calendar, value, text) => {
    expect(cfTime(units, calendar)?.(value)).toBe(text)
  })

  test.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['K', undefined],
    ['months since 2000-01-01', undefined],
    ['days since 2000-13-01', undefined],
    ['days since 1582-10-10', 'standard'],
    ['days since 2000-01-01', 'mayan'],
  ])('%s with calendar %s is no time that is known', (units, calendar) => {
    expect(cfTime(units, calendar)).toBeNull()
  })

  test('numbers that are no dates', () => {
    expect(cfTime('days since 2000-01-01')?.(NaN)).toBeNull()
  })

  test('whole days are what the platform counts, over 8,000 years', () => {
    const text = cfTime('days since 1970-01-01', 'proleptic_gregorian')
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_200_000 }), (day) => {
        const iso = new Date(day * 86_400_000).toISOString().slice(0, 10)
        expect(text?.(day)).toBe(iso)
      }),
      { seed: 20261128 },
    )
  })
})
