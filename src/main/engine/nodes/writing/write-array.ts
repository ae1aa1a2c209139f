import { fromErrorBody } from '@shared/errors'
import type { Selection } from '@shared/selection/selection'
import { writeSelection, type WriteOptions, type WriteSummary } from '../../cache/write-selection'
import type { Lane } from '../../pool/executor'
import { DirectoryStore } from '../../stores/directory'
import type { WritableStore } from '../../stores/store'
import type { ZarrArray } from '../array'
import { broadcastStrides } from './broadcast'
import type { KeyLocks } from './key-locks'
import { writable } from './writable'

/** Canonical items of the array's data type in C order over `shape`; broadcast to the selection. */
export interface ItemBlock {
  data: Uint8Array
  /** Variable-length items: item i is data[offsets[i]..offsets[i+1]]. */
  offsets?: Uint32Array
  shape: readonly number[]
}

export interface ArrayWriteOptions {
  lane?: Lane
  signal?: AbortSignal
  /** Store chunks that hold nothing but the fill value; false (the default) removes them. */
  writeEmptyChunks?: boolean
  /** Held for each stored chunk from before it is read until it is written. */
  locks?: KeyLocks | undefined
}

/**
 * Writes items to a normalised selection. Chunks covered in part are read and merged; each stored chunk is replaced as
 * a whole, so that readers see the old one or the new one. A chunk that cannot be read is left as it is and its error
 * is thrown once the others are written.
 * Throws ValueError where the shapes do not fit, ReadOnlyError, ChunkCorruptError, IoError, AbortedError.
 */
export async function writeArray(
  array: ZarrArray,
  selection: Selection,
  block: ItemBlock,
  options: ArrayWriteOptions = {},
): Promise<WriteSummary> {
  const store = writable(array.store)
  const { signal, lane, locks, writeEmptyChunks = false } = options
  const strides = broadcastStrides(selection, block.shape)
  const source = {
    ...array.metadata,
    dtype: array.dtype,
    store,
    key: (coords: readonly number[]) => array.chunkKey(coords),
  }
  const value = { data: block.data, strides, ...(block.offsets && { offsets: block.offsets }) }
  const write = (): Promise<WriteSummary> =>
    writeSelection(source, selection, value, array.context.executor, {
      ...(signal && { signal }),
      ...(lane && { lane }),
      // Without a fill value a missing chunk is undefined, which zeros are not.
      dropFill: !writeEmptyChunks && array.metadata.fill !== null,
      // Who takes locks is not alone; the shape is not read again under them.
      mayHaveGrown: locks !== undefined,
      ...onThreads(store),
      put: (key, bytes) => (bytes ? store.set(key, bytes) : store.delete(key)),
    })
  const summary = locks ? await locks.around(array, selection, write, signal) : await write()
  const [failure] = summary.failures
  if (failure) throw fromErrorBody(failure.error)
  return summary
}

/** Codec threads replace the files of a folder themselves: the encoded chunks need not come back for it. */
function onThreads(store: WritableStore): Pick<WriteOptions, 'file' | 'flush'> {
  if (!(store instanceof DirectoryStore)) return {}
  return { file: (key) => store.replaceable(key), flush: store.flushes }
}
