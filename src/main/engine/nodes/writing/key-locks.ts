import type { Selection } from '@shared/selection/selection'
import { project } from '../../chunks/project'
import type { ZarrArray } from '../array'

/** Exclusive use of store keys, one writer at a time; see ThreadSynchronizer and ProcessSynchronizer. */
export interface Synchronizer {
  /** As the summary block prints it, such as "zarr.sync.ThreadSynchronizer". */
  readonly className: string
  /** Resolves when the lock is held; the returned function lets go of it. */
  acquire(name: string, signal?: AbortSignal): Promise<() => Promise<void>>
}

/** Chunk locks of one array. Locks are taken in one order by every writer, so that no two wait for each other. */
export class KeyLocks {
  readonly synchronizer: Synchronizer

  constructor(synchronizer: Synchronizer) {
    this.synchronizer = synchronizer
  }

  /** Runs `work` while the locks of every stored chunk that the selection touches are held. */
  async around<T>(array: ZarrArray, selection: Selection, work: () => Promise<T>): Promise<T> {
    const keys = new Set<string>()
    for (const { coords } of project(array.grid, selection)) keys.add(array.chunkKey(coords))
    return this.holding([...keys].sort(), work)
  }

  /** Runs `work` while the named locks are held. */
  async holding<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const held: (() => Promise<void>)[] = []
    try {
      for (const name of names) held.push(await this.synchronizer.acquire(name))
      return await work()
    } finally {
      for (const release of held.reverse()) await release()
    }
  }
}
