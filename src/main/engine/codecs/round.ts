import { floatLimits, floatMax, roundHalfEven } from '@shared/dtype/float-format'
import { integerRange } from '@shared/dtype/simple-types'
import type { FloatFormat } from '@shared/dtype/spec'
import type { RealType } from './numbers'

export const ROUNDINGS = [
  'nearest-even',
  'towards-zero',
  'towards-positive',
  'towards-negative',
  'nearest-away',
] as const
export type Rounding = (typeof ROUNDINGS)[number]

/** What becomes of numbers beyond the range of a type; "error" gives undefined. */
export type OutOfRange = 'clamp' | 'wrap' | 'error'

/** A number of one type as a number of another (64-bit integers as bigint); undefined where there is none. */
export type Cast = (value: number | bigint) => number | bigint | undefined

/**
 * Casts by value (zarr-extensions "cast_value"): exact where the type can hold the number, else rounded, then checked
 * against the type's range. NaN and infinities become themselves or nothing.
 */
export const castTo = (dtype: RealType, rounding: Rounding, outOfRange: OutOfRange): Cast =>
  dtype.kind === 'float'
    ? castToFloat(dtype.format, rounding, outOfRange)
    : castToInteger(dtype, rounding, outOfRange)

/** To the neighbouring whole number. */
const WHOLE: Readonly<Record<Rounding, (value: number) => number>> = {
  'nearest-even': roundHalfEven,
  'towards-zero': Math.trunc,
  'towards-positive': Math.ceil,
  'towards-negative': Math.floor,
  'nearest-away': (value) =>
    Math.sign(value) * Math.floor(Math.abs(value)) + (isHalfOrMore(value) ? Math.sign(value) : 0),
}

const isHalfOrMore = (value: number): boolean => Math.abs(value) - Math.floor(Math.abs(value)) >= 0.5

function castToInteger(dtype: RealType, rounding: Rounding, outOfRange: OutOfRange): Cast {
  const spec = dtype.kind === 'int' || dtype.kind === 'uint' ? dtype : ({ kind: 'uint', bits: 2 } as const)
  const [low, high] = dtype.kind === 'bool' ? [0n, 1n] : integerRange(spec)
  const result = (value: bigint): number | bigint => (spec.bits === 64 ? value : Number(value))
  const wrap = (value: bigint): bigint =>
    spec.kind === 'int' ? BigInt.asIntN(spec.bits, value) : BigInt.asUintN(spec.bits, value)
  const [lowest, highest] = [Number(low), Number(high)]
  return (value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return undefined
    const whole = typeof value === 'bigint' ? value : WHOLE[rounding](value)
    if (typeof whole === 'number' && spec.bits < 64 && whole >= lowest && whole <= highest) return whole + 0
    const exact = BigInt(whole)
    if (exact >= low && exact <= high) return result(exact)
    if (outOfRange === 'error') return undefined
    return result(outOfRange === 'wrap' ? wrap(exact) : exact < low ? low : high)
  }
}

function castToFloat(format: FloatFormat, rounding: Rounding, outOfRange: OutOfRange): Cast {
  const { mantissa, minExponent, infinities, nan } = floatLimits(format)
  const max = floatMax(format)
  return (value) => {
    if (typeof value === 'number' && Number.isNaN(value)) return nan ? value : undefined
    if (value === Infinity || value === -Infinity) return infinities ? value : undefined
    const rounded =
      typeof value === 'bigint'
        ? roundBigInt(value, mantissa, rounding)
        : roundFloat(value, mantissa, minExponent, rounding)
    if (format === 'float8_e8m0fnu' && !(rounded > 0)) return undefined
    if (Math.abs(rounded) <= max) return rounded
    return outOfRange === 'clamp' ? Math.sign(rounded) * (infinities ? Infinity : max) : undefined
  }
}

/** To a whole number of steps of the format, as if its exponents had no upper end. */
function roundFloat(value: number, mantissa: number, minExponent: number, rounding: Rounding): number {
  if (value === 0 || mantissa === 52) return value
  const exponent = Math.max(exponentOf(Math.abs(value)), minExponent)
  const step = 2 ** (exponent - mantissa)
  // Without mantissa the last bit of the code is one of the exponent: that makes it odd or even.
  const shift = mantissa === 0 && (exponent - minExponent) % 2 === 0 ? 1 : 0
  const rounded = (WHOLE[rounding](value / step + shift) - shift) * step
  return rounded === 0 && value < 0 ? -0 : rounded
}

/** floor(log2(value)); Math.log2 may be off by one next to powers of two. */
function exponentOf(value: number): number {
  const near = Math.floor(Math.log2(value))
  return 2 ** near > value ? near - 1 : 2 ** (near + 1) <= value ? near + 1 : near
}

/** To as many binary digits as the mantissa holds, with the leading one. */
function roundBigInt(value: bigint, mantissa: number, rounding: Rounding): number {
  const magnitude = value < 0n ? -value : value
  const dropped = BigInt(Math.max(0, magnitude.toString(2).length - 1 - mantissa))
  const kept = magnitude >> dropped
  const rest = magnitude - (kept << dropped)
  // Half a step and what lies on either side of it, as a number that rounds the same way.
  const half = dropped === 0n ? 0n : 1n << (dropped - 1n)
  const fraction = rest === 0n ? 0 : rest === half ? 0.5 : rest < half ? 0.25 : 0.75
  const odd = kept & 1n
  const up = Math.abs(WHOLE[rounding]((value < 0n ? -1 : 1) * (Number(odd) + fraction))) > Number(odd)
  const result = Number((kept + (up ? 1n : 0n)) << dropped)
  return value < 0n ? -result : result
}
