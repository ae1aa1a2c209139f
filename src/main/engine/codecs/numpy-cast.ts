import { newNumbers, rounding, type Numbers, type RealType } from './numbers'

/**
 * Numbers cast as NumPy's `astype` does: fractions are cut off, integers that do not fit wrap around, floats round to
 * nearest. NaN and infinity, whose cast to integers NumPy leaves to the machine, become 0.
 */
export function castNumbers(numbers: Numbers, to: RealType): Numbers {
  const cast = newNumbers(to, numbers.length)
  if (isBig(cast)) {
    for (let i = 0; i < numbers.length; i++) cast[i] = wholeBigInt(numbers[i]!)
    return cast
  }
  // What a typed array does with numbers of another is the cast, except for these.
  const plain =
    to.kind !== 'bool' && (to.kind !== 'float' || to.format === 'float32' || to.format === 'float64')
  if (plain && !isBig(numbers)) {
    cast.set(numbers)
    return cast
  }
  const convert = toNumber(to)
  for (let i = 0; i < numbers.length; i++) cast[i] = convert(numbers[i]!)
  return cast
}

const isBig = (numbers: Numbers): numbers is BigInt64Array | BigUint64Array =>
  numbers instanceof BigInt64Array || numbers instanceof BigUint64Array

/** What is put into the typed array, which itself cuts off fractions and wraps integers of up to 32 bits. */
function toNumber(to: RealType): (value: number | bigint) => number {
  if (to.kind === 'bool') return (value) => (value ? 1 : 0)
  if (to.kind === 'float') {
    const round = rounding(to)
    return (value) => round(Number(value))
  }
  return (value) => (typeof value === 'bigint' ? Number(BigInt.asUintN(32, value)) : value)
}

function wholeBigInt(value: number | bigint): bigint {
  if (typeof value === 'bigint') return value
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n
}
