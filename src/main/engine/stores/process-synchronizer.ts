import { rmdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { acquireFolder, HEARTBEAT_MS, releaseFolder, renewFolder } from './folder-lock'
import { lockSlots, takeInOrder } from './lock-slots'

/**
 * Keeps writers of several processes apart by locks in a folder that all of them reach. The folder may be the store
 * itself: locks lie in a hidden folder below it that is never a key, is not counted, and goes when nobody holds a lock.
 * A lock whose process died is taken over. Locks of Python programs are others; they do not see these.
 */
export class ProcessSynchronizer {
  readonly className = 'zarr.sync.ProcessSynchronizer'
  readonly path: string
  readonly #folder: string
  readonly #held = new Set<string>()
  #heart: NodeJS.Timeout | undefined

  /** `path` need not exist yet. */
  constructor(path: string) {
    this.path = resolve(path)
    this.#folder = join(this.path, '.sync.zarrscope.lock')
  }

  /** Waits for the locks of all names and takes them; the returned function lets go of them. Throws IoError, AbortedError, ConflictError. */
  async acquireAll(names: readonly string[], signal?: AbortSignal): Promise<() => Promise<void>> {
    const release = await takeInOrder(lockSlots(names), (slot) => this.#take(slot, signal))
    return async () => {
      await release()
      if (this.#held.size === 0) await rmdir(this.#folder).catch(() => undefined)
    }
  }

  async #take(slot: number, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
    const ownerFile = await acquireFolder(join(this.#folder, String(slot)), signal)
    this.#held.add(ownerFile)
    this.#heart ??= setInterval(
      () => this.#held.forEach((file) => void renewFolder(file)),
      HEARTBEAT_MS,
    ).unref()
    return async () => {
      this.#held.delete(ownerFile)
      if (this.#held.size === 0) {
        clearInterval(this.#heart)
        this.#heart = undefined
      }
      await releaseFolder(ownerFile)
    }
  }
}
