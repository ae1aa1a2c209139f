import { setTimeout as pause } from 'node:timers/promises'
import { isAborted, ZarrscopeError } from '@shared/errors'
import type { ZarrArray } from '../nodes/array'
import type { ArrayScan } from './array-scan'
import { followScan } from './shared-scan'

/** How often an array is looked at. */
const EVERY_MS = 1000

/**
 * Tells whenever the stored chunks of an array were found to differ from before, until it is aborted; it looks about
 * once a second, and into the files themselves only as often as that costs little (see `stillHolds`). What keeps it
 * from looking for the moment, such as a disk that is away, ends nothing.
 */
export async function followArray(
  open: () => Promise<ZarrArray>,
  onChange: () => void,
  { signal, everyMs = EVERY_MS }: { signal: AbortSignal; everyMs?: number },
): Promise<void> {
  let before: { scan: ArrayScan; digest: string } | undefined
  while (!signal.aborted) {
    try {
      const scan = await followScan(await open(), () => ({ signal, take: () => undefined }))
      const digest = before?.scan === scan ? before.digest : digestOf(scan)
      if (before && before.digest !== digest) onChange()
      before = { scan, digest }
      await pause(Math.max(everyMs, scan.took), undefined, { signal })
    } catch (thrown) {
      if (isAborted(thrown)) return
      if (!(thrown instanceof ZarrscopeError)) throw thrown
      await pause(everyMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** The same for scans that found the same chunks, sizes and times, in any order. */
function digestOf({ chunks, others, stored, unreadable }: ArrayScan): string {
  let sum = 0
  chunks.each(0, chunks.count, (coords, size, modified) => {
    let hash = mixed(size, Number.isNaN(modified) ? 0 : Math.floor(modified * 1000))
    for (const c of coords) hash = mixed(hash, c)
    sum = (sum + hash) | 0
  })
  return [chunks.count, stored.bytes, others.bytes, unreadable.length, sum].join()
}

/** Two numbers stirred into 32 bits (the finaliser of MurmurHash3). */
function mixed(a: number, b: number): number {
  let x = Math.imul(a ^ (b % 2 ** 32), 0x85ebca6b) ^ Math.floor(b / 2 ** 32)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
