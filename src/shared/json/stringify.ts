import { JsonFloat, type JsonValue } from './value'

export interface StringifyOptions {
  /** Spaces (or the very text) per level, each value on its own line; none puts everything on one line. */
  indent?: number | string
  /** Sorts names by code point, as Python does. */
  sortKeys?: boolean
  /** Writes everything outside ASCII as \uXXXX, as Python's `ensure_ascii` does. */
  ascii?: boolean
  /** On one line: "compact" `{"a":1,"b":2}` (the default) or Python's "spaced" `{"a": 1, "b": 2}`. */
  separators?: 'compact' | 'spaced'
  /** Put before every line but the first; for a value inside an indented document. */
  linePrefix?: string
}

/**
 * A value as JSON text. With an indent it is, byte for byte, what Python's `json.dumps` writes for the same options;
 * NaN and infinities are bare words; numbers that were parsed come out as they were written.
 */
export function stringifyJson(value: JsonValue, options: StringifyOptions = {}): string {
  const { indent, sortKeys = false, ascii = false, separators = 'compact', linePrefix = '' } = options
  const colon = indent === undefined && separators === 'compact' ? ':' : ': '
  const comma = indent === undefined && separators === 'spaced' ? ', ' : ','
  const unit = typeof indent === 'number' ? ' '.repeat(indent) : (indent ?? '')
  const string = ascii ? asciiString : jsonString

  const lines = (open: string, items: string[], close: string, depth: number): string => {
    if (items.length === 0) return open + close
    if (indent === undefined) return open + items.join(comma) + close
    const outer = `\n${linePrefix}${unit.repeat(depth)}`
    const inner = outer + unit
    return open + inner + items.join(comma + inner) + outer + close
  }
  const write = (item: JsonValue, depth: number): string => {
    if (Array.isArray(item)) {
      return lines(
        '[',
        item.map((child) => write(child, depth + 1)),
        ']',
        depth,
      )
    }
    if (item instanceof Map) {
      const entries = sortKeys ? [...item].sort(([a], [b]) => compareCodePoints(a, b)) : [...item]
      const members = entries.map(([name, child]) => string(name) + colon + write(child, depth + 1))
      return lines('{', members, '}', depth)
    }
    return typeof item === 'string' ? string(item) : scalar(item)
  }
  return write(value, 0)
}

function scalar(value: null | boolean | number | bigint | JsonFloat): string {
  if (value instanceof JsonFloat) return value.raw
  return Object.is(value, -0) ? '-0' : String(value)
}

const jsonString = (text: string): string => JSON.stringify(text)

const asciiString = (text: string): string => asciiJson(JSON.stringify(text))

/** JSON text with everything outside ASCII, which only strings can hold, as \uXXXX. */
export const asciiJson = (text: string): string =>
  text.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Order of Python's strings; JavaScript's own compares UTF-16 units, which differs beyond U+FFFF. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) {
      // Neither is inside a pair whose first half differs: compare from the start of the code point.
      return a.codePointAt(i)! - b.codePointAt(i)!
    }
  }
  return a.length - b.length
}
