import { LimitError } from '@shared/errors'
import { OverlayStore, type Staged } from '../stores/overlay'
import type { GetOptions, Located } from '../stores/store'
import { KeyOwners } from './owner'
import type { KeyChange } from './transaction'

/** Encoded bytes that one edit may stage. */
export const MAX_EDIT_BYTES = 512 * 2 ** 20

/**
 * Where an edit is carried out before it counts: a second overlay in front of the staged keys. Thrown away it leaves
 * nothing; `changes` are what it came to. It remembers what the store held when it was first looked at, so that a change
 * by another program from then on is noticed.
 */
export class Draft extends OverlayStore {
  private readonly front: OverlayStore
  private readonly stamps = new Map<string, Promise<string | undefined>>()
  private bytes = 0

  constructor(front: OverlayStore) {
    super(front)
    this.front = front
  }

  override async get(key: string, options?: GetOptions): Promise<Uint8Array | undefined> {
    if (!this.staged.has(key)) await this.note(key)
    return super.get(key, options)
  }

  /** Values of the store itself are read here, once their identity is known. */
  override locate(key: string): Located | undefined {
    const located = super.locate(key)
    return this.staged.has(key) || this.front.staged.has(key) ? located : undefined
  }

  override async set(key: string, value: Uint8Array, options?: { signal?: AbortSignal }): Promise<void> {
    await this.note(key)
    this.bytes += value.length
    if (this.bytes > MAX_EDIT_BYTES)
      throw new LimitError('The size of what this edit would write, in bytes,', this.bytes, MAX_EDIT_BYTES)
    await super.set(key, value, options)
  }

  override stage(key: string, value: Staged | undefined): void {
    void this.note(key)
    super.stage(key, value)
  }

  /** What differs from the staged keys; `paths` are arrays that keys are known to belong to. */
  async changes(paths: Iterable<string> = []): Promise<KeyChange[]> {
    const owners = new KeyOwners([this, this.front], paths)
    const changes: KeyChange[] = []
    for (const [key, staged] of this.staged) {
      const before = this.front.staged.get(key)
      const after = await this.reduced(key, staged)
      if (before === after || (before && after && (await sameBytes(key, before, after)))) continue
      changes.push({ key, path: await owners.of(key), before, after, stamp: await this.note(key) })
    }
    return changes
  }

  /** Undefined where the store itself holds just that. */
  private async reduced(key: string, staged: Staged): Promise<Staged | undefined> {
    const { base } = this.front
    if (staged === null) return (await base.stamp(key)) === undefined ? undefined : null
    if ((await base.size(key)) !== staged.size) return staged
    const stored = await base.get(key)
    return stored && Buffer.compare(stored, await staged.whole(key)) === 0 ? undefined : staged
  }

  /** Identity of the store's own value when it was first looked at. */
  private note(key: string): Promise<string | undefined> {
    let stamp = this.stamps.get(key)
    if (!stamp) {
      stamp = this.front.base.stamp(key)
      this.stamps.set(key, stamp)
      // Whoever waits for it is told.
      stamp.catch(() => undefined)
    }
    return stamp
  }
}

async function sameBytes(
  key: string,
  one: NonNullable<Staged>,
  other: NonNullable<Staged>,
): Promise<boolean> {
  if (one.size !== other.size || one.crc32 !== other.crc32) return false
  return Buffer.compare(await one.whole(key), await other.whole(key)) === 0
}
