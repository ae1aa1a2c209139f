import { ValueError } from '../errors'
import { parseJson } from '../json/parse'
import { JsonFloat, type JsonValue } from '../json/value'
import { concatBytes } from './concat-bytes'
import type { DataType, ItemValue } from './data-type'
import { encodeJson, formatInside, isJson, parseInside, type TypeOf } from './inside'
import { fixedItemSize } from './itemsize'
import { numpyName } from './numpy-name'
import { splitItems, wrongValue } from './parse-text'
import type { DataTypeSpec } from './spec'

/** Fields in order without padding. Values are objects by field name; lists by position are taken as well. */
export function structType(spec: Extract<DataTypeSpec, { kind: 'struct' }>, of: TypeOf): DataType {
  let offset = 0
  const fields = spec.fields.map(({ name, type }) => {
    const field = { name, type: of(type), offset }
    offset += fixedItemSize(type)
    return field
  })
  const itemsize = offset
  const known = new Set(fields.map(({ name }) => name))
  const names = fields.map(({ name }) => name).join(', ')
  const checkCount = (count: number): void => {
    if (count !== fields.length)
      throw new ValueError(`The record has ${fields.length} fields (${names}), not ${count}.`)
  }
  const byName = <T>(has: (name: string) => boolean, given: string[], get: (name: string) => T): T[] => {
    const unknown = given.find((name) => !known.has(name))
    if (unknown !== undefined)
      throw new ValueError(`The record has no field "${unknown}"; its fields are ${names}.`)
    return fields.map(({ name }) => {
      if (!has(name))
        throw new ValueError(`The field "${name}" is missing; the record has the fields ${names}.`)
      return get(name)
    })
  }
  const fromJson = (json: JsonValue): Uint8Array => {
    if (!Array.isArray(json) && !(json instanceof Map)) throw wrongValue(json, 'a record')
    if (Array.isArray(json)) checkCount(json.length)
    const values = Array.isArray(json)
      ? json
      : byName(
          (n) => json.has(n),
          [...json.keys()],
          (n) => json.get(n)!,
        )
    return concatBytes(fields.map(({ type }, i) => encodeJson(type, values[i]!)))
  }
  return {
    spec,
    name: numpyName(spec),
    itemsize,
    read(bytes, start) {
      // No prototype: a field may be called "__proto__".
      const record = Object.create(null) as Record<string, ItemValue>
      for (const field of fields) record[field.name] = field.type.read(bytes, start + field.offset)
      return record
    },
    encode(value) {
      if (value instanceof Map) return fromJson(value)
      if (
        typeof value !== 'object' ||
        value === null ||
        value instanceof Uint8Array ||
        value instanceof JsonFloat
      ) {
        throw wrongValue(value, 'a record')
      }
      if (Array.isArray(value)) checkCount(value.length)
      const record = value as Record<string, ItemValue>
      const values = Array.isArray(value)
        ? value
        : byName(
            (n) => Object.hasOwn(record, n),
            Object.keys(record),
            (n) => record[n]!,
          )
      return concatBytes(fields.map(({ type }, i) => type.encode(values[i]!)))
    },
    parse(text) {
      if (isJson(text)) return fromJson(parseJson(text.trim()).value)
      const inside = /^\s*\((.*)\)\s*$/s.exec(text)?.[1]
      if (inside === undefined)
        throw new ValueError(`"${text}" is not a record; write it as (1, 2.5) or {"a": 1, "b": 2.5}.`)
      const items = splitItems(inside)
      checkCount(items.length)
      return concatBytes(fields.map(({ type }, i) => parseInside(type, items[i]!)))
    },
    format(value) {
      const record = value as Record<string, ItemValue>
      const inside = fields.map(({ name, type }) => formatInside(type, record[name]!)).join(', ')
      return fields.length === 1 ? `(${inside},)` : `(${inside})`
    },
    toJson(value) {
      const record = value as Record<string, ItemValue>
      return new Map(fields.map(({ name, type }) => [name, type.toJson(record[name]!)]))
    },
    zero: () => new Uint8Array(itemsize),
  }
}
