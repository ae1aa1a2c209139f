import { LimitError, MetadataError } from '../errors'
import { MAX_JSON_LENGTH, scanJson, type ScanOptions } from './scan'
import { pointer } from './path'
import type { JsonObject, JsonValue } from './value'

export interface ParsedJson {
  value: JsonValue
  /** JSON pointers of names that occur twice in their object; the last value counts, as in Python. */
  duplicates: string[]
  /** Bare NaN, Infinity or -Infinity occurs, which other programs may refuse. */
  nonStandard: boolean
}

/**
 * Parses a JSON document without loss (see JsonValue). Throws MetadataError, naming line and column, for anything
 * that RFC 8259 and Python's dialect do not allow, LimitError beyond the limits of ScanOptions.
 */
export function parseJson(text: string, options: ScanOptions = {}): ParsedJson {
  const duplicates: string[] = []
  let nonStandard = false
  let root: JsonValue = null
  const stack: { container: JsonObject | JsonValue[]; name: string }[] = []
  const add = (value: JsonValue): void => {
    const top = stack.at(-1)
    if (top === undefined) root = value
    else if (Array.isArray(top.container)) top.container.push(value)
    else top.container.set(top.name, value)
  }
  scanJson(
    text,
    {
      open(kind) {
        const container: JsonObject | JsonValue[] = kind === 'object' ? new Map<string, JsonValue>() : []
        add(container)
        stack.push({ container, name: '' })
      },
      close() {
        stack.pop()
      },
      key(name) {
        const top = stack.at(-1)!
        top.name = name
        if (top.container instanceof Map && top.container.has(name)) {
          duplicates.push(
            pointer(stack.map((s) => (Array.isArray(s.container) ? s.container.length - 1 : s.name))),
          )
        }
      },
      scalar(value) {
        if (typeof value === 'number' && !Number.isFinite(value)) nonStandard = true
        add(value)
      },
    },
    options,
  )
  return { value: root, duplicates, nonStandard }
}

/**
 * Bytes of a document as text. Throws MetadataError for invalid UTF-8 or a byte order mark, LimitError where there are
 * more than `maxLength` bytes.
 */
export function decodeJsonBytes(
  bytes: Uint8Array,
  options: Pick<ScanOptions, 'key' | 'maxLength'> = {},
): string {
  const { key = '', maxLength = MAX_JSON_LENGTH } = options
  if (bytes.length > maxLength)
    throw new LimitError(`The size of ${key || 'the JSON text'} in bytes`, bytes.length, maxLength)
  try {
    // ignoreBOM keeps the mark in the text, so that the parser can refuse it in words.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    const mark = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
    const why = mark ? 'it is UTF-16; save it as UTF-8.' : 'it is not valid UTF-8.'
    throw new MetadataError(key, '', why, { cause })
  }
}
