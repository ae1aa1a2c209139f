import { JsonFloat, type JsonValue } from '@shared/json/value'
import { jsonNumber } from '@shared/json/access'
import type { Configuration } from './configuration'
import { numberFilter, realFormat } from './number-filter'
import { newNumbers, rounding, roundWhole, type Numbers, type RealType } from './numbers'
import { castNumbers } from './numpy-cast'

const FLOAT64 = { kind: 'float', format: 'float64' } as const

/**
 * round((x − offset) · scale), stored as `astype`; decoding gives v / scale + offset. Floats are computed in their own
 * precision, integers as NumPy does: in the integer type while offset and scale are integers, else in doubles.
 */
export const fixedScaleOffset = numberFilter(
  { name: 'numcodecs.fixedscaleoffset', about: 'scaled and rounded numbers' },
  (configuration, input) => {
    const decoded = realFormat(configuration, 'dtype', input)
    const encoded = realFormat(configuration, 'astype', decoded)
    const [offset, scale] = [constant(configuration, 'offset'), constant(configuration, 'scale')]
    return {
      decoded,
      encoded,
      encode(numbers) {
        const shifted = step(
          numbers,
          decoded.dtype,
          offset,
          (x, c) => x - c,
          (x, c) => x - c,
        )
        const scaled = step(
          shifted.numbers,
          shifted.dtype,
          scale,
          (x, c) => x * c,
          (x, c) => x * c,
        )
        return castNumbers(rounded(scaled.numbers, scaled.dtype), encoded.dtype)
      },
      decode(numbers) {
        const divided = step(numbers, encoded.dtype, { ...scale, whole: undefined }, (x, c) => x / c)
        const shifted = step(divided.numbers, divided.dtype, offset, (x, c) => x + c)
        return castNumbers(shifted.numbers, decoded.dtype)
      },
    }
  },
)

interface Constant {
  readonly value: number
  /** Set where it was written as an integer. */
  readonly whole: bigint | undefined
}

function constant(configuration: Configuration, field: string): Constant {
  const json = configuration.get(field)
  const value = jsonNumber(json)
  if (value === undefined || !Number.isFinite(value))
    return configuration.fail(field, 'must be a finite number')
  return { value, whole: wholeNumber(json) }
}

function wholeNumber(json: JsonValue | undefined): bigint | undefined {
  if (typeof json === 'bigint') return json
  return !(json instanceof JsonFloat) && Number.isInteger(json) ? BigInt(json as number) : undefined
}

interface Computed {
  readonly numbers: Numbers
  readonly dtype: RealType
}

/** One operation with a constant, in the type that NumPy would compute it in. */
function step(
  numbers: Numbers,
  dtype: RealType,
  { value, whole }: Constant,
  float: (x: number, c: number) => number,
  integer?: (x: bigint, c: bigint) => bigint,
): Computed {
  if (dtype.kind === 'int' || dtype.kind === 'uint') {
    if (integer && whole !== undefined) {
      const wide = castNumbers(numbers, { kind: 'int', bits: 64 }) as BigInt64Array
      return {
        numbers: castNumbers(
          wide.map((x) => integer(x, whole)),
          dtype,
        ),
        dtype,
      }
    }
    return step(castNumbers(numbers, FLOAT64), FLOAT64, { value, whole }, float)
  }
  const round = rounding(dtype)
  const c = round(value)
  const result = newNumbers(dtype, numbers.length)
  numbers.forEach((x, i) => {
    result[i] = round(float(Number(x), c))
  })
  return { numbers: result, dtype }
}

function rounded(numbers: Numbers, dtype: RealType): Numbers {
  if (dtype.kind !== 'float') return numbers
  const result = newNumbers(dtype, numbers.length)
  numbers.forEach((x, i) => {
    result[i] = roundWhole(Number(x))
  })
  return result
}
