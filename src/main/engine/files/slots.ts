import { AbortedError } from '@shared/errors'

/**
 * Lets at most `limit` asynchronous operations run at once, first come first served. Six thousand parallel reads
 * fail with EMFILE on an ordinary machine; sixty-four do not.
 */
export class Slots {
  private free: number
  private readonly waiting: (() => void)[] = []

  constructor(limit: number) {
    this.free = limit
  }

  /** Runs `task` once a slot is free; rejects with AbortedError if the signal fires before it begins. */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.free > 0) this.free--
    else await new Promise<void>((resume) => this.waiting.push(resume))
    try {
      if (signal?.aborted) throw new AbortedError()
      return await task()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.free++
    }
  }
}

/** Shared by all stores of the process. */
export const fileSlots = new Slots(64)
