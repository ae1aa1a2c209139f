import { ValueError } from '../errors'

const INTEGER =
  /^([+-]?)(?:(\d[\d_]*)(?:\.(0*))?(?:e\+?(\d{1,4}))?|0x([\da-f][\da-f_]*)|0b([01][01_]*)|0o([0-7][0-7_]*))$/i

/** Longer texts are no number that anybody typed. */
const MAX_TYPED = 5000

/** The integer that a text means, exact at any length: 42, -1_000, 0xff, 3.0, 2e9; undefined where it means none. */
export function exactInteger(text: string): bigint | undefined {
  if (text.length > MAX_TYPED) return undefined
  const match = INTEGER.exec(text.trim())
  if (match === null) return undefined
  const [, sign, decimal, , exponent, hex, binary, octal] = match
  const digits = (body: string): string => body.replaceAll('_', '')
  let value: bigint
  if (decimal !== undefined) value = BigInt(digits(decimal)) * 10n ** BigInt(exponent ?? 0)
  else if (hex !== undefined) value = BigInt(`0x${digits(hex)}`)
  else if (binary !== undefined) value = BigInt(`0b${digits(binary)}`)
  else value = BigInt(`0o${digits(octal!)}`)
  return sign === '-' ? -value : value
}

/** Splits at the commas that lie outside of quotes and brackets; white space around the pieces is dropped. */
export function splitItems(text: string): string[] {
  const pieces: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quote !== '') {
      if (char === '\\') i++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    else if (char === ',' && depth === 0) {
      pieces.push(text.slice(from, i).trim())
      from = i + 1
    }
    if (depth < 0) throw new ValueError(`"${text}" has a closing bracket too many.`)
  }
  if (quote !== '' || depth > 0) throw new ValueError(`"${text}" has a quote or bracket that is not closed.`)
  const last = text.slice(from).trim()
  return last === '' ? pieces : [...pieces, last]
}

const NAMED: Record<string, string> = { n: '\n', r: '\r', t: '\t', "'": "'", '"': '"', '\\': '\\', '0': '\0' }

/** The text between Python quotes, escapes resolved; undefined where the text is not quoted. */
export function unquote(text: string): string | undefined {
  const match = /^(['"])(.*)\1$/s.exec(text)
  if (match === null) return undefined
  return match[2]!.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([^]))/gi,
    (all, two?: string, four?: string, eight?: string, char?: string) => {
      const hex = two ?? four ?? eight
      if (hex !== undefined && parseInt(hex, 16) <= 0x10ffff) return String.fromCodePoint(parseInt(hex, 16))
      return (char === undefined ? undefined : NAMED[char]) ?? all
    },
  )
}

/** Text in quotes as Python's `repr` writes it. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(/[\\\x00-\x1f\x7f]/g, (char) => {
    const named = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char]
    return named ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark
}

/** Says that a JavaScript value is of the wrong sort. */
export function wrongValue(value: unknown, wanted: string): ValueError {
  let shown: string
  if (typeof value === 'string') shown = JSON.stringify(value)
  else if (typeof value === 'object' && value !== null) shown = Array.isArray(value) ? 'A list' : 'An object'
  else shown = String(value)
  return new ValueError(`${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown} is not ${wanted}.`)
}
