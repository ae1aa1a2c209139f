import { LimitError, MetadataError } from '../errors'
import { scanNumber, scanString, scanWord, shown, skipSpace } from './lexer'
import type { JsonFloat } from './value'

export type JsonScalar = null | boolean | number | bigint | string | JsonFloat

/** What the scanner reports, in document order; offsets are UTF-16 indices into the text. */
export interface JsonHandler {
  open(kind: 'object' | 'array', start: number): void
  /** The innermost open container ends before `end`. */
  close(end: number): void
  /** Name of the next value of the innermost object; `start` and `end` enclose its quotes. */
  key(name: string, start: number, end: number): void
  scalar(value: JsonScalar, start: number, end: number): void
}

export interface ScanOptions {
  /** Store key of the document, for messages. */
  key?: string
  /** Deepest nesting of objects and arrays; 512 unless given. */
  maxDepth?: number
  /** Longest text in UTF-16 units; 16 Mi unless given. */
  maxLength?: number
}

const MAX_JSON_DEPTH = 512
export const MAX_JSON_LENGTH = 16 * 1024 * 1024

/** What may come next: the first or a later name of an object, the first item of an array, a value, or what follows one. */
type State = 'firstKey' | 'key' | 'firstItem' | 'value' | 'after'

/**
 * Reads one JSON document (RFC 8259, plus the bare words NaN, Infinity and -Infinity that Python writes) without
 * recursion. Throws MetadataError with line and column in words, LimitError where it is too long or too deep.
 */
export function scanJson(text: string, handler: JsonHandler, options: ScanOptions = {}): void {
  const { key = '', maxDepth = MAX_JSON_DEPTH, maxLength = MAX_JSON_LENGTH } = options
  const fail = (at: number, why: string): never => {
    throw new MetadataError(key, '', `${place(text, at)}: ${why}.`)
  }
  if (text.length > maxLength)
    throw new LimitError(`The length of ${key || 'the JSON text'}`, text.length, maxLength)
  if (text.charCodeAt(0) === 0xfeff)
    fail(0, 'the document starts with a byte order mark; save it as UTF-8 without one')

  const stack: ('object' | 'array')[] = []
  let state: State = 'value'
  let at = skipSpace(text, 0)
  if (at === text.length) fail(at, 'the document is empty')

  for (;;) {
    const char = text[at]
    const within = stack.at(-1)
    const mayClose = state === 'after' || state === 'firstKey' || state === 'firstItem'
    if (within !== undefined && mayClose && char === (within === 'object' ? '}' : ']')) {
      stack.pop()
      handler.close(++at)
      state = 'after'
    } else if (state === 'after') {
      if (within === undefined) {
        if (at < text.length) fail(at, `expected the end of the document, found ${shown(text, at)}`)
        return
      }
      if (char !== ',')
        fail(at, `expected "," or "${within === 'object' ? '}' : ']'}", found ${shown(text, at)}`)
      at++
      state = within === 'object' ? 'key' : 'value'
    } else if (state === 'firstKey' || state === 'key') {
      if (char !== '"') fail(at, `expected a name in double quotes, found ${shown(text, at)}`)
      const token = scanString(text, at, fail)
      handler.key(token.value, at, token.end)
      at = skipSpace(text, token.end)
      if (text[at] !== ':') fail(at, `expected ":" after the name, found ${shown(text, at)}`)
      at++
      state = 'value'
    } else if (char === '{' || char === '[') {
      if (stack.length >= maxDepth) {
        throw new LimitError(`The nesting depth of ${key || 'the JSON text'}`, stack.length + 1, maxDepth)
      }
      stack.push(char === '{' ? 'object' : 'array')
      handler.open(char === '{' ? 'object' : 'array', at++)
      state = char === '{' ? 'firstKey' : 'firstItem'
    } else {
      const token = char === '"' ? scanString(text, at, fail) : (scanNumber(text, at) ?? scanWord(text, at))
      if (token === undefined) return fail(at, `expected a value, found ${shown(text, at)}`)
      handler.scalar(token.value, at, token.end)
      at = token.end
      state = 'after'
    }
    at = skipSpace(text, at)
  }
}

/** Where an offset lies, for people: "line 3, column 14", both from 1. */
export function place(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`
}
