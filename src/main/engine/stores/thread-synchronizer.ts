import { setTimeout as pause } from 'node:timers/promises'
import { AbortedError, UsageError } from '@shared/errors'
import { LOCK_SLOTS, lockSlots, takeInOrder } from './lock-slots'

const BYTES = LOCK_SLOTS * Int32Array.BYTES_PER_ELEMENT
/** How long a thread sleeps at most between two looks at a lock that another thread holds. */
const LONGEST_PAUSE_MS = 8

/**
 * Keeps writers of one process apart: parallel calls of one thread, and worker threads that were handed `handle`.
 * Every lock is a word of shared memory that one caller at a time turns from 0 to 1. A thread that is ended while it
 * holds a lock leaves it held: make a new synchronizer then.
 */
export class ThreadSynchronizer {
  readonly className = 'zarr.sync.ThreadSynchronizer'
  /** Hand it to a worker thread and call `ThreadSynchronizer.from(handle)` there. */
  readonly handle: SharedArrayBuffer
  readonly #words: Int32Array
  /** The last caller of this thread in line for each lock; first come, first served. */
  readonly #lines = new Map<number, Promise<unknown>>()

  /** Use `from` for the handle of another thread's. Throws UsageError for memory that is none. */
  constructor(handle: SharedArrayBuffer = new SharedArrayBuffer(BYTES)) {
    if (!(handle instanceof SharedArrayBuffer) || handle.byteLength !== BYTES)
      throw new UsageError('This is not the handle of a ThreadSynchronizer.')
    this.handle = handle
    this.#words = new Int32Array(handle)
  }

  /** The synchronizer of another thread, in this one. */
  static from(handle: SharedArrayBuffer): ThreadSynchronizer {
    return new ThreadSynchronizer(handle)
  }

  /** Waits for the locks of all names and takes them; the returned function lets go of them. Throws AbortedError. */
  async acquireAll(names: readonly string[], signal?: AbortSignal): Promise<() => Promise<void>> {
    return takeInOrder(lockSlots(names), (slot) => this.#take(slot, signal))
  }

  async #take(slot: number, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
    const before = this.#lines.get(slot)
    let leave!: () => void
    const mine = new Promise<void>((resolve) => (leave = resolve))
    const line = (before ?? Promise.resolve()).then(() => mine)
    this.#lines.set(slot, line)
    const done = (): void => {
      leave()
      if (this.#lines.get(slot) === line) this.#lines.delete(slot)
    }
    await before
    for (
      let wait = 0;
      Atomics.compareExchange(this.#words, slot, 0, 1) !== 0;
      wait = Math.min(LONGEST_PAUSE_MS, wait + 1)
    ) {
      if (signal?.aborted) {
        done()
        throw new AbortedError()
      }
      await pause(wait)
    }
    return async () => {
      Atomics.store(this.#words, slot, 0)
      done()
    }
  }
}
