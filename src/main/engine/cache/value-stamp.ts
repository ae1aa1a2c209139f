import { statSync } from 'node:fs'
import { stampOf } from '../files/fs'
import { fileStat } from '../files/node'
import type { Store } from '../stores/store'

/** A look at a file that takes longer is slow. */
const QUICK_MS = 2
/** After so many slow looks in a row the disk is taken to be slow, for this long. */
const SLOW_LOOKS = 3
const SLOW_MS = 10_000

const slowLooks = new WeakMap<object, { count: number; since: number }>()

/** Identity of the value of a key, as `Store.stamp` gives it; asked at once where that is quick. */
export async function valueStamp(
  store: Pick<Store, 'locate' | 'stamp'>,
  key: string,
): Promise<string | undefined> {
  const found = stampAtOnce(store, key)
  return found === undefined ? store.stamp(key) : (found ?? undefined)
}

/**
 * The same of a file on a quick disk, which takes a few microseconds where the asynchronous way takes a hundred; null where
 * there is no such file, undefined where asking could hold up the calling thread.
 */
export function stampAtOnce(store: Pick<Store, 'locate'>, key: string): string | null | undefined {
  const located = store.locate(key)
  if (located?.kind !== 'file' || isSlow(store)) return undefined
  const before = performance.now()
  const stat = statSync(located.path, { bigint: true, throwIfNoEntry: false })
  remember(store, performance.now() - before)
  return stat ? stampOf(fileStat(stat)) : null
}

function isSlow(store: object): boolean {
  const looks = slowLooks.get(store)
  return looks !== undefined && looks.count >= SLOW_LOOKS && performance.now() - looks.since < SLOW_MS
}

function remember(store: object, took: number): void {
  if (took <= QUICK_MS) slowLooks.delete(store)
  else slowLooks.set(store, { count: (slowLooks.get(store)?.count ?? 0) + 1, since: performance.now() })
}
