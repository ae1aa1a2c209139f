import type { DataType, ItemValue } from '@shared/dtype/data-type'

/**
 * The words of an array's items, aligned as NumPy aligns them: one column width for all, floats all positional or all
 * scientific. Every float keeps the digits it needs to read back exactly; nothing is rounded.
 */
export function itemWords(values: readonly ItemValue[], dtype: DataType): string[] {
  const { spec } = dtype
  switch (spec.kind) {
    case 'float':
      return floatWords(values.map((v) => dtype.format(v)))
    case 'complex':
      return complexWords(values as readonly [number, number][], dtype)
    case 'bool':
    case 'int':
    case 'uint':
    case 'timedelta':
      return padStart(values.map((v) => dtype.format(v)))
    case 'datetime':
      return padStart(values.map((v) => `'${dtype.format(v)}'`))
    default:
      return values.map((v) => itemWord(v, dtype))
  }
}

/** One item on its own, as NumPy shows a scalar inside a container. */
function itemWord(value: ItemValue, dtype: DataType): string {
  const { spec } = dtype
  if (typeof value === 'string' && (spec.kind === 'text' || spec.kind === 'vlen-text')) return quote(value)
  if (value instanceof Uint8Array) return bytesLiteral(value)
  return dtype.format(value)
}

interface Parsed {
  negative: boolean
  digits: string
  /** The value is 0.digits × 10^point. */
  point: number
}

/** Lays out shortest float texts (NaN and infinities as words) in common columns. */
export function floatWords(texts: readonly string[]): string[] {
  const parsed = texts.map(parse)
  const magnitudes = parsed.flatMap((p) => (p && p.digits !== '0' ? [p] : []))
  const words = parsed.map((p) => p && (scientific(magnitudes) ? exponentParts(p) : positionalParts(p)))
  const intWidth = Math.max(0, ...words.map((w) => w?.int.length ?? 0))
  const fractions = words.map((w) => w?.fraction.length ?? 0)
  const fractionWidth = Math.max(0, ...fractions)
  const exponents = words.map((w) => w?.exponent.length ?? 0)
  const exponentWidth = Math.max(0, ...exponents)
  const laidOut = words.map((w, i) => {
    if (!w) return texts[i]!
    const int = w.int.padStart(intWidth)
    if (exponentWidth === 0) return `${int}.${w.fraction.padEnd(fractionWidth)}`
    return `${int}.${w.fraction.padEnd(fractionWidth, '0')}${padExponent(w.exponent, exponentWidth)}`
  })
  return padStart(laidOut)
}

function complexWords(values: readonly [number, number][], dtype: DataType): string[] {
  const part = (i: 0 | 1): string[] =>
    values.map((v) => splitComplex(dtype.format([i === 0 ? v[0] : 0, i === 1 ? v[1] : 0]))[i])
  const real = floatWords(part(0))
  const imaginary = floatWords(part(1).map((t) => t.replace(/^\+/, '')))
  return real.map((r, i) => {
    const word = imaginary[i]!
    const text = word.trim()
    const sign = text.startsWith('-') ? '' : '+'
    const trailing = word.length - word.trimEnd().length
    return `${r}${sign}${text}j${' '.repeat(trailing)}`
  })
}

/** The two parts of "(1+2j)", "1+2j" or "nan-infj". */
function splitComplex(text: string): [string, string] {
  const bare = text.replace(/^\(|\)$/g, '').replace(/j$/, '')
  const at = bare.slice(1).search(/(?<!e)[+-]/) + 1
  return at > 0 ? [bare.slice(0, at), bare.slice(at)] : ['0', bare]
}

function parse(text: string): Parsed | undefined {
  const match = /^(-?)(\d+)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text)
  if (!match) return undefined
  const [, sign, int, fraction = '', exponent = '0'] = match
  const all = int! + fraction
  const leading = /^0*/.exec(all)![0].length
  const digits = all.slice(leading).replace(/0+$/, '')
  if (digits === '') return { negative: sign === '-', digits: '0', point: 1 }
  return { negative: sign === '-', digits, point: int!.length - leading + Number(exponent) }
}

/** NumPy's rule: 1e8 and more, below 1e-4, or a spread beyond a factor of 1000. */
function scientific(values: readonly Parsed[]): boolean {
  if (values.length === 0) return false
  const size = (p: Parsed): number => Number(`0.${p.digits}e${p.point}`)
  const sizes = values.map(size)
  const max = sizes.reduce((a, b) => Math.max(a, b))
  const min = sizes.reduce((a, b) => Math.min(a, b))
  return max >= 1e8 || min < 1e-4 || max / min > 1000
}

function positionalParts({ negative, digits, point }: Parsed): {
  int: string
  fraction: string
  exponent: string
} {
  const sign = negative ? '-' : ''
  if (digits === '0') return { int: `${sign}0`, fraction: '', exponent: '' }
  const int = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const fraction = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return { int: sign + int, fraction, exponent: '' }
}

function exponentParts({ negative, digits, point }: Parsed): {
  int: string
  fraction: string
  exponent: string
} {
  const exponent = digits === '0' ? 0 : point - 1
  const text = `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  return { int: (negative ? '-' : '') + digits[0]!, fraction: digits.slice(1), exponent: text }
}

const padExponent = (text: string, width: number): string =>
  text.slice(0, 2) + text.slice(2).padStart(width - 2, '0')

function padStart(words: readonly string[]): string[] {
  const width = words.reduce((most, w) => Math.max(most, w.length), 0)
  return words.map((w) => w.padStart(width))
}

const quote = (text: string): string => {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = ''
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (char === mark || char === '\\') out += `\\${char}`
    else if (char === '\n') out += '\\n'
    else if (char === '\r') out += '\\r'
    else if (char === '\t') out += '\\t'
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (/[\p{Cf}\p{Zl}\p{Zp}]/u.test(char)) out += `\\u${code.toString(16).padStart(4, '0')}`
    else out += char
  }
  return mark + out + mark
}

/** Bytes as Python writes them: printable ASCII as is, the rest as \xNN. */
function bytesLiteral(bytes: Uint8Array): string {
  let out = ''
  for (const byte of bytes) {
    if (byte === 0x27 || byte === 0x5c) out += `\\${String.fromCharCode(byte)}`
    else if (byte >= 0x20 && byte < 0x7f) out += String.fromCharCode(byte)
    else out += `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return `b'${out}'`
}
