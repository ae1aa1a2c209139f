import type { DataTypeSpec } from '@shared/dtype/spec'
import { readTyped } from '@shared/dtype/typed'

const NAT = -(2n ** 63n)

/**
 * Least and greatest of the numbers among canonical items, as doubles; dates and times in ticks. NaN and NaT are left
 * out. Nothing for types that have no order, and where no number is left.
 */
export function valueRange(dtype: DataTypeSpec, data: Uint8Array): { min?: number; max?: number } {
  switch (dtype.kind) {
    case 'bool':
    case 'int':
    case 'uint':
    case 'float': {
      const values = readTyped(dtype, data)
      return values instanceof BigInt64Array || values instanceof BigUint64Array
        ? rangeOfBig(values)
        : rangeOf(values as Float64Array)
    }
    case 'datetime':
    case 'timedelta':
      return rangeOfBig(readTyped(dtype, data) as BigInt64Array, NAT)
    default:
      return {}
  }
}

function rangeOf(values: Float64Array): { min?: number; max?: number } {
  let [min, max] = [Infinity, -Infinity]
  let found = false
  for (const value of values) {
    if (Number.isNaN(value)) continue
    found = true
    if (value < min) min = value
    if (value > max) max = value
  }
  return found ? { min, max } : {}
}

function rangeOfBig(values: BigInt64Array | BigUint64Array, none?: bigint): { min?: number; max?: number } {
  let min: bigint | undefined
  let max: bigint | undefined
  for (const value of values) {
    if (value === none) continue
    if (min === undefined || value < min) min = value
    if (max === undefined || value > max) max = value
  }
  return min === undefined || max === undefined ? {} : { min: Number(min), max: Number(max) }
}
