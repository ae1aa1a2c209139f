import { jsonBigInt, jsonNumber } from '@shared/json/access'
import type { Configuration } from './configuration'
import { numberFilter, realFormat } from './number-filter'
import { newNumbers, rounding, roundWhole, type Numbers, type RealType } from './numbers'
import { castNumbers } from './numpy-cast'

const FLOAT64 = { kind: 'float', format: 'float64' } as const
const INT64 = { kind: 'int', bits: 64 } as const

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
        const shifted = step({ numbers, dtype: decoded.dtype }, offset, SUBTRACT)
        const scaled = step(shifted, scale, MULTIPLY)
        return castNumbers(rounded(scaled), encoded.dtype)
      },
      decode(numbers) {
        const divided = step({ numbers, dtype: encoded.dtype }, scale, DIVIDE)
        return castNumbers(step(divided, offset, ADD).numbers, decoded.dtype)
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
  return { value, whole: jsonBigInt(json) }
}

/** One operation with a constant; `integer` is absent where NumPy computes it in doubles. */
interface Operation {
  readonly float: (x: number, c: number) => number
  readonly integer?: (x: bigint, c: bigint) => bigint
}
const SUBTRACT: Operation = { float: (x, c) => x - c, integer: (x, c) => x - c }
const MULTIPLY: Operation = { float: (x, c) => x * c, integer: (x, c) => x * c }
const DIVIDE: Operation = { float: (x, c) => x / c }
const ADD: Operation = { float: (x, c) => x + c }

interface Computed {
  readonly numbers: Numbers
  readonly dtype: RealType
}

/** The operation in the type that NumPy would choose for it. */
function step({ numbers, dtype }: Computed, { value, whole }: Constant, operation: Operation): Computed {
  const { float, integer } = operation
  if (dtype.kind !== 'float') {
    if (integer && whole !== undefined) {
      const wide = castNumbers(numbers, INT64) as BigInt64Array
      return {
        numbers: castNumbers(
          wide.map((x) => integer(x, whole)),
          dtype,
        ),
        dtype,
      }
    }
    return step({ numbers: castNumbers(numbers, FLOAT64), dtype: FLOAT64 }, { value, whole }, operation)
  }
  const round = rounding(dtype)
  const c = round(value)
  const result = newNumbers(dtype, numbers.length)
  for (let i = 0; i < numbers.length; i++) result[i] = round(float(Number(numbers[i]), c))
  return { numbers: result, dtype }
}

function rounded({ numbers, dtype }: Computed): Numbers {
  if (dtype.kind !== 'float') return numbers
  const result = newNumbers(dtype, numbers.length)
  for (let i = 0; i < numbers.length; i++) result[i] = roundWhole(Number(numbers[i]))
  return result
}
