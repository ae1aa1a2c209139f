import type { JsonValue } from '@shared/json/value'
import { JsonFloat } from '@shared/json/value'
import { stringifyJson } from '@shared/json/stringify'
import { meaningOf } from './reserved'

/** A line of the attribute table. */
export interface AttributeRow {
  /** JSON pointer: unique, and what "Copy path" gives. */
  path: string
  /** The same as names and indices. */
  steps: (string | number)[]
  /** Place among its siblings, and how many there are. */
  index: number
  siblings: number
  /** Name in an object, index in a list. */
  key: string
  depth: number
  type: AttributeType
  value: JsonValue
  /** Members of an object or list; null for everything else. */
  count: number | null
}

export type AttributeType = 'object' | 'list' | 'string' | 'integer' | 'float' | 'bool' | 'null'

/** The type of a JSON value; integers and floats are told apart by how they are written. */
export function typeOf(value: JsonValue): AttributeType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (value instanceof Map) return 'object'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'integer'
  if (value instanceof JsonFloat) return 'float'
  return Number.isInteger(value) ? 'integer' : 'float'
}

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** Rows of what is opened, in document order. `limit` bounds a list of a million items. */
export function attributeRows(
  root: JsonValue,
  isOpen: (path: string) => boolean,
  limit = 200_000,
): AttributeRow[] {
  const rows: AttributeRow[] = []
  members(root, '', [], 0)
  return rows

  function members(
    container: JsonValue,
    path: string,
    above: readonly (string | number)[],
    depth: number,
  ): void {
    const inList = Array.isArray(container)
    const siblings = container instanceof Map ? container.size : inList ? container.length : 0
    let index = 0
    const entries =
      container instanceof Map
        ? container.entries()
        : inList
          ? container.map((v, i): [string, JsonValue] => [String(i), v]).values()
          : []
    for (const [key, value] of entries) {
      if (rows.length >= limit) return
      const own = `${path}/${escapePointer(key)}`
      const count = value instanceof Map ? value.size : Array.isArray(value) ? value.length : null
      const steps = [...above, inList ? index : key]
      rows.push({ path: own, steps, index, siblings, key, depth, type: typeOf(value), value, count })
      index++
      if (count !== null && isOpen(own)) members(value, own, steps, depth + 1)
    }
  }
}

/** Paths of the rows whose key or scalar value contains the text, with everything above them. */
export function searchAttributes(
  root: JsonValue,
  text: string,
): { matches: Set<string>; shown: Set<string> } {
  const wanted = text.toLowerCase()
  const matches = new Set<string>()
  const shown = new Set<string>()
  for (const row of attributeRows(root, () => true)) {
    const scalar = row.count === null ? valueText(row.value) : ''
    if (!row.key.toLowerCase().includes(wanted) && !scalar.toLowerCase().includes(wanted)) continue
    matches.add(row.path)
    for (let path = row.path; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) shown.add(path)
  }
  return { matches, shown }
}

/** A value as it is shown and copied: text bare, everything else as its JSON, numbers as they were written. */
export const valueText = (value: JsonValue): string =>
  typeof value === 'string' ? value : stringifyJson(value, { separators: 'spaced' })

/** The start of a container on one line, without printing the whole of it. */
export function preview(value: JsonValue, max = 120): string {
  const isList = Array.isArray(value)
  if (!isList && !(value instanceof Map)) return valueText(value)
  let text = ''
  for (const [key, child] of value.entries()) {
    if (text.length > max) return `${isList ? '[' : '{'}${text.slice(0, max)}…`
    const shown = Array.isArray(child) ? '[…]' : child instanceof Map ? '{…}' : stringifyJson(child)
    text += (text === '' ? '' : ', ') + (isList ? '' : `${key}: `) + shown
  }
  return isList ? `[${text}]` : `{${text}}`
}

export const reservedMeaning = (row: AttributeRow): string | undefined =>
  row.depth === 0 ? meaningOf(row.key) : undefined

/** A string that is a web address as a whole. */
export const linkIn = (value: JsonValue): string | null =>
  typeof value === 'string' && /^https?:\/\/\S+$/.test(value) ? value : null
