import type { ComplexPart } from '@shared/dtype/numbers'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { useMemo } from 'react'
import type { CfPacking } from '../slicer/cf-packing'
import { measure, type Measure } from './measure'

/** The measure for these choices; the same one while they stay. */
export function useMeasure(
  dtype: DataTypeSpec,
  field: string | null,
  part: ComplexPart,
  packing: CfPacking | null,
  countMissing: boolean,
): Measure {
  return useMemo(
    () => measure({ dtype, field, part, packing, countMissing }),
    [dtype, field, part, packing, countMissing],
  )
}
