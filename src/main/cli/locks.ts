import { rmdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { KeyLocks } from '@engine/nodes/writing/key-locks'
import { ProcessSynchronizer } from '@engine/stores/process-synchronizer'
import { ThreadSynchronizer } from '@engine/stores/thread-synchronizer'

/** Shared by all commands of this process. */
let threads: ThreadSynchronizer | undefined

/** Locks of the chunks and documents of a folder, in the folder itself where they are between processes. */
export const folderLocks = (sync: 'thread' | 'process', folder: string): KeyLocks =>
  new KeyLocks(sync === 'process' ? new ProcessSynchronizer(folder) : (threads ??= new ThreadSynchronizer()))

/** Does `work` while no other process does so with this archive: it is read, changed and written as a whole. */
export function holdingArchive<T>(path: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const locks = new KeyLocks(new ProcessSynchronizer(dirname(path)))
  return locks.holding([basename(path)], work, signal)
}

/** Does `work`, whose locks may make a folder; where it leaves nothing in a new one, that is removed again. */
export async function leavingNoFolder<T>(path: string, work: () => Promise<T>): Promise<T> {
  const missing: string[] = []
  for (let folder = path; !existsSync(folder); folder = dirname(folder)) missing.push(folder)
  try {
    return await work()
  } finally {
    for (const folder of missing) await rmdir(folder).catch(() => undefined)
  }
}
