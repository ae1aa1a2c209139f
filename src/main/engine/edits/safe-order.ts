import { isAborted } from '@shared/errors'
import { jsonArray, jsonObject } from '@shared/json/access'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject } from '@shared/json/value'
import type { Staged } from '../stores/overlay'
import { isBelow, nameOf, parentOf } from '../stores/key'

/** A key to be written or deleted, and what the store holds now, where it is a document. */
export interface Write {
  key: string
  value: Staged
  /** Text of a document before and after. */
  texts?: { before: string | undefined; after: string | undefined }
}

/** One change of the store. */
export interface Step {
  key: string
  value: Staged
}

/** Fields that say how chunks are stored; where one changes, old chunks mean nothing under the new document. */
const LAYOUT = ['chunk_grid', 'chunk_key_encoding', 'codecs', 'data_type', 'node_type']
const LAYOUT_V2 = ['chunks', 'compressor', 'filters', 'order', 'dtype', 'dimension_separator', 'compression']

/**
 * Writes in an order in which others never see a node that promises what is not there: what is added comes chunks first
 * and documents last; what shrinks or goes comes documents first and chunks last. Steps of one group may be done at the
 * same time.
 */
export function safeOrder(writes: readonly Write[]): Step[][] {
  const gone = writes.filter(({ texts }) => texts?.before !== undefined && texts.after === undefined)
  const made = writes.filter(({ texts }) => texts?.before === undefined && texts?.after !== undefined)
  const groups: Step[][] = Array.from({ length: 7 }, () => [])
  for (const { key, value, texts } of writes) {
    const put = (group: number, what: Staged = value): void => void groups[group]!.push({ key, value: what })
    if (!texts) put(value ? 3 : 2)
    else if (texts.after === undefined) put(1)
    else if (texts.before === undefined) put(isBeside(key) ? 4 : 5)
    else {
      const folder = parentOf(key)
      const lists = (others: readonly Write[]): boolean =>
        others.some((other) => isBelow(folder, parentOf(other.key)))
      if (lists(gone) && !lists(made)) put(0)
      else if (lists(made)) put(6)
      else if (isReplaced(texts)) {
        put(1, null)
        put(5)
      } else put(isShrunk(texts) ? 1 : 5)
    }
  }
  return groups.filter((group) => group.length > 0)
}

/** Attributes beside their node's own document. */
const isBeside = (key: string): boolean => ['.zattrs', 'attrs'].includes(nameOf(key))

type Texts = NonNullable<Write['texts']>

const fieldsOf = (text: string | undefined): JsonObject | undefined => {
  try {
    return text === undefined ? undefined : jsonObject(parseJson(text).value)
  } catch (error) {
    if (isAborted(error)) throw error
    // A document that is no JSON has no shape; it is written with the others.
    return undefined
  }
}

function isShrunk({ before, after }: Texts): boolean {
  const [old, now] = [before, after].map((text) => jsonArray(fieldsOf(text)?.get('shape')))
  return old?.some((length, k) => typeof length === 'number' && Number(now?.[k] ?? 0) < length) ?? false
}

function isReplaced({ before, after }: Texts): boolean {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  if (!old || !now || !(old.has('shape') && now.has('shape'))) return false
  const text = (fields: JsonObject, name: string): string => stringifyJson(fields.get(name) ?? null)
  return [...LAYOUT, ...LAYOUT_V2].some((name) => text(old, name) !== text(now, name))
}
