import type { ByteRange } from '../files/byte-range'
import type { ChunkBatch, ChunkNaming } from './chunk-naming'

export type { ByteRange }

export interface GetOptions {
  range?: ByteRange
  signal?: AbortSignal
}

/**
 * Where the bytes of a key lie, so that worker threads read them without the calling thread; `readLocated` and
 * `openLocated` (read-located.ts) do that.
 * - `file`: a file of its own, opened by path (it may turn out to be missing: that is a missing key, unless `root`, the
 *   store's real path, has vanished too). Links that leave `root` are refused unless `followLinks`.
 * - `range`: bytes inside a container file; `method` 8 is raw deflate; `crc32` (when given) is of the uncompressed value
 *   and `size` its length. With `entry`, `offset` is that of a zip entry's local header, which must name the entry
 *   and whose data must end at or before `limit`.
 * - `bytes`: in memory, not to be changed or transferred. - `missing`: known not to exist.
 */
export type Located =
  | { kind: 'file'; path: string; root?: string; followLinks?: boolean }
  | {
      kind: 'range'
      path: string
      offset: number
      length: number
      method: number
      crc32?: number
      size: number
      entry?: { name: string; limit: number }
    }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'missing' }

/**
 * Keys to bytes. Keys are names joined by "/", without leading slash; "..", "." and empty names, NUL and backslash
 * are refused with UsageError. A missing key is `undefined`, never an error; an unreadable one is an IoError; a root
 * that has vanished is an IoError, never "everything is missing".
 */
export interface Store {
  readonly kind: 'directory' | 'zip' | 'memory' | 'map' | 'http'
  /** As the tutorial's summary prints it, such as "zarr.storage.DirectoryStore". */
  readonly className: string
  /** Absolute path of the folder or file, where there is one. */
  readonly path?: string
  readonly readOnly: boolean
  /** The value, or the part of it that `range` asks for, cut where the value ends; the caller's own copy. */
  get(key: string, options?: GetOptions): Promise<Uint8Array | undefined>
  /** Stored bytes of a key; undefined when missing. */
  size(key: string, options?: { signal?: AbortSignal }): Promise<number | undefined>
  /** Answers at once and touches no disk; undefined where only `get` can tell. */
  locate(key: string): Located | undefined
  /** Identity of the stored value for caches and conflict checks; undefined when missing. Changes when the value does. */
  stamp(key: string): Promise<string | undefined>
  close(): Promise<void>
}

/** One level of a listing: `keys` are values, `prefixes` are deeper names, both without the parent's path. */
export interface Listing {
  keys: string[]
  prefixes: string[]
}

export interface ListableStore extends Store {
  /** One level below `prefix` ("" for the root), names sorted. Unknown prefixes give an empty listing. */
  list(prefix: string, options?: { signal?: AbortSignal }): Promise<Listing>
  /**
   * Every key below `prefix`, in full, with its stored size, in batches, any order. Lock and partial files of ours are
   * left out. Folders that cannot be read are an IoError after everything else was given.
   */
  scan(prefix: string, options?: { signal?: AbortSignal }): AsyncIterable<{ key: string; size: number }[]>
  /** The same for the folder of one array, its chunks as numbers; undefined or absent where `scan` is no slower. */
  scanChunks?(
    prefix: string,
    naming: ChunkNaming,
    options?: { signal?: AbortSignal },
  ): AsyncIterable<ChunkBatch> | undefined
}

export interface WritableStore extends ListableStore {
  /** Atomic for one key: readers see the old value or the new one, whole. */
  set(key: string, value: Uint8Array, options?: { signal?: AbortSignal }): Promise<void>
  /** Deleting a missing key does nothing. */
  delete(key: string): Promise<void>
  /** Deletes every key below the prefix (and the prefix's own folder where there is one). */
  deletePrefix(prefix: string): Promise<void>
}

export const isWritable = (store: Store): store is WritableStore => !store.readOnly && 'set' in store
