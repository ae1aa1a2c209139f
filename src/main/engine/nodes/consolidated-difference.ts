import { ZarrscopeError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import { JsonFloat, type JsonObject, type JsonValue } from '@shared/json/value'
import type { NodeDocuments } from './documents'

/** Fields named in a sentence before "and more". */
const MOST_NAMED = 4

/**
 * How a node's own documents differ from their consolidated copies, in one sentence; undefined where they say the same,
 * whatever the order of their fields. `key` is the document that holds the copies.
 */
export function consolidatedDifference(
  key: string,
  own: NodeDocuments,
  copy: NodeDocuments,
): string | undefined {
  const fields = new Set<string>()
  for (const [name, text] of copy) {
    const mine = own.get(name)
    // Attributes without attributes are the same as no document for them.
    if (mine === undefined && name === '.zattrs' && isEmpty(text)) continue
    for (const field of differingFields(name, mine, text)) fields.add(field)
  }
  for (const [name, text] of own) {
    if (!copy.has(name) && name === '.zattrs' && !isEmpty(text)) fields.add('attributes')
  }
  if (fields.size === 0) return undefined
  const named = [...fields].slice(0, MOST_NAMED).join(', ')
  const more = fields.size > MOST_NAMED ? ` and ${fields.size - MOST_NAMED} more` : ''
  return `The consolidated copy in ${key} differs in ${named}${more}; this node's own document is shown.`
}

function differingFields(name: string, own: string | undefined, copy: string): string[] {
  const [mine, other] = [fieldsOf(own), fieldsOf(copy)]
  if (!mine || !other) return [name]
  const names = new Set([...mine.keys(), ...other.keys()])
  // zarr-python keeps copies of copies inside nested groups; they say nothing about the node.
  names.delete('consolidated_metadata')
  const different = [...names].filter((field) => !same(mine.get(field), other.get(field)))
  return name === '.zattrs' ? different.map((field) => `the attribute "${field}"`) : different
}

function fieldsOf(text: string | undefined): JsonObject | undefined {
  try {
    const value = text === undefined ? undefined : parseJson(text).value
    return value instanceof Map ? value : undefined
  } catch (error) {
    if (error instanceof ZarrscopeError) return undefined
    throw error
  }
}

const isEmpty = (text: string): boolean => fieldsOf(text)?.size === 0

function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return normalised(a) === normalised(b)
}

/** Text that is equal for equal values: names sorted, 1.0 and 1.00 alike. */
const normalised = (value: JsonValue): string => stringifyJson(plain(value), { sortKeys: true })

function plain(value: JsonValue): JsonValue {
  if (value instanceof JsonFloat) return value.value
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof Map ? new Map([...value].map(([name, child]) => [name, plain(child)])) : value
}
