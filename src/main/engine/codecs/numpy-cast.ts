import { newNumbers, rounding, type Numbers, type RealType } from './numbers'

/**
 * Numbers cast as NumPy's `astype` does: fractions are cut off, integers that do not fit wrap around, floats round to
 * nearest. NaN and infinity, whose cast to integers NumPy leaves to the machine, become 0.
 */
export function castNumbers(numbers: Numbers, to: RealType): Numbers {
  const cast = newNumbers(to, numbers.length)
  if (cast instanceof BigInt64Array || cast instanceof BigUint64Array) {
    numbers.forEach((value, i) => {
      cast[i] = typeof value === 'bigint' ? value : wholeBigInt(value)
    })
    return cast
  }
  const convert = toNumber(to)
  numbers.forEach((value, i) => {
    cast[i] = convert(value)
  })
  return cast
}

/** What is put into the typed array, which itself cuts off fractions and wraps integers of up to 32 bits. */
function toNumber(to: RealType): (value: number | bigint) => number {
  if (to.kind === 'bool') return (value) => (value ? 1 : 0)
  if (to.kind === 'float') {
    const round = rounding(to)
    return (value) => round(Number(value))
  }
  return (value) => (typeof value === 'bigint' ? Number(BigInt.asUintN(32, value)) : value)
}

const wholeBigInt = (value: number): bigint => (Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n)
