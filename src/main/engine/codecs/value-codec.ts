import { MetadataError, ZarrscopeError } from '@shared/errors'
import { packed } from './bytes'
import type { BoundArrayCodec, ChunkSpec } from './codec'
import type { Configuration } from './configuration'
import { canonical } from './layout'
import { isReal, loadNumbers, newNumbers, storeNumbers, type Numbers, type RealType } from './numbers'
import type { Cast } from './round'

/** A change of every number by itself; undefined is an error. */
interface ValueRules {
  readonly encode: Cast
  readonly decode: Cast
  readonly encodeError: (value: number | bigint) => ZarrscopeError
  readonly decodeError: (value: number | bigint) => ZarrscopeError
}

/** Array→array: stores each number, and the fill value, as what `encode` gives, of type `to`. */
export function valueCodec(
  configuration: Configuration,
  input: ChunkSpec,
  to: RealType,
  rules: ValueRules,
): BoundArrayCodec {
  const from = input.dtype
  if (!isReal(from)) return configuration.fail('', `cannot store items of type ${from.kind}`)
  const encode = (data: Uint8Array): Uint8Array =>
    storeNumbers(to, mapped(loadNumbers(from, data), to, rules.encode, rules.encodeError))
  const output: ChunkSpec = {
    dtype: to,
    shape: input.shape,
    fill: input.fill && encodedFill(configuration, encode, input.fill),
  }
  return {
    output,
    encode: (chunk) => packed(output, encode(canonical(chunk).data)),
    decode(chunk) {
      const numbers = loadNumbers(to, canonical(chunk).data)
      return packed(input, storeNumbers(from, mapped(numbers, from, rules.decode, rules.decodeError)))
    },
  }
}

function encodedFill(
  configuration: Configuration,
  encode: (data: Uint8Array) => Uint8Array,
  fill: Uint8Array,
): Uint8Array {
  try {
    return encode(fill)
  } catch (cause) {
    if (!(cause instanceof ZarrscopeError)) throw cause
    throw new MetadataError(
      '',
      `codec ${configuration.codec}`,
      `the fill value cannot be stored. ${cause.message}`,
      { cause },
    )
  }
}

function mapped(
  numbers: Numbers,
  to: RealType,
  change: Cast,
  error: (value: number | bigint) => ZarrscopeError,
): Numbers {
  const result = newNumbers(to, numbers.length)
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]!
    const changed = change(value)
    if (changed === undefined) throw error(value)
    result[i] = changed
  }
  return result
}
