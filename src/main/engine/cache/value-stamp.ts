import { statSync } from 'node:fs'
import { stampOf } from '../files/fs'
import { fileStat } from '../files/node'
import type { Store } from '../stores/store'

/** A look at a file that takes longer is left to the system's own threads from then on. */
const QUICK_MS = 2

const slow = new WeakSet<object>()

/**
 * Identity of the value of a key, as `Store.stamp` gives it. Files on quick disks are asked at once, which takes a few
 * microseconds where the asynchronous way takes a hundred.
 */
export async function valueStamp(
  store: Pick<Store, 'locate' | 'stamp'>,
  key: string,
): Promise<string | undefined> {
  const located = store.locate(key)
  if (located?.kind !== 'file' || slow.has(store)) return store.stamp(key)
  const before = performance.now()
  const stat = statSync(located.path, { bigint: true, throwIfNoEntry: false })
  if (performance.now() - before > QUICK_MS) slow.add(store)
  return stat && stampOf(fileStat(stat))
}
