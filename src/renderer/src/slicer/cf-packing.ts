import { jsonNumber, jsonString } from '@shared/json/access'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import { cfTime, type TimeText } from './cf-time'

/** How stored numbers stand for others, by the attributes of the CF conventions. */
export interface CfPacking {
  /** decoded = stored × scale + offset. */
  scale: number
  offset: number
  /** Stored values that mean "no value", as text. */
  masked: string[]
  /** Numbers that are times; null where they are none. */
  time: TimeText | null
}

/**
 * What `scale_factor`, `add_offset`, `_FillValue`, `missing_value` and `units` say; null where they change nothing, and
 * where `_Unsigned` makes the stored numbers stand for others before all that, which is not applied.
 */
export function cfPacking(attributes: JsonObject): CfPacking | null {
  if (jsonString(attributes.get('_Unsigned'))?.toLowerCase() === 'true') return null
  const scale = jsonNumber(attributes.get('scale_factor')) ?? 1
  const offset = jsonNumber(attributes.get('add_offset')) ?? 0
  const masked = ['_FillValue', 'missing_value']
    .flatMap((key): (JsonValue | undefined)[] => {
      const value = attributes.get(key)
      return Array.isArray(value) ? value : [value]
    })
    .map((value) => (typeof value === 'string' ? (packedFloat(value) ?? value) : value))
    .filter((value) => value !== undefined && (jsonNumber(value) !== undefined || isNumberText(value)))
    .map((value) => jsonString(value) ?? stringifyJson(value as JsonValue))
  const time = cfTime(jsonString(attributes.get('units')), jsonString(attributes.get('calendar')))
  const isPlain = scale === 1 && offset === 0 && masked.length === 0 && time === null
  const isUsable = Number.isFinite(scale) && scale !== 0 && Number.isFinite(offset)
  return isPlain || !isUsable ? null : { scale, offset, masked: [...new Set(masked)], time }
}

/** Writers without NaN in their JSON write it, and 64-bit integers, as text. */
const isNumberText = (value: JsonValue): boolean =>
  typeof value === 'string' && /^(-?\d+|NaN|-?Infinity)$/.test(value)

/** xarray writes a float `_FillValue` of format 3 as base64 of its eight bytes, little-endian. */
function packedFloat(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{11}=$/.test(text)) return undefined
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return String(new DataView(bytes.buffer).getFloat64(0, true))
}
