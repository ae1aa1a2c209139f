import { openSource } from '../files/safe-open-sync'
import type { Located } from '../stores/store'
import type { StoredValue } from './stored-value'

/** What a task's source opens to. */
export interface OpenValue extends StoredValue {
  close(): void
}

/** Opens what a store located; undefined where nothing is there. */
export function openStored(source: Located): OpenValue | undefined {
  switch (source.kind) {
    case 'missing':
      return undefined
    case 'file':
      return openSource(source.path, source.root === undefined ? undefined : { root: source.root })
    case 'bytes':
      return inMemory(source.bytes)
    case 'range':
      throw new Error('Ranges are not read yet.')
  }
}

const inMemory = (bytes: Uint8Array): OpenValue => ({
  size: bytes.length,
  read: (offset, length) => bytes.slice(offset, offset + length),
  readInto: (target, offset) => target.set(bytes.subarray(offset, offset + target.length)),
  close: () => undefined,
})
