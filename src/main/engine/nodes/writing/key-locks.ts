import type { Selection } from '@shared/selection/selection'
import { project } from '../../chunks/project'
import { joinKey } from '../../stores/key'
import type { ZarrArray } from '../array'

/** Exclusive use of store keys, one writer at a time; see ThreadSynchronizer and ProcessSynchronizer. */
export interface Synchronizer {
  /** As the summary block prints it, such as "zarr.sync.ThreadSynchronizer". */
  readonly className: string
  /** Resolves when the locks of all names are held; the returned function lets go of them. */
  acquireAll(names: readonly string[], signal?: AbortSignal): Promise<() => Promise<void>>
}

/** The lock of a node's own document. */
export const documentLock = (path: string): string => joinKey(path, 'metadata')

/** Locks of chunks and documents. Synchronizers take locks in one order, so that no two writers wait for each other. */
export class KeyLocks {
  readonly synchronizer: Synchronizer

  constructor(synchronizer: Synchronizer) {
    this.synchronizer = synchronizer
  }

  /** Runs `work` while the locks of every stored chunk that the selection touches are held. */
  async around<T>(
    array: ZarrArray,
    selection: Selection,
    work: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const keys = new Set<string>()
    for (const { coords } of project(array.grid, selection)) keys.add(array.chunkKey(coords))
    return this.holding([...keys], work, signal)
  }

  /** Runs `work` while the named locks are held. */
  async holding<T>(names: readonly string[], work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const release = await this.synchronizer.acquireAll(names, signal)
    try {
      return await work()
    } finally {
      await release()
    }
  }
}
