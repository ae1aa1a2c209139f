import { JsonFloat } from './value'

export interface Token<T> {
  value: T
  /** Offset behind the token. */
  end: number
}

/** Offset of the first character from `at` on that is not JSON white space. */
export function skipSpace(text: string, at: number): number {
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at++
  }
}

/** The character at an offset as messages show it. */
export function shown(text: string, at: number): string {
  const code = text.codePointAt(at)
  if (code === undefined) return 'the end of the document'
  if (code <= 0x20 || (code >= 0x7f && code <= 0xa0) || (code >= 0xd800 && code <= 0xdfff)) {
    return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  }
  return `"${String.fromCodePoint(code)}"`
}

/** Longer integers are kept as text: converting a megabyte of digits takes seconds, and Python refuses them as well. */
const MAX_DIGITS = 4300

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y

/** The number at `at`, exact: see JsonValue; undefined where there is none. */
export function scanNumber(text: string, at: number): Token<number | bigint | JsonFloat> | undefined {
  NUMBER.lastIndex = at
  const match = NUMBER.exec(text)
  if (match === null) return undefined
  const raw = match[0]
  const end = at + raw.length
  const value = Number(raw)
  if (match[1] === undefined && match[2] === undefined) {
    if (Number.isSafeInteger(value)) return { value, end }
    return { value: raw.length <= MAX_DIGITS ? BigInt(raw) : new JsonFloat(raw), end }
  }
  return { value: String(value) === raw && !Number.isInteger(value) ? value : new JsonFloat(raw), end }
}

const WORDS: [string, null | boolean | number][] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]

/** One of the words of JSON, or of Python's dialect, at `at`. */
export function scanWord(text: string, at: number): Token<null | boolean | number> | undefined {
  for (const [word, value] of WORDS) if (text.startsWith(word, at)) return { value, end: at + word.length }
  return undefined
}

const ESCAPED: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const HEX4 = /[0-9a-fA-F]{4}/y

/** The string whose opening quote is at `at`. `fail` is called with an offset and a reason where it is not legal. */
export function scanString(
  text: string,
  at: number,
  fail: (at: number, why: string) => never,
): Token<string> {
  let value = ''
  let from = at + 1
  for (let i = from; ; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x22) return { value: value + text.slice(from, i), end: i + 1 }
    if (Number.isNaN(code)) fail(at, 'the string that starts here has no end')
    if (code < 0x20) fail(i, `${shown(text, i)} must be escaped inside a string`)
    if (code !== 0x5c) continue
    value += text.slice(from, i)
    const escape = text[++i] ?? ''
    const plain = ESCAPED[escape]
    if (plain !== undefined) {
      value += plain
    } else {
      HEX4.lastIndex = i + 1
      const hex = escape === 'u' ? HEX4.exec(text) : null
      if (hex === null)
        fail(i - 1, escape === 'u' ? '\\u must be followed by four hexadecimal digits' : 'unknown escape')
      value += String.fromCharCode(parseInt(hex[0], 16))
      i += 4
    }
    from = i + 1
  }
}
