import { MetadataError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import type { GroupMetadata, NodeMetadata } from './array-metadata'
import { attributesDocument } from './attributes'
import { consolidatedV2 } from './consolidated'
import { checkFormat, MAX_CONSOLIDATED, readDocument, withKey } from './document'
import type { ParseOptions } from './parse-options'
import { parseV1 } from './parse-v1'
import { parseV2 } from './parse-v2'
import { parseV3 } from './parse-v3'

export interface ParsedNode {
  metadata: NodeMetadata
  /** Formats whose documents lie at the path, the chosen one first. */
  formats: ZarrFormat[]
}

/**
 * The node that the documents at one path describe; undefined where they describe none. Where documents of several
 * formats lie together the order is 3, 2, 1, unless one is preferred.
 *
 * @param path path of the node inside its store, "" for the root
 * @param documents file name ("zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata", "meta", "attrs") → content
 * @throws MetadataError naming the document and the field where it is broken, LimitError beyond the limits. What is
 * legal but not known opens with `problem` set.
 */
export function parseNode(
  path: string,
  documents: ReadonlyMap<string, Uint8Array | string>,
  options: ParseOptions & { prefer?: ZarrFormat } = {},
): ParsedNode | undefined {
  const found = ([3, 2, 1] as const).filter((format) => holds(documents, format))
  const chosen = options.prefer !== undefined && found.includes(options.prefer) ? options.prefer : found[0]
  if (chosen === undefined) return undefined
  const prefix = path === '' ? '' : `${path}/`
  const formats = [chosen, ...found.filter((format) => format !== chosen)]
  return { metadata: parse(prefix, documents, chosen, options), formats }
}

function holds(documents: ReadonlyMap<string, Uint8Array | string>, format: ZarrFormat): boolean {
  if (format === 3) return documents.has('zarr.json')
  if (format === 2) return documents.has('.zarray') || documents.has('.zgroup')
  const meta = documents.get('meta')
  if (meta === undefined) return false
  // Any program may call a file "meta": it is a node where it says so, or where the file that belongs to it is there.
  const text = typeof meta === 'string' ? meta : new TextDecoder().decode(meta.subarray(0, 65_536))
  return documents.has('attrs') || text.includes('"zarr_format"')
}

function parse(
  prefix: string,
  documents: ReadonlyMap<string, Uint8Array | string>,
  format: ZarrFormat,
  options: ParseOptions,
): NodeMetadata {
  if (format === 3) return parseV3(prefix, documents.get('zarr.json')!, options)
  if (format === 1) {
    const meta = documents.get('meta')!
    return withKey(`${prefix}meta`, () => parseV1(prefix, { meta, attrs: documents.get('attrs') }, options))
  }
  const zarray = documents.get('.zarray')
  const zattrs = documents.get('.zattrs')
  if (zarray !== undefined)
    return withKey(`${prefix}.zarray`, () => parseV2(prefix, { zarray, zattrs }, options))
  return parseV2Group(prefix, documents)
}

function parseV2Group(prefix: string, documents: ReadonlyMap<string, Uint8Array | string>): GroupMetadata {
  const document = readDocument(`${prefix}.zgroup`, documents.get('.zgroup')!)
  checkFormat(document, 2)
  const { document: zattrs, ...attributes } = attributesDocument(`${prefix}.zattrs`, documents.get('.zattrs'))
  const source = [document, ...(zattrs ? [zattrs] : [])].map(({ key, text }) => ({
    key,
    text,
    zarrFormat: 2 as const,
  }))
  const group: GroupMetadata = { kind: 'group', zarrFormat: 2, ...attributes, source }
  const zmetadata = documents.get('.zmetadata')
  if (zmetadata === undefined) return group
  try {
    return {
      ...group,
      consolidated: consolidatedV2(readDocument(`${prefix}.zmetadata`, zmetadata, MAX_CONSOLIDATED)),
    }
  } catch (error) {
    // The group's own documents are whole: a broken copy of what is below only costs the short cut.
    if (error instanceof MetadataError) return { ...group, problem: error }
    throw error
  }
}
