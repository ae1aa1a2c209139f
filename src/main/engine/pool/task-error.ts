import { LimitError, toErrorBody, type ErrorBody } from '@shared/errors'
import { nameChunk } from '../codecs/corrupt'

/** What a task threw, as data that names the chunk. */
export function taskError(key: string, thrown: unknown): ErrorBody {
  return toErrorBody(memoryError(key, thrown) ?? nameChunk(thrown, key))
}

/** Node's words for memory it cannot have, as an error of the house. */
function memoryError(key: string, thrown: unknown): LimitError | undefined {
  if (
    !(thrown instanceof RangeError) ||
    !/allocation failed|Invalid (typed array|array buffer) length/i.test(thrown.message)
  ) {
    return undefined
  }
  return new LimitError(`The memory that ${key} needs`, 'more than is left', 'this computer')
}
