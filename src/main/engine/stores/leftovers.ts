import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { AbortedError } from '@shared/errors'
import type { Fs } from '../files/fs'
import { ioError, isAbsent } from '../files/io-error'
import { nodeFs } from '../files/node'
import { partialState } from '../files/own-names'
import { scanFiles } from '../files/scan-directory'
import type { DirectoryStore } from './directory'
import { joinKey } from './key'

/** An unfinished file that nobody is at any more. It is no key: nothing reads, counts or copies it. */
export interface Leftover {
  /** Path inside the store, joined by "/". */
  name: string
  /** Whether the process that wrote it is known to have ended, so that it can be removed safely. */
  isDead: boolean
}

/** What nobody has touched for so long is left over, although its writer cannot be asked; in milliseconds. */
const SILENT_MS = 3_600_000
/** Leftovers that are told; more are found the next time. */
const MOST = 10_000

/**
 * Unfinished files that writes left below a prefix when they were cut off. Writes of processes that run are none, nor
 * young ones of processes that cannot be asked (of other machines and containers, or unnamed). Only reads; folders that
 * cannot be read hold none. Throws AbortedError.
 */
export async function findLeftovers(
  store: DirectoryStore,
  prefix: string,
  { signal, fs = nodeFs }: { signal?: AbortSignal | undefined; fs?: Fs } = {},
): Promise<Leftover[]> {
  const place = store.place(prefix)
  if (!place) return []
  const names: string[] = []
  const onOwn = (name: string, isFile: boolean): void => {
    if (isFile && name.endsWith('.partial') && names.length < MOST) names.push(name)
  }
  const { confinement } = place
  const files = scanFiles(place.folder, { confinement, sizes: false, onOwn })
  while (!files.next().done) {
    if (signal?.aborted) throw new AbortedError()
    await breathe()
  }
  const found: Leftover[] = []
  for (const name of names.sort()) {
    const state = partialState(name.slice(name.lastIndexOf('/') + 1))
    if (state === 'alive') continue
    const isDead = state === 'dead'
    if (isDead || (await isSilent(fs, join(place.folder, name))))
      found.push({ name: joinKey(prefix, name), isDead })
  }
  return found
}

/** Removes leftovers whose writers are known to have ended; gives their names. Throws IoError. */
export async function removeLeftovers(
  store: DirectoryStore,
  leftovers: readonly Leftover[],
  fs: Fs = nodeFs,
): Promise<string[]> {
  const place = store.place('')
  const removed: string[] = []
  for (const { name, isDead } of leftovers) {
    // A Save or a copy may have removed it meanwhile.
    if (!place || !isDead) continue
    await fs.unlink(join(place.folder, name)).catch(ignoreAbsent(name))
    removed.push(name)
  }
  return removed
}

const ignoreAbsent =
  (name: string) =>
  (thrown: unknown): void => {
    if (!isAbsent(thrown)) throw ioError(name, thrown, 'it could not be removed')
  }

async function isSilent(fs: Fs, path: string): Promise<boolean> {
  try {
    const { mtimeNs } = await fs.lstat(path)
    return Date.now() - Number(mtimeNs / 1_000_000n) > SILENT_MS
  } catch (thrown) {
    if (isAbsent(thrown)) return false
    throw ioError(path, thrown)
  }
}
