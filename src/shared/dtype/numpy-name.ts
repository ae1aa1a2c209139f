import type { JsonValue } from '../json/value'
import { quote } from './parse-text'
import type { DataTypeSpec } from './spec'

export type ByteMark = '<' | '>'

/**
 * NumPy's short string of a type, such as "<i4", "|S3", "<M8[25s]"; "|O" where items vary in length. Undefined for
 * records, sub-arrays and the types that NumPy does not have (small floats and ints).
 */
export function numpyTypestr(spec: DataTypeSpec, order: ByteMark = '<'): string | undefined {
  switch (spec.kind) {
    case 'bool':
      return '|b1'
    case 'int':
    case 'uint':
      if (spec.bits < 8) return undefined
      return `${spec.bits === 8 ? '|' : order}${spec.kind === 'int' ? 'i' : 'u'}${spec.bits / 8}`
    case 'float': {
      const bits = /^float(16|32|64)$/.exec(spec.format)?.[1]
      return bits === undefined ? undefined : `${order}f${Number(bits) / 8}`
    }
    case 'complex': {
      const bits = /^float(32|64)$/.exec(spec.part)?.[1]
      return bits === undefined ? undefined : `${order}c${Number(bits) / 4}`
    }
    case 'datetime':
      return `${order}M8${stepSuffix(spec)}`
    case 'timedelta':
      return `${order}m8${stepSuffix(spec)}`
    case 'bytes':
      return `|S${spec.length}`
    case 'text':
      return `${order}U${spec.length}`
    case 'raw':
      return `|V${spec.length}`
    case 'vlen-text':
    case 'vlen-bytes':
    case 'vlen-array':
    case 'object':
      return '|O'
    case 'struct':
    case 'subarray':
      return undefined
  }
}

function stepSuffix({ unit, scale }: { unit: string; scale: number }): string {
  return unit === 'generic' ? '' : `[${scale === 1 ? '' : scale}${unit}]`
}

/** Names of the types that NumPy has no short string for. */
export function ownName(spec: DataTypeSpec): string {
  switch (spec.kind) {
    case 'int':
    case 'uint':
      return `${spec.kind}${spec.bits}`
    case 'float':
      return spec.format
    case 'complex':
      return `complex_${spec.part}`
    case 'vlen-text':
      return 'string'
    case 'vlen-bytes':
      return 'bytes'
    case 'vlen-array':
      return `list[${numpyName(spec.item)}]`
    default:
      return spec.kind
  }
}

/**
 * As Python prints `str(dtype)`: "int32" and "datetime64[s]" in native (little) order, ">i4" in the other, "<U3",
 * "|S3"; records as their descr, "[('a', '<i4')]". Types NumPy does not have go by their Zarr name.
 */
export function numpyName(spec: DataTypeSpec, order: ByteMark = '<'): string {
  if (spec.kind === 'struct') {
    return `[${spec.fields.map(({ name, type }) => `(${quote(name)}, ${member(type, order)})`).join(', ')}]`
  }
  if (spec.kind === 'subarray') return `(${member(spec, order)})`
  if (spec.kind === 'object') return 'object'
  const typestr = numpyTypestr(spec, order)
  if (typestr === undefined || typestr === '|O') return ownName(spec)
  if (typestr.startsWith('>') || ['text', 'bytes', 'raw'].includes(spec.kind)) return typestr
  switch (spec.kind) {
    case 'complex':
      return spec.part === 'float32' ? 'complex64' : 'complex128'
    case 'datetime':
    case 'timedelta':
      return `${spec.kind}64${stepSuffix(spec)}`
    default:
      return spec.kind === 'bool' ? 'bool' : ownName(spec)
  }
}

function member(spec: DataTypeSpec, order: ByteMark): string {
  if (spec.kind === 'struct') return numpyName(spec, order)
  if (spec.kind === 'subarray') return `${member(spec.item, order)}, ${pythonTuple(spec.shape)}`
  return quote(numpyTypestr(spec, order) ?? ownName(spec))
}

/** A shape as Python prints it: "()", "(3,)", "(3, 4)". */
export const pythonTuple = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]!},)` : `(${shape.join(', ')})`

/** The `dtype` entry of a format 1 or 2 document: a typestr, or lists for records. Undefined where NumPy has no such type. */
export function numpyDescr(spec: DataTypeSpec, order: ByteMark = '<'): JsonValue | undefined {
  if (spec.kind !== 'struct') return numpyTypestr(spec, order)
  const fields: JsonValue[] = []
  for (const { name, type } of spec.fields) {
    const item = type.kind === 'subarray' ? type.item : type
    const descr = numpyDescr(item, order)
    if (descr === undefined) return undefined
    fields.push(type.kind === 'subarray' ? [name, descr, type.shape] : [name, descr])
  }
  return fields
}
