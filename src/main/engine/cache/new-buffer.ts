import { LimitError } from '@shared/errors'
import { newSharedMemory } from '../codecs/wasm/shared-memory'

/** New shared memory of at least so many bytes, zeros. Throws LimitError where there is not that much. */
export function newBuffer(bytes: number): SharedArrayBuffer {
  try {
    return newSharedMemory(bytes)
  } catch {
    throw new LimitError('The size of the data, in bytes,', bytes, 'the memory that is left')
  }
}
