import type { StorageCount } from '@shared/model/node'
import type { ZarrArray } from '../nodes/array'
import type { ZarrGroup } from '../nodes/group'
import type { ZarrNode } from '../nodes/open'
import type { ListableStore } from '../stores/store'
import type { CountOptions } from './count-storage'
import { GroupCounting, type GroupCount } from './group-counting'
import { isExpired, stillHolds } from './scan-age'
import { followScan } from './shared-scan'
import { StorageTotal } from './storage-total'
import { throttled } from './throttled'

/**
 * What `countStorage` gives, for those who ask again and again: an array is counted from the scan that its chunk map is
 * made of, and a count is kept until the store changes. Throws as `countStorage`.
 */
export async function nodeStorage(node: ZarrNode, options: CountOptions = {}): Promise<StorageCount> {
  return node.kind === 'array' ? arrayStorage(node, options) : (await groupCount(node, options)).count
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

/** What is known of one group. */
interface Known {
  kept?: GroupCount
  underWay?: GroupCounting
}

/** Counts of groups by their paths. */
const counts = new WeakMap<ListableStore, Map<string, Known>>()

/** The count of a group; the same object as long as it holds. Throws as `countStorage`. */
export async function groupCount(group: ZarrGroup, options: CountOptions = {}): Promise<GroupCount> {
  const groups = counts.get(group.store) ?? new Map<string, Known>()
  counts.set(group.store, groups)
  const known = groups.get(group.path) ?? {}
  groups.set(group.path, known)
  if (known.kept && (await stillHolds(group, known.kept))) return known.kept
  const { underWay } = known
  if (underWay && !underWay.isStopped && !isExpired(group, underWay.startedAt))
    return underWay.follow(options)
  const counting = new GroupCounting(group)
  known.underWay = counting
  const count = await counting.follow(options).finally(() => {
    if (known.underWay === counting && counting.isStopped) delete known.underWay
  })
  // A later count may have been made meanwhile.
  if (count.startedAt >= (known.kept?.startedAt ?? 0)) known.kept = count
  return count
}
