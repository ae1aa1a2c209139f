import { MetadataError } from '@shared/errors'
import { jsonArray, jsonInteger } from '@shared/json/access'
import { decodeJsonBytes, parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import { parseJsonTree } from '@shared/json/tree'
import type { JsonObject, JsonValue } from '@shared/json/value'

/** Largest document, and largest one with the documents of a whole hierarchy inside. */
const MAX_DOCUMENT = 16 * 1024 * 1024
export const MAX_CONSOLIDATED = 128 * 1024 * 1024

/** Bytes that a document of this name may have: a `zarr.json` may hold consolidated metadata. */
export const maxDocument = (name: string): number => (name === 'zarr.json' ? MAX_CONSOLIDATED : MAX_DOCUMENT)

/** Main documents of a node in the order in which formats count, each with the one that stands beside it. */
export const FIRST_DOCUMENTS = [
  ['zarr.json', undefined],
  ['.zarray', '.zattrs'],
  ['.zgroup', '.zattrs'],
  ['meta', 'attrs'],
] as const
/** NumPy's own limit. */
export const MAX_DIMENSIONS = 64

/** A metadata document, read: its text is kept for editing. */
export interface MetadataDocument {
  key: string
  text: string
  fields: JsonObject
}

/**
 * Reads a document that must be a JSON object. Names that occur twice are refused except inside attributes and
 * consolidated documents. Throws MetadataError, or LimitError for too large or too deep ones.
 */
export function readDocument(
  key: string,
  content: Uint8Array | string,
  maxLength = MAX_DOCUMENT,
): MetadataDocument {
  const text = typeof content === 'string' ? content : decodeJsonBytes(content, { key, maxLength })
  const { value, duplicates } = parseJson(text, { key, maxLength })
  if (!(value instanceof Map))
    throw new MetadataError(key, '', `it holds ${kindOf(value)} in place of an object.`)
  const free = /\.zattrs$|(^|\/)attrs$/.test(key) ? /^/ : /^\/(attributes|consolidated_metadata|metadata)\//
  const twice = duplicates.find((pointer) => !free.test(pointer))
  if (twice !== undefined)
    throw new MetadataError(key, twice.slice(1).replaceAll('/', '.'), 'the name occurs twice.')
  return { key, text, fields: value }
}

/** A mandatory field. */
export function required(document: MetadataDocument, field: string): JsonValue {
  const value = document.fields.get(field)
  if (value === undefined) throw new MetadataError(document.key, field, 'the field is missing.')
  return value
}

/** `zarr_format` must say what the file's name says. */
export function checkFormat(document: MetadataDocument, format: number): void {
  const stated = required(document, 'zarr_format')
  if (stated !== format) {
    throw new MetadataError(
      document.key,
      'zarr_format',
      `it is ${shown(stated)}, but this file belongs to format ${format}.`,
    )
  }
}

/**
 * Lengths of at most 64 dimensions, integers from `least` to 2^53-1.
 *
 * @param rank number of dimensions that the list must have, where that is known
 */
export function lengths(
  document: MetadataDocument,
  field: string,
  json: JsonValue,
  least: 0 | 1,
  rank?: number,
): number[] {
  const fail = (why: string): never => {
    throw new MetadataError(document.key, field, why)
  }
  const list = jsonArray(json) ?? fail(`it must be a list of whole numbers, not ${shown(json)}.`)
  if (list.length > MAX_DIMENSIONS)
    fail(`it has ${list.length} dimensions; the most that can be handled is ${MAX_DIMENSIONS}.`)
  if (rank !== undefined && list.length !== rank)
    fail(`it has ${list.length} entries for an array of ${rank} dimensions.`)
  return list.map((entry) => {
    const length = jsonInteger(entry)
    if (length !== undefined && length >= least) return length
    const most = 'up to 9007199254740991'
    return fail(
      `it holds ${shown(entry)}; every entry is a whole number from ${least} ${most}, written without a point.`,
    )
  })
}

/** The value of a member as it stands in the text, every token as written; undefined where there is none. */
export function memberText(document: MetadataDocument, name: string): string | undefined {
  const tree = parseJsonTree(document.text, { maxLength: MAX_CONSOLIDATED })
  if (tree.kind !== 'object') return undefined
  const value = tree.members.findLast((member) => member.name === name)?.value
  return value && document.text.slice(value.start, value.end)
}

/** Gives the document's key to errors of parsers that do not know it. */
export function withKey<T>(key: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof MetadataError ? error.at(key) : error
  }
}

/** A value as messages show it. */
export function shown(value: JsonValue): string {
  const text = stringifyJson(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'string' ? 'a text' : typeof value === 'boolean' ? 'a boolean' : 'a number'
}
