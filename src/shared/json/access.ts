/** Small, honest readers of parsed JSON: each gives undefined where the value is not exactly what was asked for. */
import { JsonFloat, type JsonObject, type JsonValue } from './value'

export const jsonObject = (value: JsonValue | undefined): JsonObject | undefined =>
  value instanceof Map ? value : undefined

export const jsonArray = (value: JsonValue | undefined): JsonValue[] | undefined =>
  Array.isArray(value) ? value : undefined

export const jsonString = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** Any JSON number as the nearest double, NaN and infinities included. */
export function jsonNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (value instanceof JsonFloat) return value.value
  return typeof value === 'bigint' ? Number(value) : undefined
}

/** An integer that was written as one and that a double holds exactly: no 1.0, no true, no "1". */
export const jsonInteger = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value + 0 : undefined

/** An integer of any length that was written as one. */
export function jsonBigInt(value: JsonValue | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined
}

/** A plain value of the program as a JsonValue: objects become Maps, undefined members are left out. */
export function toJsonValue(value: unknown): JsonValue {
  if (value === null || value instanceof JsonFloat || value instanceof Map) return value as JsonValue
  if (Array.isArray(value)) return value.map(toJsonValue)
  if (typeof value === 'object') {
    return new Map(
      Object.entries(value)
        .filter(([, child]) => child !== undefined)
        .map(([name, child]) => [name, toJsonValue(child)]),
    )
  }
  return value as JsonValue
}
