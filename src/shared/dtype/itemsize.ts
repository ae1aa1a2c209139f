import { floatBytes } from './float-format'
import type { DataTypeSpec } from './spec'

/** Larger items are refused: a fill value alone would take that much memory. */
export const MAX_ITEM_BYTES = 64 * 1024 * 1024

/** Bytes of one canonical item; null where items vary in length (see DataTypeSpec). */
export function itemSize(spec: DataTypeSpec): number | null {
  switch (spec.kind) {
    case 'bool':
      return 1
    case 'int':
    case 'uint':
      return Math.max(1, spec.bits / 8)
    case 'float':
      return floatBytes(spec.format)
    case 'complex':
      return 2 * floatBytes(spec.part)
    case 'datetime':
    case 'timedelta':
      return 8
    case 'bytes':
    case 'raw':
      return spec.length
    case 'text':
      return 4 * spec.length
    case 'struct':
      return spec.fields.reduce<number | null>((sum, field) => add(sum, itemSize(field.type)), 0)
    case 'subarray': {
      const item = itemSize(spec.item)
      return item === null ? null : spec.shape.reduce((product, length) => product * length, item)
    }
    case 'vlen-text':
    case 'vlen-bytes':
    case 'vlen-array':
    case 'object':
      return null
  }
}

/** Bytes of one canonical item of a type whose items all have the same length. */
export function fixedItemSize(spec: DataTypeSpec): number {
  const size = itemSize(spec)
  if (size === null) throw new TypeError(`items of ${spec.kind} vary in length`)
  return size
}

/** Whether items hold numbers of several bytes, so that their order in memory matters. */
export function hasByteOrder(spec: DataTypeSpec): boolean {
  switch (spec.kind) {
    case 'struct':
      return spec.fields.some((field) => hasByteOrder(field.type))
    case 'subarray':
    case 'vlen-array':
      return hasByteOrder(spec.item)
    case 'int':
    case 'uint':
      return spec.bits > 8
    case 'float':
      return floatBytes(spec.format) > 1
    case 'complex':
      return floatBytes(spec.part) > 1
    case 'text':
    case 'datetime':
    case 'timedelta':
      return true
    case 'bool':
    case 'bytes':
    case 'raw':
    case 'vlen-text':
    case 'vlen-bytes':
    case 'object':
      return false
  }
}

const add = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b)

/** Whether two types have the same canonical form and meaning. */
export const sameType = (a: DataTypeSpec, b: DataTypeSpec): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, child]) => [name, sorted(child)])
}
