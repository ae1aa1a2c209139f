import type { StorageCount } from '@shared/model/node'
import type { ZarrArray } from '../nodes/array'
import type { ZarrGroup } from '../nodes/group'
import type { ZarrNode } from '../nodes/open'
import type { ListableStore } from '../stores/store'
import { countGroup, type CountOptions } from './count-storage'
import { stillHolds, type Look } from './scan-age'
import { followScan } from './shared-scan'
import { StorageTotal } from './storage-total'
import { throttled } from './throttled'

/**
 * What `countStorage` gives, for those who ask again and again: an array is counted from the scan that its chunk map is
 * made of, and a count is kept until the store changes. Throws as `countStorage`.
 */
export async function nodeStorage(node: ZarrNode, options: CountOptions = {}): Promise<StorageCount> {
  return node.kind === 'array' ? arrayStorage(node, options) : groupStorage(node, options)
}

async function arrayStorage(array: ZarrArray, { signal, onProgress }: CountOptions): Promise<StorageCount> {
  const total = new StorageTotal()
  const { chunk } = total.counter(array)
  const scan = await followScan(array, ({ chunks, stored }) => ({
    signal,
    take: (from, to) =>
      chunks.each(from, to, (coords, size) => {
        chunk(coords, size)
        if (stored === chunks) total.stored(size)
      }),
    onBatch: throttled(() => onProgress?.(total.result(false))),
  }))
  total.others(scan.others.files, scan.others.bytes)
  if (scan.stored !== scan.chunks)
    scan.stored.each(0, scan.stored.count, (_coords, size) => total.stored(size))
  total.unreadable = scan.unreadable.length
  return total.result(true)
}

interface Kept extends Look {
  count: StorageCount
}

/** Counts of groups by their paths. */
const kept = new WeakMap<ListableStore, Map<string, Kept>>()

async function groupStorage(group: ZarrGroup, options: CountOptions): Promise<StorageCount> {
  const counts = kept.get(group.store) ?? new Map<string, Kept>()
  kept.set(group.store, counts)
  const known = counts.get(group.path)
  if (known && (await stillHolds(group, known))) return known.count
  const [startedAt, began] = [Date.now(), performance.now()]
  const { count, folders } = await countGroup(group, options)
  counts.set(group.path, { count, startedAt, took: performance.now() - began, folders })
  return count
}
