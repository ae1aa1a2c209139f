import type { StorageCount } from '@shared/model/node'
import type { ZarrNode } from '../nodes/open'
import { arraysBelow } from './arrays-below'
import { canLookUp, listFolder, scanBelow } from './list-folder'
import { Owners, relativePath } from './owners'
import { StorageTotal } from './storage-total'
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
  const { signal } = options
  const total = new StorageTotal()
  const onBatch = throttled(() => options.onProgress?.(total.result(false)))
  const arrays = node.kind === 'array' ? [node] : await arraysBelow(node, signal)
  const counted = arrays.map((array) => total.counter(array))
  const apart = counted.filter(({ array, names }) => node.kind === 'array' || canLookUp(array, names))
  for (const { array, sink } of apart) await listFolder(array, sink, { signal, onBatch })
  if (node.kind === 'group') {
    const owners = new Owners(node.path, counted)
    const take = (name: string, size: number): void => {
      if (!owners.take(name, size)) total.other(size)
    }
    const exclude = apart.map(({ array }) => relativePath(node.path, array.path))
    await scanBelow(node, take, { signal, onBatch }, exclude)
  }
  for (const { shards } of counted) {
    await shards?.readAll((shard, index) => {
      if (index) shards.layout.eachStored(shard, index, () => total.initialized++)
      else total.unreadable++
      onBatch()
    }, signal)
  }
  return total.result(true)
}
