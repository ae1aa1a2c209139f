import { ChunkCorruptError, LimitError, MetadataError } from '@shared/errors'
import { CodecFailure } from './wasm/codec-failure'

/**
 * Stored bytes that do not decode. Codecs do not know which chunk they work on: the key is empty until `nameChunk`
 * puts it in. `why` is a clause without full stop, such as "it ends inside the shard index".
 */
export const corrupt = (why: string, cause?: unknown): ChunkCorruptError =>
  new ChunkCorruptError('', why, cause === undefined ? undefined : { cause })

/** The same error with the chunk's key, where it is a ChunkCorruptError without one; anything else unchanged. */
export function nameChunk(thrown: unknown, key: string): unknown {
  if (!(thrown instanceof ChunkCorruptError) || thrown.key !== '') return thrown
  return new ChunkCorruptError(key, thrown.why, { cause: thrown.cause })
}

/** Runs one decoding step; what the backend throws becomes an error of the house. */
export function decoding<T>(step: () => T): T {
  try {
    return step()
  } catch (thrown) {
    throw memoryError(thrown) ?? (thrown instanceof CodecFailure ? corrupt(thrown.message, thrown) : thrown)
  }
}

/** Runs one encoding step; what the backend throws becomes an error of the house. */
export function encoding<T>(step: () => T): T {
  try {
    return step()
  } catch (thrown) {
    throw memoryError(thrown) ?? (thrown instanceof CodecFailure ? impossible(thrown) : thrown)
  }
}

const impossible = (failure: CodecFailure): MetadataError =>
  new MetadataError('', 'codecs', `${failure.message}.`, { cause: failure })

/** No memory left, in the codec module or in JavaScript. */
function memoryError(thrown: unknown): LimitError | undefined {
  const inModule = thrown instanceof CodecFailure && thrown.reason === 'memory'
  const inScript = thrown instanceof RangeError && thrown.message.includes('allocation failed')
  return inModule || inScript
    ? new LimitError('The memory that one chunk needs', 'more than is left', 'this computer')
    : undefined
}
