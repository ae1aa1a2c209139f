import { join } from 'node:path'
import { fromErrorBody, isAborted, toErrorBody } from '@shared/errors'
import type { NodeSummary, ZarrFormat } from '@shared/model/node'
import type { FolderDocuments } from '../pool/documents-operation'
import type { CodecExecutor } from '../pool/executor'
import { DirectoryStore } from '../stores/directory'
import { joinKey, nameOf } from '../stores/key'
import { storeBelow } from '../stores/overlay'
import type { ListableStore } from '../stores/store'
import type { Consolidated } from './consolidated'
import { parseDocuments, readDocuments, readFirstDocuments, type NodeDocuments } from './documents'
import { isImplicitGroup } from './implicit-group'
import { inOrder } from './in-order'
import { summarise } from './node-summary'

export interface ListOptions {
  /** Which documents to use where several formats coexist; 3, 2, 1 in this order otherwise. */
  format?: ZarrFormat | undefined
  /** Copies that stand in for nodes without documents of their own. */
  consolidated?: Consolidated | undefined
  /** Reads the documents of folders on its threads; without it they come one by one. */
  executor?: CodecExecutor | undefined
  signal?: AbortSignal | undefined
}

/** Nodes whose documents are read at a time. */
const PARALLEL = 32
/** Folders whose documents threads read at a time: enough for all of them, and for the first rows to come soon. */
const BATCH = 256

/**
 * The nodes directly below a group, by name, each as its own documents say; one that cannot be read is listed with its
 * problem. Nodes that only the consolidated metadata knows are listed from there. A folder without documents is a group
 * where nodes lie below it, and left out otherwise.
 */
export async function* children(
  store: ListableStore,
  group: { path: string; zarrFormat: ZarrFormat },
  options: ListOptions = {},
): AsyncGenerator<NodeSummary> {
  const { signal, consolidated } = options
  const { prefixes } = await store.list(group.path, signal ? { signal } : {})
  const names = [...new Set([...prefixes, ...(consolidated?.children(group.path) ?? [])])].sort()
  for (let at = 0; at < names.length; at += BATCH) {
    const paths = names.slice(at, at + BATCH).map((name) => joinKey(group.path, name))
    const known = await documentsBelow(store, group.path, paths, options)
    const summaries = inOrder(paths, PARALLEL, (path) =>
      child(store, path, group.zarrFormat, options, known?.get(path)),
    )
    for await (const summary of summaries) if (summary) yield summary
  }
}

/** The documents of nodes of a folder, read by threads; undefined where that cannot be done. */
async function documentsBelow(
  store: ListableStore,
  group: string,
  paths: string[],
  { executor, format, signal }: ListOptions,
): Promise<Map<string, FolderDocuments> | undefined> {
  const below = storeBelow(store, group)
  if (!executor || format !== undefined || !(below instanceof DirectoryStore)) return undefined
  const place = below.place(group)
  if (!place) return undefined
  const folders = paths.map((path) => join(place.folder, nameOf(path)))
  const job = { folders, keys: paths, confinement: place.confinement }
  const found = await executor.documents(job, signal ? { signal } : {})
  return new Map(paths.map((path, i) => [path, found[i]!]))
}

async function child(
  store: ListableStore,
  path: string,
  parentFormat: ZarrFormat,
  { format, consolidated, signal }: ListOptions,
  known: FolderDocuments | undefined,
): Promise<NodeSummary | undefined> {
  let documents: NodeDocuments = new Map()
  try {
    if (known && 'error' in known) throw fromErrorBody(known.error)
    documents = known
      ? new Map(known.documents)
      : await (format === undefined ? readFirstDocuments : readDocuments)(store, path, { signal })
    if (documents.size === 0) documents = consolidated?.documents(path) ?? documents
    const parsed = parseDocuments(path, documents, format)
    if (parsed) return summarise(path, parsed.metadata)
    if (!(await isImplicitGroup(store, path, signal))) return undefined
    return { path, name: nameOf(path), kind: 'group', zarrFormat: parentFormat }
  } catch (error) {
    if (isAborted(error)) throw error
    return {
      path,
      name: nameOf(path),
      ...guess(documents, parentFormat),
      problem: toErrorBody(error).message,
    }
  }
}

/** What the names of its files tell of a node that cannot be read. */
function guess(documents: NodeDocuments, parentFormat: ZarrFormat): Pick<NodeSummary, 'kind' | 'zarrFormat'> {
  if (documents.has('zarr.json')) {
    const isGroup = /"node_type"\s*:\s*"group"/.test(documents.get('zarr.json') ?? '')
    return { kind: isGroup ? 'group' : 'array', zarrFormat: 3 }
  }
  if (documents.has('.zarray')) return { kind: 'array', zarrFormat: 2 }
  if (documents.has('meta')) return { kind: 'array', zarrFormat: 1 }
  return { kind: 'group', zarrFormat: documents.has('.zgroup') ? 2 : parentFormat }
}
