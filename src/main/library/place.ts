import { UsageError } from '@shared/errors'
import { MapStore, type MapLike } from '@engine/stores/map'
import { openStore } from '@engine/stores/open-store'
import type { ListableStore } from '@engine/stores/store'

/** A path to a folder, a zip, or a node inside; an opened store; a `Map<string, Uint8Array>` or an object like one. */
export type Target = string | ListableStore | MapLike

export type Mode = 'r' | 'r+' | 'a' | 'w' | 'w-' | 'x'

/** A store, and where inside it the target pointed. */
export interface Place {
  store: ListableStore
  nodePath: string
  /** The store was opened here, and is closed again where what follows fails. */
  isOwn: boolean
}

/** Opens what a target names. Throws NotAStoreError, IoError. */
export async function placeOf(target: Target, mode: Mode): Promise<Place> {
  if (typeof target === 'string') {
    const { store, nodePath } = await openStore(target, { mode: mode === 'x' ? 'w-' : mode })
    return { store, nodePath, isOwn: true }
  }
  return { store: 'locate' in target ? target : new MapStore(target), nodePath: '', isOwn: false }
}

/** Runs `work`; where it fails, a store that was opened for it is closed without saving. */
export async function closing<T>({ store, isOwn }: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isOwn) await ('discard' in store ? (store.discard as () => Promise<void>)() : store.close())
    throw error
  }
}

const MODES: readonly Mode[] = ['r', 'r+', 'a', 'w', 'w-', 'x']

/** Throws UsageError for a mode that is none; `allowed` are those of the call. */
export function checkMode(mode: string, allowed: readonly Mode[] = MODES): void {
  if (!(allowed as readonly string[]).includes(mode))
    throw new UsageError(
      `The mode "${mode}" is not known here; there are ${allowed.filter((one) => one !== 'x').join(', ')}.`,
    )
}
