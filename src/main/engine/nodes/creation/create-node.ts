import { MetadataError, NodeExistsError, UsageError } from '@shared/errors'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ZarrFormat } from '@shared/model/node'
import { writeArrayDocuments, writeGroupDocuments } from '../../metadata/write-documents'
import { joinKey, nameOf, parentOf } from '../../stores/key'
import type { WritableStore } from '../../stores/store'
import { ZarrArray } from '../array'
import { hasNode, parseDocuments } from '../documents'
import { ZarrGroup } from '../group'
import type { NodeContext } from '../node-context'
import { openNode } from '../open'
import { utf8, writable } from '../writing/writable'
import { checkNodeName } from './node-name'
import { resolveNewArray, type NewArrayOptions } from './new-array-options'

export interface PlaceOptions {
  /** `w-` (default): what exists is left alone (NodeExistsError); `w`: it is deleted first; `a`: it is opened. */
  mode?: 'w' | 'w-' | 'a'
}

/**
 * Creates an array, and the groups above it that are missing. Metadata only: no chunk is written. Everything is
 * checked before anything is written or deleted. Throws UsageError, ValueError, NodeExistsError, ReadOnlyError, IoError.
 */
export async function createArray(
  store: WritableStore,
  path: string,
  options: NewArrayOptions & PlaceOptions,
  context: NodeContext,
): Promise<ZarrArray> {
  const { array, format } = resolveNewArray(options)
  const documents = writeArrayDocuments(array, format)
  if (format === 1 && path !== '')
    throw new UsageError('Format 1 has no groups: its array lies at the root of a store.')
  checkReadable(documents, format)
  const existing = await place(store, path, documents, format, options, context)
  const node = existing ?? (await openNode(store, path, context, { format }))
  if (node instanceof ZarrArray) return node
  throw new NodeExistsError(path)
}

/** What is written must be readable: a codec that is not known, or stands where it cannot, is found here. */
function checkReadable(documents: ReadonlyMap<string, string>, format: ZarrFormat): void {
  const metadata = parseDocuments('', documents, format)?.metadata
  const problem = metadata?.kind === 'array' ? metadata.problem : undefined
  if (problem === undefined) return
  const where =
    problem instanceof MetadataError ? ` (${problem.field}): ${problem.why}` : `: ${problem.message}`
  throw new UsageError(`Such an array could not be read again${where}`, { cause: problem })
}

/** Creates a group, and the groups above it that are missing. Throws as `createArray` does. */
export async function createGroup(
  store: WritableStore,
  path: string,
  options: PlaceOptions & { zarrFormat?: ZarrFormat; attributes?: JsonObject },
  context: NodeContext,
): Promise<ZarrGroup> {
  const format = options.zarrFormat ?? 3
  const documents = writeGroupDocuments(options.attributes ?? new Map<string, JsonValue>(), format)
  const existing = await place(store, path, documents, format, options, context)
  const node = existing ?? (await openNode(store, path, context, { format }))
  if (node instanceof ZarrGroup) return node
  throw new NodeExistsError(path)
}

/** Writes the documents of a new node; gives the node that exists where it is to be kept. */
async function place(
  store: WritableStore,
  path: string,
  documents: Map<string, string>,
  format: ZarrFormat,
  { mode = 'w-' }: PlaceOptions,
  context: NodeContext,
): Promise<ZarrArray | ZarrGroup | undefined> {
  writable(store)
  await checkNewNames(store, path, format)
  if (await hasNode(store, path)) {
    if (mode === 'a') return openNode(store, path, context)
    if (mode === 'w-') throw new NodeExistsError(path === '' ? (store.path ?? 'the root of the store') : path)
    await store.deletePrefix(path)
  }
  if (format !== 1) await createAncestors(store, path, format, context)
  // Attributes first: a node appears with them or not at all.
  for (const [name, text] of [...documents].reverse()) await store.set(joinKey(path, name), utf8(text))
  return undefined
}

/** The name of the node, and of the groups on the way to it that have to be made. Throws UsageError. */
async function checkNewNames(store: WritableStore, path: string, format: ZarrFormat): Promise<void> {
  for (let at = path; at !== ''; at = parentOf(at)) {
    if (at !== path && (await hasNode(store, at))) return
    checkNodeName(nameOf(at), format)
  }
}

/** Groups on the way to `path`. Throws UsageError where one of them is an array. */
async function createAncestors(
  store: WritableStore,
  path: string,
  format: ZarrFormat,
  context: NodeContext,
): Promise<void> {
  if (path === '') return
  const parent = parentOf(path)
  if (await hasNode(store, parent)) {
    if ((await openNode(store, parent, context)).kind === 'group') return
    throw new UsageError(`"${parent || 'The root'}" is an array; nothing can be created below it.`)
  }
  await createAncestors(store, parent, format, context)
  for (const [name, text] of writeGroupDocuments(new Map(), format))
    await store.set(joinKey(parent, name), utf8(text))
}
