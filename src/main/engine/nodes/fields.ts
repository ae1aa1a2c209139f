import { SelectionError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'

/** The data type of a field selection: the field's own for one name, a smaller record for several, in their order. */
export function fieldType(spec: DataTypeSpec, names: readonly string[]): DataTypeSpec {
  const fields = names.map((name) => findField(spec, name))
  return fields.length === 1
    ? fields[0]!.type
    : { kind: 'struct', fields: fields.map(({ name, type }) => ({ name, type })) }
}

/**
 * Copies the named fields out of packed records: canonical bytes of `fieldType(spec, names)`. Throws SelectionError
 * where the data type has no such field.
 */
export function takeFields(data: Uint8Array, spec: DataTypeSpec, names: readonly string[]): Uint8Array {
  const fields = names.map((name) => findField(spec, name))
  const from = itemSize(spec) ?? 0
  const to = fields.reduce((sum, f) => sum + f.size, 0)
  const items = from === 0 ? 0 : data.length / from
  const out = new Uint8Array(items * to)
  let target = 0
  for (let item = 0; item < items; item++) {
    for (const { offset, size } of fields) {
      const start = item * from + offset
      for (let i = 0; i < size; i++) out[target++] = data[start + i]!
    }
  }
  return out
}

/**
 * Puts canonical items of `fieldType(spec, names)` into the named fields of as many packed records, in place. Throws
 * SelectionError where the data type has no such field.
 */
export function putFields(
  records: Uint8Array,
  spec: DataTypeSpec,
  names: readonly string[],
  values: Uint8Array,
): void {
  const fields = names.map((name) => findField(spec, name))
  const size = itemSize(spec) ?? 0
  let from = 0
  for (let item = 0; item < records.length; item += size)
    for (const field of fields) {
      records.set(values.subarray(from, from + field.size), item + field.offset)
      from += field.size
    }
}

function findField(
  spec: DataTypeSpec,
  name: string,
): { name: string; type: DataTypeSpec; offset: number; size: number } {
  if (spec.kind !== 'struct')
    throw new SelectionError(`There is no field "${name}": the data type has no fields.`)
  let offset = 0
  for (const field of spec.fields) {
    const size = itemSize(field.type) ?? 0
    if (field.name === name) return { ...field, offset, size }
    offset += size
  }
  const known = spec.fields.map((f) => `"${f.name}"`).join(', ')
  throw new SelectionError(`There is no field "${name}"; the fields are ${known}.`)
}
