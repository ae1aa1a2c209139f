import { UsageError } from '@shared/errors'
import { setThreads, settings } from './engine'

/**
 * How chunks are encoded and decoded: by how many threads, and whether one call may use several. It holds for every
 * codec, not only for Blosc.
 */
export const blosc = {
  /** Sets the number of codec threads, 1 to 64, and gives the former one; min(4, cores) to begin with. */
  setNthreads(count: number): number {
    if (!Number.isInteger(count) || count < 1 || count > 64)
      throw new UsageError(`The number of codec threads must be between 1 and 64, not ${count}.`)
    const before = settings.threads
    setThreads(count)
    return before
  },

  /**
   * true: every call uses all codec threads. false: every call uses one, so that calls side by side do not compete.
   * null (to begin with): all of them for a call that is alone on the main thread, one for calls side by side and on worker threads.
   */
  get useThreads(): boolean | null {
    return settings.useThreads
  },
  set useThreads(value: boolean | null) {
    // From JavaScript anything may come.
    if (![true, false, null].includes(value)) throw new UsageError('`useThreads` is true, false or null.')
    settings.useThreads = value
  },
}
