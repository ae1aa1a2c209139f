import type { DataTypeSpec } from '@shared/dtype/spec'
import { readTyped } from '@shared/dtype/typed'

const INTEGERS: [name: string, min: number, max: number][] = [
  ['uint8', 0, 255],
  ['int8', -128, 127],
  ['uint16', 0, 65_535],
  ['int16', -32_768, 32_767],
  ['uint32', 0, 2 ** 32 - 1],
  ['int32', -(2 ** 31), 2 ** 31 - 1],
]

/**
 * A smaller number type that holds every item of a float64 or float32 array exactly: an integer type where all are
 * whole (and none is NaN or -0), else float32 for float64. Undefined where there is none, or nothing to look at.
 */
export function narrowerType(
  dtype: DataTypeSpec,
  chunks: readonly { data: Uint8Array }[],
): { dtype: string; bytes: number; of: number; items: number; whole: boolean } | undefined {
  if (dtype.kind !== 'float' || !['float64', 'float32'].includes(dtype.format)) return undefined
  const of = dtype.format === 'float64' ? 8 : 4
  const seen = { min: Infinity, max: -Infinity, whole: true, single: of === 8, items: 0 }
  for (const { data } of chunks) {
    look(readTyped(dtype, data) as Float64Array, seen)
    if (!seen.whole && !seen.single) return undefined
  }
  const { items, min, max } = seen
  if (items === 0 || min === max) return undefined
  const fits = seen.whole ? INTEGERS.find(([, low, high]) => low <= min && max <= high) : undefined
  const bytes = fits ? Number(/\d+/.exec(fits[0])![0]) / 8 : 4
  if (fits && bytes < of) return { dtype: fits[0], bytes, of, items, whole: true }
  return seen.single ? { dtype: 'float32', bytes: 4, of, items, whole: false } : undefined
}

function look(
  values: Float64Array | Float32Array,
  seen: { min: number; max: number; whole: boolean; single: boolean; items: number },
): void {
  for (const value of values) {
    if (seen.whole && (!Number.isInteger(value) || Object.is(value, -0))) seen.whole = false
    if (seen.single && !Object.is(Math.fround(value), value)) seen.single = false
    if (!seen.whole && !seen.single) return
    if (value < seen.min) seen.min = value
    if (value > seen.max) seen.max = value
  }
  seen.items += values.length
}
