import { AbortedError, UnsupportedError, UsageError } from '@shared/errors'
import { editJson } from '@shared/json/edit'
import { toJsonValue } from '@shared/json/access'
import { writeArrayDocuments, writeGroupDocuments } from '../../metadata/write-documents'
import { parseChunkKey } from '../../chunks/keys'
import { joinKey } from '../../stores/key'
import type { WritableStore } from '../../stores/store'
import { ZarrArray } from '../array'
import { resolveNewArray } from '../creation/new-array-options'
import { parseDocuments } from '../documents'
import { ZarrGroup } from '../group'
import { openNode, type ZarrNode } from '../open'
import { consolidate } from '../writing/consolidate'
import { utf8, writable } from '../writing/writable'
import { derivedOptions } from './derived-options'

/** Stored chunks of each array that are read in both formats before anything is written. */
const PROBES = 4
const OLD_DOCUMENTS = ['.zarray', '.zgroup', '.zattrs', '.zmetadata', 'meta', 'attrs']

export interface MigrateOptions {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
  /** Waited for before each node. */
  gate?: (() => Promise<void>) | undefined
  /** Deletes the old documents once the new ones are written. */
  removeOld?: boolean | undefined
}

/**
 * Gives an array or hierarchy of format 1 or 2 the documents of format 3. Chunks stay where they are: their names are
 * stated by the `v2` chunk key encoding. Every node is worked out, and some chunks of each array are read both ways,
 * before the first document is written, the root's last; the old documents stay unless told otherwise. After a failure,
 * or a cancellation, nothing was changed.
 *
 * Throws UnsupportedError for an array whose stored form has no name in format 3, UsageError where there is nothing to do.
 */
export async function migrateToV3(
  node: ZarrNode,
  { signal, onProgress, gate, removeOld }: MigrateOptions = {},
): Promise<number> {
  const store = writable(node.store)
  const nodes = await oldNodes(node, signal)
  if (nodes.length === 0) throw new UsageError('Everything there is in format 3 already.')
  const documents: [string, string][] = []
  for (const [done, old] of nodes.entries()) {
    await gate?.()
    if (signal?.aborted) throw new AbortedError()
    documents.push([joinKey(old.path, 'zarr.json'), await documentOf(old)])
    onProgress?.({ done: done + 1, total: nodes.length })
  }
  const wasConsolidated = (await store.size(joinKey(node.path, '.zmetadata'))) !== undefined
  await writeAll(store, documents.reverse())
  if (removeOld)
    for (const { path } of nodes) for (const name of OLD_DOCUMENTS) await store.delete(joinKey(path, name))
  const migrated = await openNode(store, node.path, node.context, { format: 3 })
  if (wasConsolidated && migrated instanceof ZarrGroup) await consolidate(migrated, signal)
  return nodes.length
}

/** All of them, or none. */
async function writeAll(store: WritableStore, documents: [string, string][]): Promise<void> {
  const written: string[] = []
  try {
    for (const [key, text] of documents) {
      written.push(key)
      await store.set(key, utf8(text))
    }
  } catch (error) {
    // What cannot be taken back either is no worse than a document too many: the old ones are all there.
    for (const key of written.reverse()) await store.delete(key).catch(() => undefined)
    throw error
  }
}

async function oldNodes(node: ZarrNode, signal: AbortSignal | undefined): Promise<ZarrNode[]> {
  const nodes = [node]
  if (node instanceof ZarrGroup)
    for await (const batch of node.walk(signal ? { signal } : {}))
      for (const { path } of batch) nodes.push(await openNode(node.store, path, node.context, { signal }))
  // Groups without documents of their own get some, so that format 3 sees what is below them.
  return nodes.filter(({ metadata }) => metadata.zarrFormat !== 3 || metadata.source.length === 0)
}

async function documentOf(node: ZarrNode): Promise<string> {
  if (node instanceof ZarrGroup) return writeGroupDocuments(node.metadata.attributes, 3).get('zarr.json')!
  const { keyEncoding } = node.metadata
  const { array } = resolveNewArray(derivedOptions(node, { order: storedOrder(node) }, 3))
  const encoding = { name: 'v2', configuration: { separator: keyEncoding.separator } }
  const text = editJson(writeArrayDocuments(array, 3).get('zarr.json')!, ['chunk_key_encoding'], {
    kind: 'set',
    value: toJsonValue(encoding),
  })
  await probe(node, text)
  return text
}

/** Format 1 wrote chunks of order F row by row all the same, but for those that blosc compressed. */
const storedOrder = ({ metadata }: ZarrArray): 'C' | 'F' =>
  metadata.codecs.some(({ name }) => name === 'transpose') ? metadata.order : 'C'

/** Reads some stored chunks as both formats have them. */
async function probe(old: ZarrArray, text: string): Promise<void> {
  const parsed = parseDocuments(old.path, new Map([['zarr.json', text]]), 3)
  const refuse = (why: string): never => {
    throw new UnsupportedError('feature', `migration of ${old.path || 'this array'}`, why)
  }
  if (parsed?.metadata.kind !== 'array') return refuse('its document would be no array')
  const { store, path, origin, context } = old
  const made = new ZarrArray(store, path, parsed.metadata, origin, { executor: context.executor })
  if (made.metadata.problem) throw made.metadata.problem
  let left = PROBES
  const skip = path === '' ? 0 : path.length + 1
  for await (const batch of store.scan(path))
    for (const { key } of batch) {
      const coords = parseChunkKey(old.metadata.keyEncoding, key.slice(skip), old.shape.length)
      if (!coords || coords.some((c, k) => c >= old.grid.gridShape[k]!)) continue
      const selection = old.blocks(coords.map((c) => ({ start: c, step: 1, count: 1 })))
      const [before, after] = [await old.readAll(selection), await made.readAll(selection)]
      if (Buffer.compare(before.data, after.data) !== 0)
        refuse('format 3 has no codecs that read its chunks as they are; copy it instead')
      if (--left === 0) return
    }
}
