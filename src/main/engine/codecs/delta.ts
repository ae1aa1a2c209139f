import { numberFilter, realFormat } from './number-filter'
import { newNumbers, rounding, type Numbers, type RealType } from './numbers'
import { castNumbers } from './numpy-cast'

/**
 * The first number, then the difference of each from the one before, cast to `astype`. Integers wrap around, so that
 * decoding gives back what was encoded wherever the differences fit; floats add up their rounding as NumPy's do.
 */
export const delta = numberFilter(
  { name: 'numcodecs.delta', about: 'differences of neighbours', limits: 'integers and floats only' },
  (configuration, input) => {
    const decoded = realFormat(configuration, 'dtype', input)
    const encoded = realFormat(configuration, 'astype', decoded)
    if (decoded.dtype.kind === 'bool' || encoded.dtype.kind === 'bool')
      configuration.fail('dtype', 'must not be bool')
    if (encoded.dtype.kind === 'float' && decoded.dtype.kind !== 'float') {
      configuration.fail('astype', 'must be an integer type, as `dtype` is one')
    }
    return {
      decoded,
      encoded,
      encode: (numbers) => castNumbers(differences(numbers, decoded.dtype), encoded.dtype),
      decode: (numbers) => sums(numbers, decoded.dtype),
    }
  },
)

function differences(numbers: Numbers, dtype: RealType): Numbers {
  const result = newNumbers(dtype, numbers.length)
  if (is64(numbers) && is64(result)) {
    numbers.forEach((value, i) => {
      result[i] = i === 0 ? value : value - numbers[i - 1]!
    })
    return result
  }
  const round = rounding(dtype)
  for (let i = 0; i < numbers.length; i++) {
    result[i] = i === 0 ? numbers[0]! : round(Number(numbers[i]) - Number(numbers[i - 1]))
  }
  return result
}

/** Running sums in the arithmetic of `dtype`; storing into the typed array wraps integers. */
function sums(numbers: Numbers, dtype: RealType): Numbers {
  const result = newNumbers(dtype, numbers.length)
  if (is64(result)) {
    sums64(numbers, result)
    return result
  }
  const round = rounding(dtype)
  let sum = 0
  for (let i = 0; i < numbers.length; i++) {
    // Adding 0 to the first number would turn -0 into 0.
    const value = round(wrappedNumber(numbers[i]!))
    result[i] = i === 0 ? value : round(sum + value)
    sum = result[i] as number
  }
  return result
}

/** Sums of 64 bits in halves: ten times faster than with BigInt. */
function sums64(numbers: Numbers, result: BigInt64Array | BigUint64Array): void {
  const wide = castNumbers(numbers, { kind: 'int', bits: 64 })
  const [from, to] = [new Uint32Array(wide.buffer), new Uint32Array(result.buffer)]
  let [low, high] = [0, 0]
  for (let i = 0; i < from.length; i += 2) {
    const sum = low + from[i]!
    high = (high + from[i + 1]! + (sum > 0xffffffff ? 1 : 0)) >>> 0
    low = sum >>> 0
    to[i] = low
    to[i + 1] = high
  }
}

const is64 = (numbers: Numbers): numbers is BigInt64Array | BigUint64Array =>
  numbers instanceof BigInt64Array || numbers instanceof BigUint64Array

/** A difference stored with 64 bits for numbers of fewer: only its low 32 bits matter. */
const wrappedNumber = (value: number | bigint): number =>
  typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : value
