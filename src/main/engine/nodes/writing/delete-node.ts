import { dirname } from 'node:path'
import { NodeExistsError, NodeNotFoundError, UsageError } from '@shared/errors'
import { ioError } from '../../files/io-error'
import { nodeFs } from '../../files/node'
import { DirectoryStore } from '../../stores/directory'
import { isBelow, joinKey, nameOf, parentOf } from '../../stores/key'
import type { WritableStore } from '../../stores/store'
import { checkNodeName } from '../creation/node-name'
import { createGroup } from '../creation/create-node'
import { hasNode } from '../documents'
import type { NodeContext } from '../node-context'
import { openNode } from '../open'
import { followConsolidated } from './consolidate'
import { reconsolidateAbove } from './reconsolidate'
import { writable } from './writable'

/** What lies under a node: keys and bytes. */
export async function measureNode(
  store: WritableStore,
  path: string,
  signal?: AbortSignal,
): Promise<{ keys: number; bytes: number }> {
  let [keys, bytes] = [0, 0]
  for await (const batch of store.scan(path, signal ? { signal } : {})) {
    keys += batch.length
    for (const { size } of batch) bytes += size
  }
  return { keys, bytes }
}

/** Deletes a node with everything below it. Throws NodeNotFoundError, ReadOnlyError, IoError. */
export async function deleteNode(store: WritableStore, path: string): Promise<void> {
  writable(store)
  if (!(await hasNode(store, path)) && (await measureNode(store, path)).keys === 0)
    throw new NodeNotFoundError(path)
  await store.deletePrefix(path)
  await followConsolidated(store, path)
}

/**
 * Moves a node with everything below it to another path of the same store: a folder by its name; elsewhere every key is
 * copied before the first is deleted, metadata last, so that a cut leaves the old node whole. Missing groups above the
 * new path are created.
 */
export async function moveNode(
  store: WritableStore,
  from: string,
  to: string,
  context: NodeContext,
): Promise<void> {
  writable(store)
  if (from === '') throw new UsageError('The root of a store cannot be moved; rename its folder instead.')
  if (to === '') throw new UsageError('A node cannot take the place of the root of its store.')
  if (to === from) return
  if (isBelow(from, to)) throw new UsageError(`"${from}" cannot be moved below itself.`)
  const node = await openNode(store, from, context)
  checkNodeName(nameOf(to), node.metadata.zarrFormat)
  if (await hasNode(store, to)) throw new NodeExistsError(to)
  const parent = parentOf(to)
  if (parent !== '' || !(await hasNode(store, '')))
    await createGroup(store, parent, { mode: 'a', zarrFormat: node.metadata.zarrFormat }, context)
  if (store instanceof DirectoryStore) await renameFolder(store, from, to)
  else await moveKeys(store, from, to)
  await followConsolidated(store, from)
  await reconsolidateAbove(store, to, context)
}

/** At once, whatever its size. Throws IoError where other files are in the way. */
async function renameFolder(store: DirectoryStore, from: string, to: string): Promise<void> {
  const [old, made] = [store.place(from)?.folder, store.place(to)?.folder]
  if (old === undefined || made === undefined) throw new NodeNotFoundError(from)
  try {
    await nodeFs.rename(old, made)
    for (const folder of new Set([dirname(old), dirname(made)])) await nodeFs.syncDirectory(folder)
  } catch (error) {
    throw ioError(made, error, 'the node could not be moved there')
  }
}

async function moveKeys(store: WritableStore, from: string, to: string): Promise<void> {
  const documents: string[] = []
  for await (const batch of store.scan(from))
    for (const { key } of batch) {
      if (/(^|\/)(zarr\.json|\.zarray|\.zgroup)$/.test(key)) documents.push(key)
      else await copyKey(store, key, joinKey(to, key.slice(from.length + 1)))
    }
  for (const key of documents.sort().reverse())
    await copyKey(store, key, joinKey(to, key.slice(from.length + 1)))
  await store.deletePrefix(from)
}

async function copyKey(store: WritableStore, from: string, to: string): Promise<void> {
  const value = await store.get(from)
  if (value) await store.set(to, value)
}
