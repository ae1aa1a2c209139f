import { parseJson } from '../json/parse'
import { JsonFloat, type JsonValue } from '../json/value'

/** A Python string literal. */
export const pythonString = (text: string): string =>
  `"${text.replace(/["\\\u0000-\u001f\u007f-\u00a0\u2028\u2029]/g, (c) => {
    if (c === '"' || c === '\\') return `\\${c}`
    return c === '\n' ? '\\n' : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
  })}"`

/** JSON text as a Python expression with the same value: integers of any size, NaN and infinities too. */
export const pythonOfJson = (text: string): string => pythonOf(parseJson(text).value)

function pythonOf(value: JsonValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return pythonString(value)
  if (Array.isArray(value)) return `[${value.map(pythonOf).join(', ')}]`
  if (value instanceof Map)
    return `{${[...value].map(([k, v]) => `${pythonString(k)}: ${pythonOf(v)}`).join(', ')}}`
  if (value instanceof JsonFloat) return Number.isFinite(value.value) ? value.raw : pythonOf(value.value)
  if (typeof value === 'bigint' || Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value)
  return Number.isNaN(value) ? 'float("nan")' : value > 0 ? 'float("inf")' : 'float("-inf")'
}
