import type { DataTypeSpec } from '@shared/dtype/spec'
import { readTyped } from '@shared/dtype/typed'

/** Least and greatest finite value of float items; undefined for other types and where there is none. */
export function floatRange(
  dtype: DataTypeSpec,
  chunks: readonly { data: Uint8Array }[],
): { min: number; max: number } | undefined {
  if (dtype.kind !== 'float') return undefined
  let [min, max] = [Infinity, -Infinity]
  for (const { data } of chunks) {
    for (const value of readTyped(dtype, data) as Float64Array) {
      if (!Number.isFinite(value)) continue
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  return min <= max ? { min, max } : undefined
}
