import { UnsupportedError, ValueError } from '@shared/errors'
import { parseFill } from '@shared/dtype/fill'
import { parseV3DataType } from '@shared/dtype/v3-dtype'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { JsonValue } from '@shared/json/value'
import type { CodecDefinition } from './codec'
import type { Configuration } from './configuration'
import { corrupt } from './corrupt'
import { isReal, loadNumbers, type RealType } from './numbers'
import { castTo, ROUNDINGS, type Cast } from './round'
import { valueCodec } from './value-codec'

/**
 * Stores numbers as another type, by value (zarr-extensions "cast_value"): mapped where `scalar_map` says so, else exact
 * where the type can hold the number, else rounded, else as `out_of_range` says. What is left is an error.
 */
export const castValue: CodecDefinition = {
  name: 'cast_value',
  about: 'numbers stored as another type, checked one by one',
  bindArrayToArray(configuration, input) {
    const from = castable(configuration, input.dtype)
    const to = castable(configuration, parseV3DataType(configuration.get('data_type') ?? null))
    const rounding = configuration.oneOf('rounding', ROUNDINGS, 'nearest-even')
    const outOfRange =
      configuration.get('out_of_range') === undefined
        ? 'error'
        : configuration.oneOf('out_of_range', ['clamp', 'wrap'])
    if (outOfRange === 'wrap' && to.kind === 'float')
      configuration.fail('out_of_range', 'can be "wrap" for integers only')
    const backwards = outOfRange === 'wrap' && from.kind === 'float' ? 'error' : outOfRange
    const maps = configuration.get('scalar_map')
    if (maps !== undefined && !(maps instanceof Map)) configuration.fail('scalar_map', 'must be an object')
    const [there, back] = ['encode', 'decode'].map((direction) =>
      maps instanceof Map ? maps.get(direction) : undefined,
    )
    return valueCodec(configuration, input, to, {
      encode: withMap(castTo(to, rounding, outOfRange), scalarMap(configuration, there, from, to)),
      decode: withMap(castTo(from, rounding, backwards), scalarMap(configuration, back, to, from)),
      encodeError: (value) => new ValueError(`${value} cannot be stored as ${nameOf(to)} by cast_value.`),
      decodeError: (value) => corrupt(`cast_value finds ${value}, which has no place in ${nameOf(from)}`),
    })
  },
}

function castable(configuration: Configuration, dtype: DataTypeSpec): RealType {
  if (isReal(dtype) && dtype.kind !== 'bool') return dtype
  throw new UnsupportedError(
    'codec',
    configuration.codec,
    `it is defined for integers and floats, not for ${dtype.kind}`,
  )
}

const nameOf = (dtype: RealType): string =>
  dtype.kind === 'float' ? dtype.format : dtype.kind === 'bool' ? 'bool' : `${dtype.kind}${dtype.bits}`

const withMap = (cast: Cast, map: ReadonlyMap<number | bigint, number | bigint>): Cast =>
  map.size === 0 ? cast : (value) => map.get(value) ?? cast(value)

/** Pairs of fill values; of equal keys the first counts. A Map finds NaN, and does not tell -0 from 0. */
function scalarMap(
  configuration: Configuration,
  pairs: JsonValue | undefined,
  from: RealType,
  to: RealType,
): ReadonlyMap<number | bigint, number | bigint> {
  const map = new Map<number | bigint, number | bigint>()
  if (pairs === undefined || pairs === null) return map
  if (!Array.isArray(pairs)) return configuration.fail('scalar_map', 'must hold lists of pairs')
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2)
      return configuration.fail('scalar_map', 'must hold lists of pairs')
    const [key, value] = [scalar(pair[0]!, from), scalar(pair[1]!, to)]
    if (!map.has(key)) map.set(key, value)
  }
  return map
}

const scalar = (json: JsonValue, dtype: RealType): number | bigint =>
  loadNumbers(dtype, parseFill(dtype, json, 3)!)[0]!
