import { NodeNotFoundError, NotAStoreError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import type { ParsedNode } from '../metadata/parse-node'
import type { ListableStore } from '../stores/store'
import { ZarrArray } from './array'
import { findConsolidated } from './consolidated'
import { consolidatedDifference } from './consolidated-difference'
import { parseDocuments, readDocuments, type NodeDocuments } from './documents'
import { ZarrGroup } from './group'
import { isImplicitGroup } from './implicit-group'
import { joinKey } from '../stores/key'
import type { NodeContext } from './node-context'

export type ZarrNode = ZarrArray | ZarrGroup

export interface OpenNodeOptions {
  /** The metadata to use where several formats coexist; 3, 2, 1 in this order otherwise. */
  format?: ZarrFormat | undefined
  signal?: AbortSignal | undefined
}

/**
 * Opens the array or group at a path of a store ("" for its root), reading its metadata documents only. The node's own
 * documents count; consolidated metadata stands in where a node has none, and where both exist their difference is
 * told. A folder without documents is a group where nodes lie below it. Unknown data types and codecs open with their
 * metadata and refuse data.
 *
 * Throws NodeNotFoundError (NotAStoreError at the root), MetadataError for documents that are broken, LimitError, IoError.
 */
export async function openNode(
  store: ListableStore,
  path: string,
  context: NodeContext,
  options: OpenNodeOptions = {},
): Promise<ZarrNode> {
  const { format, signal } = options
  const own = await readDocuments(store, path, { signal })
  const parsed = parseDocuments(path, own, format)
  const consolidated = await findConsolidated(store, path, signal)
  const copy = path === consolidated?.root ? undefined : consolidated?.documents(path)
  if (parsed) {
    const difference = copy && consolidated && consolidatedDifference(consolidated.key, own, copy)
    return made(store, path, parsed, own, { context, format, difference })
  }
  const stored = copy && parseDocuments(path, copy, format)
  if (copy && consolidated && stored) {
    const difference = `This node has no document of its own; what is shown is its copy in ${consolidated.key}.`
    return made(store, path, stored, copy, { context, format, difference })
  }
  if (await isImplicitGroup(store, path, signal)) return implicit(store, path, context)
  throw path === '' ? new NotAStoreError(store.path ?? 'This') : new NodeNotFoundError(path)
}

function made(
  store: ListableStore,
  path: string,
  { metadata, formats }: ParsedNode,
  documents: NodeDocuments,
  {
    context,
    format,
    difference,
  }: { context: NodeContext; format: ZarrFormat | undefined; difference: string | undefined },
): ZarrNode {
  const origin = {
    formats,
    preferred: format,
    documents: [...documents].map(([name, text]) => ({ key: joinKey(path, name), text })),
    ...(difference === undefined ? {} : { consolidatedDifference: difference }),
  }
  return metadata.kind === 'array'
    ? new ZarrArray(store, path, metadata, origin, context)
    : new ZarrGroup(store, path, metadata, origin, context)
}

/** Such groups were legal in drafts of format 3; format 2 writers leave them out as well. */
function implicit(store: ListableStore, path: string, context: NodeContext): ZarrGroup {
  const metadata = {
    kind: 'group',
    zarrFormat: 3,
    attributes: new Map(),
    attributesText: '{}',
    source: [],
  } as const
  return new ZarrGroup(store, path, { ...metadata, source: [] }, { formats: [3], documents: [] }, context)
}
