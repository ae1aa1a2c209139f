import type { ZarrArray } from '../nodes/array'
import type { ListableStore } from '../stores/store'
import { ArrayScan, KEPT_CHUNKS, type Follower } from './array-scan'
import { isExpired, stillHolds } from './scan-age'
import { takeOver } from './take-over'

interface Known {
  scan: ArrayScan
  /** The array's documents: with others its chunks would mean something else. */
  documents: string
}

const known = new WeakMap<ListableStore, Map<string, Known>>()
/** Finished scans, oldest first: all of them together keep no more chunks than one may. */
let kept: { store: WeakRef<ListableStore>; path: string; chunks: number }[] = []

/**
 * Follows the scan of an array that is under way, or that was made and still holds (see `stillHolds`); a new one
 * otherwise. Throws as `ArrayScan.follow`.
 */
export async function followScan(
  array: ZarrArray,
  follower: (scan: ArrayScan) => Follower,
): Promise<ArrayScan> {
  const scan = await scanOf(array)
  // No wait between the two: a scan that nobody follows ends.
  await scan.follow(follower(scan))
  return scan
}

async function scanOf(array: ZarrArray): Promise<ArrayScan> {
  const documents = array.metadata.source.map(({ text }) => text).join('\n')
  const scans = scansIn(array.store)
  for (;;) {
    const before = scans.get(array.path)
    const isGood = before?.documents === documents && (await holds(before.scan, array))
    // Somebody else may have begun another one meanwhile, and all others may have left this one.
    if (scans.get(array.path) !== before) continue
    if (isGood && before.scan.isComplete) return before.scan
    const scan = new ArrayScan(array)
    scans.set(array.path, { scan, documents })
    if (before?.scan.survey && before.documents === documents) scan.surveyed = takeOver(before.scan, scan)
    void scan.ended.then(() => remember(array, scan))
    return scan
  }
}

async function holds(scan: ArrayScan, array: ZarrArray): Promise<boolean> {
  if (!scan.isComplete) return false
  return scan.isDone ? stillHolds(array, scan) : !isExpired(array, scan.startedAt)
}

function scansIn(store: ListableStore): Map<string, Known> {
  const scans = known.get(store) ?? new Map<string, Known>()
  known.set(store, scans)
  return scans
}

/** Forgets the oldest scans while all together keep too many chunks. */
function remember({ store, path }: ZarrArray, scan: ArrayScan): void {
  kept = kept.filter(
    (one) => one.store.deref() !== undefined && !(one.store.deref() === store && one.path === path),
  )
  kept.push({ store: new WeakRef(store), path, chunks: scan.chunks.count + scan.stored.count })
  let sum = kept.reduce((chunks, one) => chunks + one.chunks, 0)
  while (sum > KEPT_CHUNKS) {
    const oldest = kept.shift()!
    const gone = oldest.store.deref()
    if (gone) scansIn(gone).delete(oldest.path)
    sum -= oldest.chunks
  }
}
