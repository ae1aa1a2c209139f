import { ConflictError } from '@shared/errors'
import { overlapped } from '../cache/overlapped'
import type { OverlayStore } from '../stores/overlay'
import type { Store } from '../stores/store'
import type { KeyChange, KeyState } from './transaction'

/** Keys asked about at a time. */
const AT_ONCE = 32

/** The staged keys of a store, and what the store held when they were made. */
export class StagedKeys {
  readonly overlay: OverlayStore
  /** Identity of the store's own value that each staged key was made from. */
  readonly stamps = new Map<string, string | undefined>()
  /** Keys of which something changed here since the journal was told. */
  readonly touched = new Set<string>()

  constructor(overlay: OverlayStore) {
    this.overlay = overlay
  }

  get size(): number {
    return this.overlay.staged.size
  }

  get bytes(): number {
    let bytes = 0
    for (const value of this.overlay.staged.values()) bytes += value?.size ?? 0
    return bytes
  }

  /** Brings keys to the state that they have before or after these changes. */
  stage(changes: readonly KeyChange[], side: 'before' | 'after'): void {
    for (const change of changes) this.put(change.key, change[side], change.stamp)
  }

  /** Puts a state in front of a key; `stamp` counts where nothing stood there. */
  put(key: string, state: KeyState, stamp: string | undefined): void {
    this.overlay.stage(key, state)
    this.touched.add(key)
    if (state === undefined) this.stamps.delete(key)
    else if (!this.stamps.has(key)) this.stamps.set(key, stamp)
  }

  /** Shows the store's own value of a key again. */
  drop(key: string): void {
    this.put(key, undefined, undefined)
  }

  /** The store holds these keys now: they differ from it no more. */
  written(keys: ReadonlyMap<string, unknown>): void {
    for (const key of keys.keys()) this.drop(key)
  }

  /** The store holds the same under other identities. */
  restamped(stamps: ReadonlyMap<string, string | undefined>): void {
    for (const [key, stamp] of stamps) if (this.stamps.has(key)) this.accept(key, stamp)
  }

  /** From now on what the store holds under this key with this identity is what the staged value replaces. */
  accept(key: string, stamp: string | undefined): void {
    this.stamps.set(key, stamp)
    this.touched.add(key)
  }

  /** Staged keys that somebody else changed in the store since. */
  async changedOutside(): Promise<string[]> {
    return changedKeys(this.overlay.base, this.stamps)
  }

  /** Throws ConflictError where the store no longer holds what these changes would be put in front of. */
  async checkUnchanged(changes: readonly KeyChange[]): Promise<void> {
    await overlapped(changes, AT_ONCE, async ({ key, stamp }) => {
      if (this.stamps.has(key) || (await this.overlay.base.stamp(key)) === stamp) return
      throw new ConflictError(
        key,
        `${key} was changed by another program since; taking this edit back or doing it again would undo that as well.`,
      )
    })
  }
}

/** Keys whose value in a store is another than the one with this identity, sorted. */
export async function changedKeys(
  store: Pick<Store, 'stamp'>,
  stamps: ReadonlyMap<string, string | undefined>,
): Promise<string[]> {
  const changed: string[] = []
  await overlapped(stamps, AT_ONCE, async ([key, stamp]) => {
    if ((await store.stamp(key)) !== stamp) changed.push(key)
  })
  return changed.sort()
}
