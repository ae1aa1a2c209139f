import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { isAborted, ZarrscopeError } from '@shared/errors'
import type { ZarrNode } from '../nodes/open'
import type { ArrayScan } from './array-scan'
import { groupCount } from './node-storage'
import { followScan } from './shared-scan'

/** How often a node is looked at. */
const EVERY_MS = 1000
/** A group is looked at anew after so many times what counting it took. */
const REST = 4

/**
 * Tells the state of what is stored below a node, and again whenever it differs from before, until it is aborted: of an
 * array its chunks, also those written in place; of a group what `nodeStorage` counts. Equal states are equal texts. It looks about once a second, and into the
 * files themselves only as often as that costs little (see `stillHolds`). What keeps it from looking for the moment, such
 * as a disk that is away, ends nothing.
 */
export async function followNode(
  open: () => Promise<ZarrNode>,
  onState: (state: string) => void,
  { signal, everyMs = EVERY_MS }: { signal: AbortSignal; everyMs?: number },
): Promise<void> {
  let before: Seen | undefined
  while (!signal.aborted) {
    try {
      const now: Seen = await look(await open(), before, signal)
      if (before?.digest !== now.digest) onState(now.digest)
      before = now
      await pause(Math.max(everyMs, now.rest), undefined, { signal })
    } catch (thrown) {
      if (isAborted(thrown)) return
      if (!(thrown instanceof ZarrscopeError)) throw thrown
      await pause(everyMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

interface Seen {
  /** The look that this is told of; the same one has the same digest. */
  at: unknown
  digest: string
  /** Milliseconds to leave the store alone now. */
  rest: number
}

async function look(node: ZarrNode, before: Seen | undefined, signal: AbortSignal): Promise<Seen> {
  if (node.kind === 'array') {
    const scan = await followScan(node, () => ({ signal, take: () => undefined }))
    const digest = before?.at === scan ? before.digest : digestOf(scan)
    return { at: scan, digest, rest: scan.took }
  }
  const count = await groupCount(node, { signal })
  const digest = before?.at === count ? before.digest : hashOf(JSON.stringify(count.count))
  return { at: count, digest, rest: REST * count.took }
}

const hashOf = (text: string): string => createHash('sha1').update(text).digest('hex')

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
