import { stringifyJson } from '../json/stringify'
import { JsonFloat, type JsonValue } from '../json/value'
import type { DataType, ItemValue } from './data-type'
import { quote, unquote, wrongValue } from './parse-text'
import type { DataTypeSpec } from './spec'

/** Gives the runtime object of a part; passed to compound types because their parts may be of any type. */
export type TypeOf = (spec: DataTypeSpec) => DataType

/** As NumPy prints a value inside a record or list: text and moments in quotes. */
export function formatInside(type: DataType, value: ItemValue): string {
  const quoted = ['text', 'vlen-text', 'datetime'].includes(type.spec.kind)
  return quoted ? quote(type.format(value)) : type.format(value)
}

/** What was typed for a part of a record or list: quotes around text are not part of it. */
export const parseInside = (type: DataType, text: string): Uint8Array => type.parse(unquote(text) ?? text)

/** A JSON value as canonical bytes of a type: numbers and words by what they say, lists and objects by their parts. */
export function encodeJson(type: DataType, json: JsonValue): Uint8Array {
  if (type.spec.kind === 'object') return type.parse(stringifyJson(json))
  if (typeof json === 'string') {
    return ['text', 'vlen-text'].includes(type.spec.kind) ? type.encode(json) : type.parse(json)
  }
  if (json instanceof JsonFloat) return type.parse(json.raw)
  if (Array.isArray(json) || json instanceof Map) return type.parse(stringifyJson(json))
  if (json === null) throw wrongValue(json, `a value of ${type.name}`)
  return type.parse(String(json))
}

/** Whether a typed text is meant as JSON. */
export const isJson = (text: string): boolean => /^\s*[[{]/.test(text)
