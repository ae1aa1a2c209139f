import { LimitError } from '@shared/errors'

/** New shared memory, zeros. Throws LimitError where there is not that much. */
export function newBuffer(bytes: number): SharedArrayBuffer {
  try {
    return new SharedArrayBuffer(bytes)
  } catch {
    throw new LimitError('The size of the data, in bytes,', bytes, 'the memory that is left')
  }
}
