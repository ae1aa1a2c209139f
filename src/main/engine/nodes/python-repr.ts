import { JsonFloat, type JsonValue } from '@shared/json/value'

/** A JSON value as Python's `repr` writes it: `{'clevel': 5, 'preset': None}`; keys in the order they are stored. */
export function pythonRepr(value: JsonValue): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof JsonFloat) return float(value.value)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value.toString() : float(value)
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  return `{${[...value].map(([k, v]) => `${quoted(k)}: ${pythonRepr(v)}`).join(', ')}}`
}

/** A shape as a Python tuple: `()`, `(5,)`, `(5, 7)`. */
export function pythonTuple(items: readonly number[]): string {
  return items.length === 1 ? `(${items[0]!},)` : `(${items.join(', ')})`
}

/** Python's float repr: shortest digits, exponent from 1e16 on and below 1e-4, always a point or an exponent. */
function float(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const magnitude = Math.abs(value)
  if (value !== 0 && (magnitude >= 1e16 || magnitude < 1e-4)) {
    const [mantissa, exponent] = value.toExponential().split('e') as [string, string]
    const digits = exponent.slice(1).padStart(2, '0')
    return `${mantissa}e${exponent[0]!}${digits}`
  }
  const text = value.toString()
  return /[.e]/.test(text) ? text : `${text}.0`
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = ''
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (char === quote) out += `\\${quote}`
    else if (ESCAPES[char] !== undefined) out += ESCAPES[char]
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`
    else out += char
  }
  return quote + out + quote
}
