import { MetadataError } from '@shared/errors'
import type { JsonObject } from '@shared/json/value'
import { memberText, readDocument, shown, type MetadataDocument } from './document'

/** Attributes, parsed and as stored. */
export interface Attributes {
  attributes: JsonObject
  attributesText: string
}

/** Formats 1 and 2: a document of their own; absent means none. */
export function attributesDocument(
  key: string,
  content: Uint8Array | string | undefined,
): Attributes & { document?: MetadataDocument } {
  if (content === undefined) return { attributes: new Map(), attributesText: '{}' }
  const document = readDocument(key, content)
  return { attributes: document.fields, attributesText: document.text, document }
}

/** Format 3: a member of the node's document. */
export function attributesMember(document: MetadataDocument): Attributes {
  const attributes = document.fields.get('attributes')
  if (attributes === undefined) return { attributes: new Map(), attributesText: '{}' }
  if (!(attributes instanceof Map)) {
    throw new MetadataError(
      document.key,
      'attributes',
      `it is ${shown(attributes)}; attributes are an object.`,
    )
  }
  return { attributes, attributesText: memberText(document, 'attributes') ?? '{}' }
}

/** Dimension names that xarray keeps in an attribute of format 2 arrays; null where they do not fit the array. */
export function xarrayDimensions(attributes: JsonObject, rank: number): (string | null)[] | null {
  const names = attributes.get('_ARRAY_DIMENSIONS')
  if (!Array.isArray(names) || names.length !== rank || rank === 0) return null
  return names.every((name) => typeof name === 'string') ? names : null
}
