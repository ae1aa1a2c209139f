import { ExpressionError } from '../errors'
import { unquote } from '../dtype/parse-text'

/** A word, number, text or sign of an expression; `at` is the index of its first character. */
export type Token = { at: number } & (
  | { kind: 'name'; text: string }
  /** `float` where it has a point or exponent; `imaginary` with a j behind it. */
  | { kind: 'number'; text: string; form: 'integer' | 'float' | 'imaginary' }
  | { kind: 'text'; text: string }
  | { kind: 'sign'; text: string }
  | { kind: 'end' }
)

const SPACE = /\s+/y
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy
const NUMBER = /(?:0x[\da-f]+|(?:\d[\d_]*)?\.\d+(?:e[+-]?\d+)?|\d[\d_]*\.?(?:e[+-]?\d+)?)j?/iy
const TEXT = /b?(?:'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*")/y
const SIGN = /\*\*|\/\/|<=|>=|==|!=|&&|\|\||[-+*/%<>=!&|^~(),.[\]]/y

/** Cuts the text of an expression into tokens; throws ExpressionError at the first character that starts none. */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  let at = 0
  const next = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  while (at < text.length) {
    const space = next(SPACE)
    if (space !== undefined) {
      at += space.length
      continue
    }
    const quoted = next(TEXT)
    if (quoted !== undefined) {
      found.push({ kind: 'text', text: unquote(quoted.replace(/^b/, ''))!, at })
      at += quoted.length
      continue
    }
    const number = next(NUMBER)
    if (number !== undefined) {
      found.push({ kind: 'number', text: number.replaceAll('_', ''), form: formOf(number), at })
      at += number.length
      continue
    }
    const name = next(NAME)
    const sign = name === undefined ? next(SIGN) : undefined
    if (name !== undefined) found.push({ kind: 'name', text: name, at })
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign, at })
    else if (/['"]/.test(text[at]!)) throw new ExpressionError('The quote is not closed.', at)
    else throw new ExpressionError(`"${text[at]!}" has no meaning in an expression.`, at)
    at += (name ?? sign)!.length
  }
  return [...found, { kind: 'end', at: text.length }]
}

function formOf(number: string): 'integer' | 'float' | 'imaginary' {
  if (/^0x/i.test(number)) return 'integer'
  if (/j$/i.test(number)) return 'imaginary'
  return /[.e]/i.test(number) ? 'float' : 'integer'
}
