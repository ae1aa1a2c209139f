import { ReadOnlyError } from '@shared/errors'
import type { ListableStore, WritableStore } from '../../stores/store'
import { isWritable } from '../../stores/store'

/** The store as one that takes writes. Throws ReadOnlyError, in words that say what to do. */
export function writable(store: ListableStore): WritableStore {
  if (isWritable(store)) return store
  throw new ReadOnlyError(
    `${store.path ?? 'This store'} was opened for reading only; open it with mode "r+" to write.`,
  )
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
