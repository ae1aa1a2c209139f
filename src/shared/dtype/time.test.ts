import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import tables from '../../../fixtures/numpy/formats.json'
import { ValueError } from '../errors'
import type { TimeUnit } from './spec'
import { formatDatetime, INT64_MAX, NAT, parseDatetime, parseTimedelta, type TimeStep } from './time'

function step(text: string): TimeStep {
  const [, scale, unit] = /^(\d*)(\D+)$/.exec(text)!
  return { unit: unit as TimeUnit, scale: Number(scale === '' ? 1 : scale) }
}

test('dates print as NumPy prints them, in any year and unit', () => {
  const cases = tables.datetime as [string, string, string][]
  expect(cases).toHaveLength(144)
  for (const [unit, ticks, text] of cases) {
    expect(formatDatetime(BigInt(ticks), step(unit)), `${ticks} ${unit}`).toBe(text)
    expect(parseDatetime(text, step(unit)), text).toBe(BigInt(ticks))
  }
})

test('every count prints and reads back', () => {
  const units = fc.constantFrom<TimeUnit>(
    'Y',
    'M',
    'W',
    'D',
    'h',
    'm',
    's',
    'ms',
    'us',
    'ns',
    'ps',
    'fs',
    'as',
    'generic',
  )
  fc.assert(
    fc.property(
      fc.bigInt({ min: NAT, max: INT64_MAX }),
      units,
      fc.integer({ min: 1, max: 100 }),
      (ticks, unit, scale) => {
        const at = { unit, scale }
        expect(parseDatetime(formatDatetime(ticks, at), at)).toBe(ticks)
      },
    ),
    { seed: 11, numRuns: 1000 },
  )
})

describe('what people type as a date', () => {
  test.each<[string, string, bigint]>([
    ['2001-02-03', 's', 981158400n],
    ['2001-02-03 04:05:06', 's', 981173106n],
    ['2001-02-03T04:05:06Z', 'ms', 981173106000n],
    ['20010203', 'Y', 20010203n - 1970n],
    ['NaT', 'ns', NAT],
    ['nat', 'D', NAT],
    ['1970-01-01', 'W', 0n],
    ['0000-01-01', 'D', -719528n],
    ['1969-12-31T23:59:59.999999999', 'ns', -1n],
    ['1969-12-31T23:59:59,5', 'ms', -500n],
    ['2000-02-29', 'D', 11016n],
    ['17', 'generic', 17n],
  ])('%s in %s', (text, unit, ticks) => {
    expect(parseDatetime(text, step(unit))).toBe(ticks)
  })

  test.each([
    ['yesterday', 's', 'is not a date or time'],
    ['', 's', 'is not a date or time'],
    ['2001-13-01', 's', 'no month 13'],
    ['2001-02-29', 's', 'no day 29'],
    ['1900-02-29', 'D', 'no day 29'],
    ['2001-01-01T24:00', 's', 'no such time of day'],
    ['2001-01-01T00:00:60', 's', 'no such time of day'],
    ['2001-01-01T00:00:00.5', 's', 'falls between two values of this type, which counts steps of 1 s'],
    ['2001-01-02', 'W', 'falls between'],
    ['2001-01-02', 'M', 'falls between'],
    ['1970-01-01T00:00:01', '25s', 'steps of 25 s'],
    ['3000-01-01', 'ns', 'outside what this type can count'],
    ['2001-01-01', 'generic', 'no unit'],
    ['2001-01-01T00:00+02:00', 's', 'is not a date or time'],
  ])('%j in %s is refused', (text, unit, why) => {
    expect(() => parseDatetime(text, step(unit))).toThrow(ValueError)
    expect(() => parseDatetime(text, step(unit))).toThrow(why)
  })
})

describe('what people type as a duration', () => {
  test.each<[string, string, bigint]>([
    ['5', '25s', 5n],
    ['-3', 'D', -3n],
    ['50 s', '25s', 2n],
    ['2 hours', 'm', 120n],
    ['1 W', 'D', 7n],
    ['3 years', 'M', 36n],
    ['7 μs', 'ns', 7000n],
    ['NaT', 's', NAT],
  ])('%s in %s', (text, unit, ticks) => {
    expect(parseTimedelta(text, step(unit))).toBe(ticks)
  })

  test.each([
    ['1.5', 's', 'not a duration'],
    ['30 s', 'm', 'falls between'],
    ['1 month', 's', 'no fixed length'],
    ['1 fortnight', 's', 'not a unit of time'],
    ['9223372036854775808', 's', 'outside what this type can count'],
  ])('%j in %s is refused', (text, unit, why) => {
    expect(() => parseTimedelta(text, step(unit))).toThrow(why)
  })
})
