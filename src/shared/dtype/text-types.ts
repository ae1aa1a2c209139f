import { ValueError } from '../errors'
import type { JsonValue } from '../json/value'
import { parseJson } from '../json/parse'
import { stringifyJson } from '../json/stringify'
import { toBase64 } from './base64'
import type { DataType, ItemValue } from './data-type'
import { quote, unquote, wrongValue } from './parse-text'
import type { DataTypeSpec } from './spec'

type Spec<K extends DataTypeSpec['kind']> = Extract<DataTypeSpec, { kind: K }>

const encoder = new TextEncoder()
/** Invalid UTF-8 shows as U+FFFD; a leading U+FEFF is a character like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function utf8(text: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text))
    throw new ValueError(`${JSON.stringify(text)} holds half a character (a lone surrogate).`)
  return encoder.encode(text)
}

function toBytes(value: ItemValue): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return utf8(value)
  throw wrongValue(value, 'a sequence of bytes')
}

/** Bytes as Python's `repr` writes them: b'a\x00'. */
export function formatBytes(bytes: Uint8Array): string {
  const quoted = quote(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replace(
    /[\x80-\xff]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16)}`,
  )
  return `b${quoted}`
}

/** Bytes from a Python literal b'…'; from other text its UTF-8. */
function parseBytes(text: string): Uint8Array {
  const literal = /^b(['"].*['"])$/s.exec(text.trim())
  const inside = literal === null ? undefined : unquote(literal[1]!)
  if (inside === undefined) return utf8(text)
  return Uint8Array.from(inside, (char) => {
    const code = char.codePointAt(0)!
    if (code > 0xff)
      throw new ValueError(`"${text}": inside b'…' write characters beyond U+00FF as \\x escapes.`)
    return code
  })
}

function padded(bytes: Uint8Array, length: number, shown: string): Uint8Array {
  if (bytes.length > length)
    throw new ValueError(`${shown} has ${bytes.length} bytes; this type holds ${length}.`)
  const out = new Uint8Array(length)
  out.set(bytes)
  return out
}

/** NumPy S: trailing NULs are padding, so they are not part of the value. */
export function bytesType(spec: Spec<'bytes'>): DataType {
  return {
    spec,
    name: `|S${spec.length}`,
    itemsize: spec.length,
    read(bytes, offset) {
      let end = offset + spec.length
      while (end > offset && bytes[end - 1] === 0) end--
      return bytes.slice(offset, end)
    },
    encode: (value) => padded(toBytes(value), spec.length, 'The value'),
    parse: (text) => padded(parseBytes(text), spec.length, `"${text}"`),
    format: (value) => formatBytes(value as Uint8Array),
    toJson: (value) => toBase64(value as Uint8Array),
    zero: () => new Uint8Array(spec.length),
  }
}

/** NumPy V and r*: every byte counts. */
export function rawType(spec: Spec<'raw'>): DataType {
  const exactly = (bytes: Uint8Array, shown: string): Uint8Array => {
    if (bytes.length === spec.length) return bytes.slice()
    throw new ValueError(`${shown} has ${bytes.length} bytes; this type needs exactly ${spec.length}.`)
  }
  return {
    spec,
    name: `|V${spec.length}`,
    itemsize: spec.length,
    read: (bytes, offset) => bytes.slice(offset, offset + spec.length),
    encode: (value) => exactly(toBytes(value), 'The value'),
    parse(text) {
      const hex = /^(?:0x)?((?:[\da-f]{2})*)$/i.exec(text.trim())?.[1]
      if (hex?.length === 2 * spec.length) {
        return Uint8Array.from({ length: spec.length }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16))
      }
      return exactly(parseBytes(text), `"${text}"`)
    },
    format: (value) =>
      `b'${[...(value as Uint8Array)].map((byte) => `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')}'`,
    toJson: (value) => toBase64(value as Uint8Array),
    zero: () => new Uint8Array(spec.length),
  }
}

/** NumPy U: UTF-32LE; trailing NULs are padding. Codes beyond Unicode read as U+FFFD. */
export function textType(spec: Spec<'text'>): DataType {
  const encode = (text: string): Uint8Array => {
    const points = Array.from(text)
    if (points.length > spec.length) {
      throw new ValueError(
        `${JSON.stringify(text)} has ${points.length} characters; this type holds ${spec.length}.`,
      )
    }
    const bytes = new Uint8Array(4 * spec.length)
    const view = new DataView(bytes.buffer)
    points.forEach((char, i) => view.setUint32(4 * i, char.codePointAt(0)!, true))
    return bytes
  }
  return {
    spec,
    name: `<U${spec.length}`,
    itemsize: 4 * spec.length,
    read(bytes, offset) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 4 * spec.length)
      let end = spec.length
      while (end > 0 && view.getUint32(4 * (end - 1), true) === 0) end--
      let text = ''
      for (let i = 0; i < end; i++) {
        const code = view.getUint32(4 * i, true)
        text += String.fromCodePoint(code > 0x10ffff ? 0xfffd : code)
      }
      return text
    },
    encode(value) {
      if (typeof value === 'string') return encode(value)
      throw wrongValue(value, 'text')
    },
    parse: encode,
    format: (value) => value as string,
    toJson: (value) => value as string,
    zero: () => new Uint8Array(4 * spec.length),
  }
}

export function vlenTextType(spec: Spec<'vlen-text'>): DataType {
  return {
    spec,
    name: 'string',
    itemsize: null,
    read: (bytes, offset, end = bytes.length) => decoder.decode(bytes.subarray(offset, end)),
    encode(value) {
      if (typeof value === 'string') return utf8(value)
      throw wrongValue(value, 'text')
    },
    parse: utf8,
    format: (value) => value as string,
    toJson: (value) => value as string,
    zero: () => new Uint8Array(0),
  }
}

export function vlenBytesType(spec: Spec<'vlen-bytes'>): DataType {
  return {
    spec,
    name: 'bytes',
    itemsize: null,
    read: (bytes, offset, end = bytes.length) => bytes.slice(offset, end),
    encode: (value) => toBytes(value).slice(),
    parse: parseBytes,
    format: (value) => formatBytes(value as Uint8Array),
    toJson: (value) => toBase64(value as Uint8Array),
    zero: () => new Uint8Array(0),
  }
}

/** Any JSON value, kept as text; Python's None stands for an empty item. */
export function objectType(spec: Spec<'object'>): DataType {
  const encode = (value: JsonValue): Uint8Array => utf8(stringifyJson(value))
  return {
    spec,
    name: 'object',
    itemsize: null,
    read(bytes, offset, end = bytes.length) {
      if (end === offset) return null
      return parseJson(decoder.decode(bytes.subarray(offset, end))).value as unknown as ItemValue
    },
    encode(value) {
      if (value instanceof Uint8Array) throw wrongValue(value, 'a JSON value')
      return encode(value as unknown as JsonValue)
    },
    parse: (text) => encode(parseJson(text).value),
    format: (value) => stringifyJson(value as unknown as JsonValue, { separators: 'spaced' }),
    toJson: (value) => value as unknown as JsonValue,
    zero: () => utf8('null'),
  }
}
