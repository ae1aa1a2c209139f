import { UsageError, ValueError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import { integerRange } from '@shared/dtype/simple-types'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { INT64_MAX, NAT } from '@shared/dtype/time'
import { castItems, type Items } from '../../nodes/writing/cast-items'
import { pacer } from '../../stores/pacer'
import { cellName, indexIn, type Box } from './box'

/** How values of a data type are computed: as doubles, exactly, or as pairs of doubles. */
export type Arithmetic = 'float' | 'whole' | 'complex'

/** Throws UsageError for data types that are no numbers and no times. */
export function arithmeticOf(dtype: DataTypeSpec, what: string): Arithmetic {
  switch (dtype.kind) {
    case 'float':
      return 'float'
    case 'complex':
      return 'complex'
    case 'bool':
    case 'int':
    case 'uint':
    case 'datetime':
    case 'timedelta':
      return 'whole'
    default:
      throw new UsageError(`${what} is for numbers and times, and this array holds ${dataType(dtype).name}.`)
  }
}

/** Cells computed before others have their turn. */
const SLICE = 4096

/** Items from doubles, which must be numbers of the type; floats round to the nearest. */
export async function floatItems(
  box: Box,
  values: Float64Array,
  dtype: DataTypeSpec,
  from: DataTypeSpec = { kind: 'float', format: 'float64' },
): Promise<Items> {
  try {
    return castItems({ data: new Uint8Array(values.buffer) }, from, dtype, 'same_kind')
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    throw await firstRefused(box, values, dtype, from, error)
  }
}

/** Items from whole numbers of any size: `at(i)` for cell `i` of the box. Refused beyond the type's range. */
export async function wholeItems(
  box: Box,
  count: number,
  at: (cell: number) => bigint,
  dtype: DataTypeSpec,
): Promise<Items> {
  const [low, high] = rangeOf(dtype)
  const pause = pacer()
  const values = new BigUint64Array(count)
  for (let i = 0; i < count; i++) {
    const value = at(i)
    if (value < low || value > high) throw doesNotFit(String(value), dtype, indexIn(box)(i))
    values[i] = BigInt.asUintN(64, value)
    if (i % SLICE === 0) await pause()
  }
  const data = new Uint8Array(values.buffer)
  const isWide = dtype.kind === 'datetime' || dtype.kind === 'timedelta'
  const wide = { kind: low < 0n ? 'int' : 'uint', bits: 64 } as const
  return isWide ? { data } : castItems({ data }, wide, dtype, 'same_kind')
}

export const doesNotFit = (value: string, dtype: DataTypeSpec, index: readonly number[]): ValueError =>
  new ValueError(
    `${value} does not fit into ${dataType(dtype).name}; nothing was changed. The first such cell is ${cellName(index)}.`,
  )

function rangeOf(dtype: DataTypeSpec): readonly [bigint, bigint] {
  if (dtype.kind === 'int' || dtype.kind === 'uint') return integerRange(dtype)
  return dtype.kind === 'bool' ? [0n, 1n] : [NAT + 1n, INT64_MAX]
}

async function firstRefused(
  box: Box,
  values: Float64Array,
  dtype: DataTypeSpec,
  from: DataTypeSpec,
  error: ValueError,
): Promise<ValueError> {
  const width = from.kind === 'complex' ? 2 : 1
  const pause = pacer()
  for (let i = 0; i < values.length; i += width) {
    const one = values.slice(i, i + width)
    try {
      castItems({ data: new Uint8Array(one.buffer) }, from, dtype, 'same_kind')
    } catch {
      return doesNotFit(one.join(', '), dtype, indexIn(box)(i / width))
    }
    if (i % SLICE === 0) await pause()
  }
  return error
}
