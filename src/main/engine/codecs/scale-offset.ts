import { ValueError } from '@shared/errors'
import { parseFill } from '@shared/dtype/fill'
import { integerRange } from '@shared/dtype/simple-types'
import type { CodecDefinition } from './codec'
import type { Configuration } from './configuration'
import { corrupt } from './corrupt'
import { isReal, loadNumbers, rounding, type RealType } from './numbers'
import type { Cast } from './round'
import { valueCodec } from './value-codec'

/**
 * Stores (x − offset) · scale in the array's own arithmetic (zarr-extensions "scale_offset"). A step that leaves the
 * range of the type, or an integer division with a remainder, is an error.
 */
export const scaleOffset: CodecDefinition = {
  name: 'scale_offset',
  about: 'numbers moved and scaled in their own type',
  bindArrayToArray(configuration, input) {
    const { dtype } = input
    if (!isReal(dtype) || dtype.kind === 'bool')
      return configuration.fail('', `cannot scale items of type ${dtype.kind}`)
    const offset = constant(configuration, 'offset', dtype, 0)
    const scale = constant(configuration, 'scale', dtype, 1)
    const steps =
      dtype.kind === 'float'
        ? floatSteps(dtype, Number(offset), Number(scale))
        : integerSteps(configuration, dtype, offset, scale)
    return valueCodec(configuration, input, dtype, {
      ...steps,
      encodeError: (value) =>
        new ValueError(`${value} leaves the range of its type when scale_offset stores it.`),
      decodeError: (value) =>
        corrupt(`scale_offset finds ${value}, which gives no number of the array's type`),
    })
  },
}

function constant(
  configuration: Configuration,
  field: string,
  dtype: RealType,
  fallback: number,
): number | bigint {
  return loadNumbers(dtype, parseFill(dtype, configuration.get(field) ?? fallback, 3)!)[0]!
}

interface Steps {
  readonly encode: Cast
  readonly decode: Cast
}

function floatSteps(dtype: RealType, offset: number, scale: number): Steps {
  const round = rounding(dtype)
  const checked = (before: number | bigint, after: number): number | undefined =>
    Number.isFinite(after) || !Number.isFinite(before) ? after : undefined
  return {
    encode: (value) => checked(value, round(round(Number(value) - offset) * scale)),
    decode: (value) => checked(value, round(round(Number(value) / scale) + offset)),
  }
}

function integerSteps(
  configuration: Configuration,
  dtype: RealType,
  offset: number | bigint,
  scale: number | bigint,
): Steps {
  if (Number(scale) === 0) configuration.fail('scale', 'must not be 0')
  const [low, high] = dtype.kind === 'int' || dtype.kind === 'uint' ? integerRange(dtype) : [0n, 1n]
  if (typeof offset === 'bigint' && typeof scale === 'bigint') {
    const inRange = (value: bigint): bigint | undefined => (value >= low && value <= high ? value : undefined)
    return {
      encode(value) {
        const moved = inRange(BigInt(value) - offset)
        return moved === undefined ? undefined : inRange(moved * scale)
      },
      decode: (value) => (BigInt(value) % scale === 0n ? inRange(BigInt(value) / scale + offset) : undefined),
    }
  }
  // Products beyond 2^53 lose digits, but are out of range all the same.
  const [by, from] = [Number(scale), Number(offset)]
  const inRange = (value: number): number | undefined => (value >= low && value <= high ? value : undefined)
  return {
    encode(value) {
      const moved = inRange(Number(value) - from)
      return moved === undefined ? undefined : inRange(moved * by)
    },
    decode: (value) => (Number(value) % by === 0 ? inRange(Number(value) / by + from) : undefined),
  }
}
