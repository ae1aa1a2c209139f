import { MetadataError } from '@shared/errors'
import { parseJsonTree, type JsonMember, type JsonNode } from '@shared/json/tree'
import { MAX_CONSOLIDATED, type MetadataDocument } from './document'

/** Documents below a group: relative path → file name → text as stored. */
export type Consolidated = Map<string, Map<string, string>>

/**
 * The documents that a format 3 group keeps inline (`consolidated_metadata` of kind "inline"), each as its text.
 * Undefined where there are none. Throws MetadataError where the field is not what zarr-python writes.
 */
export function consolidatedV3(document: MetadataDocument): Consolidated | undefined {
  const stated = document.fields.get('consolidated_metadata') ?? null
  if (stated === null) return undefined
  const root = memberOf(tree(document), 'consolidated_metadata')
  const kind = root && memberOf(root, 'kind')
  if (kind?.kind !== 'scalar' || kind.value !== 'inline') return undefined
  const below: Consolidated = new Map()
  for (const { name, value } of documents(
    document,
    memberOf(root!, 'metadata'),
    'consolidated_metadata.metadata',
  )) {
    below.set(cleanPath(name), new Map([['zarr.json', document.text.slice(value.start, value.end)]]))
  }
  return below
}

/** The documents of a format 2 hierarchy in `.zmetadata`; the paths are relative to the folder that holds it. */
export function consolidatedV2(document: MetadataDocument): Consolidated {
  const format = document.fields.get('zarr_consolidated_format')
  if (format !== 1) {
    throw new MetadataError(
      document.key,
      'zarr_consolidated_format',
      'only 1 is known; read the documents of the nodes themselves.',
    )
  }
  const below: Consolidated = new Map()
  for (const { name, value } of documents(document, memberOf(tree(document), 'metadata'), 'metadata')) {
    const slash = name.lastIndexOf('/')
    const path = cleanPath(slash < 0 ? '' : name.slice(0, slash))
    const file = name.slice(slash + 1)
    if (!['.zarray', '.zgroup', '.zattrs'].includes(file)) continue
    const files = below.get(path) ?? new Map<string, string>()
    below.set(path, files.set(file, document.text.slice(value.start, value.end)))
  }
  return below
}

const tree = (document: MetadataDocument): JsonNode =>
  parseJsonTree(document.text, { key: document.key, maxLength: MAX_CONSOLIDATED })

const memberOf = (node: JsonNode, name: string): JsonNode | undefined =>
  node.kind === 'object' ? node.members.findLast((member) => member.name === name)?.value : undefined

function documents(document: MetadataDocument, node: JsonNode | undefined, field: string): JsonMember[] {
  if (node?.kind === 'object') return node.members
  throw new MetadataError(document.key, field, 'it must be an object of documents by path.')
}

const cleanPath = (path: string): string => path.replace(/^\/+|\/+$/g, '')
