import { jsonArray, jsonNumber, jsonString } from '@shared/json/access'
import type { JsonObject } from '@shared/json/value'

/** Names of integer values by CF's `flag_values` and `flag_meanings`; a function that knows none without them. */
export function cfFlags(attributes: JsonObject): (value: number) => string | null {
  const values = jsonArray(attributes.get('flag_values'))?.map(jsonNumber) ?? []
  const words = jsonString(attributes.get('flag_meanings'))?.trim().split(/\s+/) ?? []
  const names = new Map(values.map((value, i) => [value, words[i]]))
  return (value) => names.get(value) ?? null
}
