import { ZarrscopeError } from '@shared/errors'
import type { StorageCount } from '@shared/model/node'
import type { FolderStamp } from '../files/scan-directory'
import type { ZarrArray } from '../nodes/array'
import type { ZarrGroup } from '../nodes/group'
import type { ZarrNode } from '../nodes/open'
import { joinKey } from '../stores/key'
import { arraysBelow } from './arrays-below'
import { ChildBytes } from './child-bytes'
import { canLookUp, listFolder, scanBelow } from './list-folder'
import { Owners, relativePath } from './owners'
import { StorageTotal, type ArrayCounter } from './storage-total'
import { throttled } from './throttled'

export interface CountOptions {
  signal?: AbortSignal | undefined
  /** Called several times a second with what was counted so far. */
  onProgress?: (count: StorageCount) => void
}

/**
 * Counts what a node takes in its store, from listings and shard indexes alone. `initialized` and `nchunks` count
 * chunks of the grid, with shards the inner chunks inside the array's shape; stray files are bytes but no chunks. A
 * group is the sum of its arrays, and `nbytesStored` is all bytes below the node, documents included.
 *
 * Throws IoError for folders that cannot be read, AbortedError. Shards whose index cannot be read are told in
 * `unreadable` and count no chunks.
 */
export async function countStorage(node: ZarrNode, options: CountOptions = {}): Promise<StorageCount> {
  return node.kind === 'array' ? countArray(node, options) : (await countGroup(node, options)).count
}

async function countArray(array: ZarrArray, { signal, onProgress }: CountOptions): Promise<StorageCount> {
  const total = new StorageTotal()
  const onBatch = throttled(() => onProgress?.(total.result(false)))
  const counter = total.counter(array)
  await listFolder(array, counter.sink, { signal, onBatch })
  await readShards(counter, total, { signal, onBatch })
  return total.result(true)
}

/** Arrays of a group that are listed at the end, and as long as counting goes on. */
const MAX_ARRAYS = 2000
const ARRAYS_SO_FAR = 200
const GROUP_INTERVAL_MS = 250

/** The count of a group, and the folders that were read for it, relative to its own; undefined where not all are known. */
export async function countGroup(
  group: ZarrGroup,
  { signal, onProgress }: CountOptions = {},
): Promise<{ count: StorageCount; folders: FolderStamp[] | undefined }> {
  const total = new StorageTotal()
  const children = new ChildBytes()
  const result = (done: boolean): StorageCount => ({
    ...total.result(done),
    arrays: total.arrayList(done ? MAX_ARRAYS : ARRAYS_SO_FAR),
    children: children.list(),
  })
  const onBatch = throttled(() => onProgress?.(result(false)), GROUP_INTERVAL_MS)
  const options = { signal, onBatch }
  const counted = (await arraysBelow(group, signal)).map((array) => total.counter(array))
  const apart = counted.filter(({ array, names }) => canLookUp(array, names))
  const folders: (FolderStamp[] | undefined)[] = []
  for (const { array, sink } of apart) {
    const below = relativePath(group.path, array.path)
    const found = await listFolder(array, children.counting(below, sink), options)
    folders.push(found?.map(({ name, modified }) => ({ name: joinKey(below, name), modified })))
  }
  const owners = new Owners(group.path, counted)
  const take = (name: string, size: number): void => {
    children.add(name, size)
    if (!owners.take(name, size)) total.other(size)
  }
  const exclude = apart.map(({ array }) => relativePath(group.path, array.path))
  folders.push(await scanBelow(group, take, options, exclude))
  for (const counter of counted) await readShards(counter, total, options)
  const isKnown = folders.every((list) => list !== undefined)
  return { count: result(true), folders: isKnown ? folders.flat() : undefined }
}

async function readShards(
  { shards, chunk }: ArrayCounter,
  total: StorageTotal,
  { signal, onBatch }: { signal: AbortSignal | undefined; onBatch: () => void },
): Promise<void> {
  await shards?.readAll((shard, index) => {
    if (index instanceof ZarrscopeError) total.unreadable++
    else shards.layout.eachStored(shard, index, chunk)
    onBatch()
  }, signal)
}
