import type { FloatFormat } from './spec'

/**
 * How a float format spends its bits, and what its highest codes mean: `ieee` infinities and NaNs, `fn` finite numbers
 * only, `fnuz` one NaN in place of minus zero, `exponent` powers of two only with 0xFF as NaN.
 */
interface FloatLayout {
  bytes: 1 | 2 | 4 | 8
  bits: number
  mantissa: number
  bias: number
  codes: 'ieee' | 'fn' | 'fnuz' | 'exponent'
}

const LAYOUTS: Record<FloatFormat, FloatLayout> = {
  float16: { bytes: 2, bits: 16, mantissa: 10, bias: 15, codes: 'ieee' },
  float32: { bytes: 4, bits: 32, mantissa: 23, bias: 127, codes: 'ieee' },
  float64: { bytes: 8, bits: 64, mantissa: 52, bias: 1023, codes: 'ieee' },
  bfloat16: { bytes: 2, bits: 16, mantissa: 7, bias: 127, codes: 'ieee' },
  float8_e3m4: { bytes: 1, bits: 8, mantissa: 4, bias: 3, codes: 'ieee' },
  float8_e4m3: { bytes: 1, bits: 8, mantissa: 3, bias: 7, codes: 'ieee' },
  float8_e5m2: { bytes: 1, bits: 8, mantissa: 2, bias: 15, codes: 'ieee' },
  float8_e4m3b11fnuz: { bytes: 1, bits: 8, mantissa: 3, bias: 11, codes: 'fnuz' },
  float8_e4m3fnuz: { bytes: 1, bits: 8, mantissa: 3, bias: 8, codes: 'fnuz' },
  float8_e5m2fnuz: { bytes: 1, bits: 8, mantissa: 2, bias: 16, codes: 'fnuz' },
  float8_e8m0fnu: { bytes: 1, bits: 8, mantissa: 0, bias: 127, codes: 'exponent' },
  float6_e2m3fn: { bytes: 1, bits: 6, mantissa: 3, bias: 1, codes: 'fn' },
  float6_e3m2fn: { bytes: 1, bits: 6, mantissa: 2, bias: 3, codes: 'fn' },
  float4_e2m1fn: { bytes: 1, bits: 4, mantissa: 1, bias: 1, codes: 'fn' },
}

export const FLOAT_FORMATS = Object.keys(LAYOUTS) as FloatFormat[]

/** Bytes of one canonical item. */
export const floatBytes = (format: FloatFormat): 1 | 2 | 4 | 8 => LAYOUTS[format].bytes

/** Bits that count; sub-byte formats ignore the upper ones of their byte. */
export const floatBits = (format: FloatFormat): number => LAYOUTS[format].bits

const tables = new Map<FloatFormat, Float64Array>()

/** The value of every bit pattern of a format of at most 16 bits; index with the bits (upper ones masked off). */
export function floatTable(format: FloatFormat): Float64Array {
  let table = tables.get(format)
  if (table === undefined) {
    const layout = LAYOUTS[format]
    table = Float64Array.from({ length: 2 ** layout.bits }, (_, bits) => decode(layout, bits))
    tables.set(format, table)
  }
  return table
}

function decode({ bits: width, mantissa, bias, codes }: FloatLayout, bits: number): number {
  if (codes === 'exponent') return bits === 0xff ? NaN : 2 ** (bits - bias)
  const sign = bits >> (width - 1) === 0 ? 1 : -1
  if (codes === 'fnuz' && bits === 1 << (width - 1)) return NaN
  const magnitude = bits & ((1 << (width - 1)) - 1)
  const exponent = magnitude >> mantissa
  const fraction = magnitude & ((1 << mantissa) - 1)
  if (codes === 'ieee' && exponent === (1 << (width - 1 - mantissa)) - 1)
    return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias - mantissa)
  return sign * (fraction + (1 << mantissa)) * 2 ** (exponent - bias - mantissa)
}

/**
 * Bits of the nearest value of a format of at most 16 bits, ties to even. Undefined where the format has none: a number
 * beyond its largest (infinity itself, where it has infinities, is fine), NaN without a code, zero or less in e8m0.
 */
export function floatToBits(format: FloatFormat, value: number): number | undefined {
  const { bits: width, mantissa, bias, codes } = LAYOUTS[format]
  if (codes === 'exponent') {
    if (Number.isNaN(value)) return 0xff
    if (!(value > 0) || value === Infinity) return undefined
    const low = Math.min(Math.max(exponentOf(value), -127), 127)
    const ratio = value / 2 ** low
    const up = ratio > 1.5 || (ratio === 1.5 && (low + bias) % 2 === 1)
    const code = low + bias + (up ? 1 : 0)
    return ratio >= 0.5 && code <= 254 ? code : undefined
  }
  const signBit = 1 << (width - 1)
  const exponentMask = signBit - (1 << mantissa)
  if (Number.isNaN(value)) {
    if (codes === 'fn') return undefined
    return codes === 'fnuz' ? signBit : exponentMask | (1 << (mantissa - 1))
  }
  const negative = value < 0 || Object.is(value, -0)
  if (!Number.isFinite(value)) return codes === 'ieee' ? (negative ? signBit : 0) | exponentMask : undefined
  const magnitude = Math.abs(value)
  const exponent = Math.max(magnitude === 0 ? 1 - bias : exponentOf(magnitude), 1 - bias)
  // Exact: dividing by a power of two loses nothing, and the quotient has fewer than 53 bits before its point.
  const steps = roundHalfEven(magnitude / 2 ** (exponent - mantissa))
  const code = (exponent + bias - 1) * 2 ** mantissa + steps
  if (code >= (codes === 'ieee' ? exponentMask : signBit)) return undefined
  if (codes === 'fnuz' && code === 0) return 0
  return (negative ? signBit : 0) | code
}

/** floor(log2(value)) of a positive number; exact, unlike Math.log2 next to powers of two. */
function exponentOf(value: number): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const field = view.getUint16(0) >> 4
  return field === 0 ? -1023 : field - 1023
}

export function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

/** The nearest value the format holds, as it would be read back; undefined as in `floatToBits`. */
export function roundToFormat(format: FloatFormat, value: number): number | undefined {
  if (format === 'float64') return value
  if (format === 'float32') {
    const rounded = Math.fround(value)
    return Number.isFinite(rounded) || !Number.isFinite(value) ? rounded : undefined
  }
  const bits = floatToBits(format, value)
  return bits === undefined ? undefined : floatTable(format)[bits]
}

/** Largest finite value. */
export function floatMax(format: FloatFormat): number {
  const { bits, mantissa, bias, codes } = LAYOUTS[format]
  if (codes === 'exponent') return 2 ** (254 - bias)
  const top = 2 ** (bits - 1 - mantissa) - (codes === 'ieee' ? 2 : 1)
  return (2 - 2 ** -mantissa) * 2 ** (top - bias)
}

/** What rounding to a format needs: mantissa bits, the exponent of its smallest step, and whether it has infinities and NaN. */
export function floatLimits(format: FloatFormat): {
  mantissa: number
  minExponent: number
  infinities: boolean
  nan: boolean
} {
  const { mantissa, bias, codes } = LAYOUTS[format]
  const minExponent = codes === 'exponent' ? -bias : 1 - bias
  return { mantissa, minExponent, infinities: codes === 'ieee', nan: codes !== 'fn' }
}
