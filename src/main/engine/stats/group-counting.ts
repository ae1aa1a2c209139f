import { AbortedError } from '@shared/errors'
import type { StorageCount } from '@shared/model/node'
import type { ZarrGroup } from '../nodes/group'
import { countGroup, type CountOptions } from './count-storage'
import type { Look } from './scan-age'

/** The count of a group, and what tells whether it still holds. */
export interface GroupCount extends Look {
  count: StorageCount
}

/** A count of a group under way, shared by everybody who asks for it; it ends early when nobody waits any more. */
export class GroupCounting {
  readonly startedAt = Date.now()
  private readonly counted: Promise<GroupCount>
  private readonly waiting = new Set<CountOptions>()
  private readonly stopping = new AbortController()
  private latest: StorageCount | undefined

  constructor(group: ZarrGroup) {
    this.counted = this.run(group)
    // Those who wait are told.
    this.counted.catch(() => undefined)
  }

  /** Whether it was given up: it never comes to an end. */
  get isStopped(): boolean {
    return this.stopping.signal.aborted
  }

  /** Resolves at the end. Throws as `countGroup`. */
  async follow(options: CountOptions): Promise<GroupCount> {
    const { signal, onProgress } = options
    if (signal?.aborted) throw new AbortedError()
    this.waiting.add(options)
    if (this.latest) onProgress?.(this.latest)
    let leave: () => void = () => undefined
    const left = new Promise<never>((_, reject) => (leave = () => reject(new AbortedError())))
    signal?.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([this.counted, left])
    } finally {
      signal?.removeEventListener('abort', leave)
      this.waiting.delete(options)
      if (this.waiting.size === 0) this.stopping.abort()
    }
  }

  private async run(group: ZarrGroup): Promise<GroupCount> {
    const began = performance.now()
    const onProgress = (count: StorageCount): void => {
      this.latest = count
      for (const one of this.waiting) one.onProgress?.(count)
    }
    const { count, folders } = await countGroup(group, { signal: this.stopping.signal, onProgress })
    return { count, startedAt: this.startedAt, took: performance.now() - began, folders }
  }
}
