import { dataType } from '@shared/dtype/registry'
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { SelectionStatistics } from '@shared/model/statistics'
import { readTyped } from '@shared/dtype/typed'
import { itemValues } from '../nodes/item-values'
import { CompensatedSum, exactMean } from './sums'

/** Distinct texts are counted up to this many. */
const MAX_DISTINCT = 10_000

/** What the items say; `count` and `missing` are the caller's. */
export type Facts = Pick<SelectionStatistics, 'nans' | 'min' | 'max' | 'mean' | 'sum' | 'distinct'>

/** Takes canonical items piece by piece and keeps only sums, extremes and counts. */
export interface Accumulator {
  add(data: Uint8Array, offsets?: Uint32Array): void
  facts(): Facts
}

/**
 * The accumulator for a data type. Integers sum exactly at any size; floats sum in double with compensation, NaN
 * counted and left out; NaT counts as NaN; complex numbers have sum and mean only; texts have distinct values; the
 * rest has nothing.
 */
export function accumulator(spec: DataTypeSpec): Accumulator {
  const dtype = dataType(spec)
  switch (spec.kind) {
    case 'bool':
    case 'int':
    case 'uint':
      return spec.kind !== 'bool' && spec.bits === 64 ? bigIntegers(dtype) : integers(dtype)
    case 'datetime':
    case 'timedelta':
      return times(dtype)
    case 'float':
      return floats(dtype)
    case 'complex':
      return complexes(dtype)
    case 'text':
    case 'vlen-text':
    case 'bytes':
      return texts(dtype)
    default:
      return { add: () => undefined, facts: () => NOTHING }
  }
}

const NOTHING: Facts = { nans: 0, min: null, max: null, mean: null, sum: null }
const NAT = -(2n ** 63n)
const float = (value: number): string => dataType({ kind: 'float', format: 'float64' }).format(value)

/** Bool and integers up to 32 bits: 2^20 of them sum exactly in a double. */
function integers(dtype: DataType): Accumulator {
  const [bool, batch] = [dtype.spec.kind === 'bool', 2 ** 20]
  let [min, max, count, total] = [Infinity, -Infinity, 0, 0n]
  return {
    add(data) {
      const values = readTyped(dtype.spec, data) as Int32Array
      for (let start = 0; start < values.length; start += batch) {
        let sum = 0
        for (const value of values.subarray(start, start + batch)) {
          sum += value
          if (value < min) min = value
          if (value > max) max = value
        }
        total += BigInt(sum)
      }
      count += values.length
    },
    facts() {
      if (count === 0) return NOTHING
      const text = (value: number): string => dtype.format(bool ? value !== 0 : value)
      return {
        nans: 0,
        min: text(min),
        max: text(max),
        mean: float(exactMean(total, count)),
        sum: String(total),
      }
    },
  }
}

function bigIntegers(dtype: DataType): Accumulator {
  let [count, total] = [0, 0n]
  let [min, max]: (bigint | undefined)[] = []
  return {
    add(data) {
      const values = readTyped(dtype.spec, data) as BigInt64Array
      for (const value of values) {
        total += value
        if (min === undefined || value < min) min = value
        if (max === undefined || value > max) max = value
      }
      count += values.length
    },
    facts() {
      if (min === undefined || max === undefined) return NOTHING
      const mean = float(exactMean(total, count))
      return { nans: 0, min: dtype.format(min), max: dtype.format(max), mean, sum: String(total) }
    },
  }
}

/** Ticks; the mean is rounded to a whole tick, a sum of dates means nothing. */
function times(dtype: DataType): Accumulator {
  let [count, nans, total] = [0, 0, 0n]
  let [min, max]: (bigint | undefined)[] = []
  return {
    add(data) {
      for (const value of readTyped(dtype.spec, data) as BigInt64Array) {
        if (value === NAT) {
          nans++
          continue
        }
        count++
        total += value
        if (min === undefined || value < min) min = value
        if (max === undefined || value > max) max = value
      }
    },
    facts() {
      if (min === undefined || max === undefined) return { ...NOTHING, nans }
      const sum = dtype.spec.kind === 'timedelta' ? String(total) : null
      return {
        nans,
        min: dtype.format(min),
        max: dtype.format(max),
        mean: dtype.format(total / BigInt(count)),
        sum,
      }
    },
  }
}

function floats(dtype: DataType): Accumulator {
  const sum = new CompensatedSum()
  let [min, max, count, nans] = [Infinity, -Infinity, 0, 0]
  return {
    add(data) {
      for (const value of readTyped(dtype.spec, data) as Float64Array) {
        if (Number.isNaN(value)) {
          nans++
          continue
        }
        count++
        sum.add(value)
        if (value < min) min = value
        if (value > max) max = value
      }
    },
    facts() {
      if (count === 0) return { ...NOTHING, nans }
      const total = sum.total()
      return {
        nans,
        min: dtype.format(min),
        max: dtype.format(max),
        mean: float(total / count),
        sum: float(total),
      }
    },
  }
}

function complexes(dtype: DataType): Accumulator {
  const sums = [new CompensatedSum(), new CompensatedSum()] as const
  let [count, nans] = [0, 0]
  return {
    add(data) {
      const parts = readTyped(dtype.spec, data) as Float64Array
      for (let i = 0; i < parts.length; i += 2) {
        const [real, imaginary] = [parts[i]!, parts[i + 1]!]
        if (Number.isNaN(real) || Number.isNaN(imaginary)) {
          nans++
          continue
        }
        count++
        sums[0].add(real)
        sums[1].add(imaginary)
      }
    },
    facts() {
      if (count === 0) return { ...NOTHING, nans }
      const double = dataType({ kind: 'complex', part: 'float64' })
      const [real, imaginary] = [sums[0].total(), sums[1].total()]
      const mean = double.format([real / count, imaginary / count])
      return { nans, min: null, max: null, mean, sum: double.format([real, imaginary]) }
    },
  }
}

function texts(dtype: DataType): Accumulator {
  const seen = new Set<string>()
  return {
    add(data, offsets) {
      if (seen.size >= MAX_DISTINCT) return
      for (const value of itemValues(dtype, data, offsets)) {
        seen.add(keyOf(value))
        if (seen.size >= MAX_DISTINCT) return
      }
    },
    facts: () => ({ ...NOTHING, distinct: seen.size }),
  }
}

const keyOf = (value: ItemValue): string => (value instanceof Uint8Array ? value.join() : (value as string))
