import type { DataTypeSpec } from '@shared/dtype/spec'
import { readTyped } from '@shared/dtype/typed'

/**
 * The largest absolute difference between numbers that ought to be equal, as a double; Infinity where a number became
 * none, or came from none. Undefined for types that are no numbers.
 */
export function largestDifference(
  dtype: DataTypeSpec,
  wanted: Uint8Array,
  got: Uint8Array,
): number | undefined {
  if (!['bool', 'int', 'uint', 'float', 'complex', 'datetime', 'timedelta'].includes(dtype.kind))
    return undefined
  const [a, b] = [readTyped(dtype, wanted), readTyped(dtype, got)]
  if (Array.isArray(a) || Array.isArray(b)) return undefined
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!]
    if (x === y) continue
    const difference = typeof x === 'bigint' && typeof y === 'bigint' ? Number(x - y) : Number(x) - Number(y)
    if (Number.isNaN(difference)) {
      if (!(Number.isNaN(x) && Number.isNaN(y))) return Infinity
    } else largest = Math.max(largest, Math.abs(difference))
  }
  return largest
}
