import { ValueError } from '../errors'
import { floatMax, roundToFormat } from './float-format'
import type { FloatFormat } from './spec'

/**
 * The shortest decimal that reads back as the same value of the format, laid out as NumPy does: positional from 1e-4
 * to 1e16 with at least one digit behind the point, otherwise scientific; "nan", "inf", "-inf". A number that the
 * format does not hold is printed as a float64.
 */
export function formatFloat(value: number, format: FloatFormat): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const magnitude = Math.abs(value)
  if (magnitude === 0) return `${sign}0.0`
  const isHeld = format === 'float64' || roundToFormat(format, magnitude) === magnitude
  const [digits, exponent] = shortest(magnitude, isHeld ? format : 'float64')
  if (magnitude >= 1e16 || magnitude < 1e-4) {
    const mantissa = digits.length > 1 ? `${digits[0]!}.${digits.slice(1)}` : digits
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}

/** Decimal digits without trailing zeros, and the power of ten of the first. */
function shortest(magnitude: number, format: FloatFormat): [string, number] {
  const [mantissa, power] = magnitude.toExponential(format === 'float64' ? undefined : 100).split('e') as [
    string,
    string,
  ]
  const exact = mantissa.replace('.', '')
  const exponent = Number(power)
  const trim = (digits: string): string => digits.replace(/0+$/, '')
  if (format === 'float64') return [trim(exact) || '0', exponent]
  for (let count = 1; ; count++) {
    const low = Number(exact.slice(0, count))
    for (const digits of nearestFirst(low, exact.slice(count))) {
      if (roundToFormat(format, Number(`${digits}e${exponent + 1 - count}`)) !== magnitude) continue
      const text = String(digits)
      return [trim(text), exponent + text.length - count]
    }
  }
}

/** The two whole numbers around `low` plus the fraction, the nearer first; a tie goes to the even one, as in NumPy. */
function nearestFirst(low: number, fraction: string): [number, number] {
  const half = fraction.replace(/0+$/, '')
  const up = half === '5' ? low % 2 === 1 : half >= '5'
  return up ? [low + 1, low] : [low, low + 1]
}

const DECIMAL = /^[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/

/**
 * What a person typed as a number: decimals, nan, inf, infinity, in any case. Rounds to the nearest value of the
 * format; throws ValueError for other text and for what the format cannot hold, such as 1e40 in a float32.
 */
export function parseFloatText(text: string, format: FloatFormat): number {
  const clean = text.trim().toLowerCase()
  if (/^[+-]?nan$/.test(clean)) return checkFloat(NaN, format, 'NaN')
  if (/^[+-]?inf(inity)?$/.test(clean))
    return checkFloat(clean.startsWith('-') ? -Infinity : Infinity, format)
  if (!DECIMAL.test(clean)) throw new ValueError(`"${text}" is not a number.`)
  const value = Number(clean.replaceAll('_', ''))
  if (!Number.isFinite(value)) throw tooLarge(text.trim(), format)
  return checkFloat(value, format, text.trim())
}

/** The value of the format nearest to a number. Throws ValueError where there is none. */
export function checkFloat(value: number, format: FloatFormat, shown = String(value)): number {
  const rounded = roundToFormat(format, value)
  if (rounded !== undefined) return rounded
  if (Number.isFinite(value) && value !== 0 && Math.abs(value) > floatMax(format))
    throw tooLarge(shown, format)
  const least = format === 'float8_e8m0fnu' ? '; it holds powers of two only' : ''
  throw new ValueError(`${format} has no code for ${shown}${least}.`)
}

function tooLarge(shown: string, format: FloatFormat): ValueError {
  const limit = formatFloat(floatMax(format), format)
  return new ValueError(`${shown} is beyond the range of ${format} (-${limit} to ${limit}).`)
}
