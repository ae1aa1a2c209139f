import type { ErrorBody } from '@shared/errors'
import type { BlockPart } from '@shared/model/block'
import type { Lane } from '../pool/executor'
import type { Store } from '../stores/store'
import type { ChunkCache } from './chunk-cache'
import type { ArrayLayout } from './chunk-places'

/** The array to read: `{ ...metadata, dtype, key, store }` fits. */
export interface ReadSource extends ArrayLayout {
  /** Store key of the chunk (shard, where sharded) at the coordinates of `grid`. */
  key(coords: readonly number[]): string
  store: Pick<Store, 'locate' | 'get' | 'stamp'>
}

export interface ReadOptions {
  lane?: Lane
  signal?: AbortSignal
  /** Keeps decoded chunks that a selection only touches in part; without it nothing is kept. */
  cache?: ChunkCache
  /** Where fixed-size items go; must hold the whole result. A new buffer otherwise. */
  out?: { buffer: SharedArrayBuffer; byteOffset: number }
  /** A chunk that decodes to more is refused with a LimitError in its part; at most, and by default, 1 GiB. */
  maxChunkBytes?: number
  /** Items that vary in length and come to more are refused with a LimitError; 1 GiB when absent. */
  maxBytes?: number
}

/** A chunk that could not be read; `error` is the body of a ZarrscopeError. */
export interface ReadFailure {
  key: string
  coords: number[]
  error: ErrorBody
}

export interface ReadResult {
  /** Canonical bytes, C order over `shape`, on shared memory where items have a fixed size; fill where nothing was read. */
  data: Uint8Array
  /** Variable-length items: item i is data[offsets[i]..offsets[i+1]]. */
  offsets?: Uint32Array
  shape: number[]
  /** What each chunk answered, `coords` in the grid of inner chunks where sharded. */
  parts: BlockPart[]
  /** Chunks whose part is an error, with their error's code; empty when all was read. */
  failures: ReadFailure[]
}
