import type { BlockPart } from '@shared/model/block'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { ErrorBody } from '@shared/errors'
import type { Selection } from '@shared/selection/selection'
import type { ChunkGridSpec } from '../chunks/grid'
import type { CodecSpec } from '../codecs/pipeline-spec'
import type { CodecExecutor, Lane } from '../pool/executor'
import type { Store } from '../stores/store'
import type { ChunkCache } from './chunk-cache'

/** The array to read: `{ ...metadata, dtype, key, store }` fits. */
export interface ReadSource {
  shape: number[]
  grid: ChunkGridSpec
  dtype: DataTypeSpec
  /** Canonical bytes of one fill item; null reads as zero (empty where items vary in length). */
  fill: Uint8Array | null
  codecs: CodecSpec[]
  /** Store key of the chunk (shard, where sharded) at the coordinates of `grid`. */
  key(coords: readonly number[]): string
  store: Pick<Store, 'locate' | 'get' | 'stamp' | 'path'>
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
}

/** A chunk that could not be read; `error` is the body of a ZarrscopeError. */
export interface ReadFailure {
  key: string
  coords: number[]
  error: ErrorBody
}

export interface ReadResult {
  /** Canonical bytes, C order over `shape`, on shared memory; the fill value where chunks are missing or failed. */
  data: Uint8Array
  /** Variable-length items: item i is data[offsets[i]..offsets[i+1]]. */
  offsets?: Uint32Array
  shape: number[]
  /** What each chunk answered, `coords` in the grid of inner chunks where sharded. */
  parts: BlockPart[]
  /** Chunks whose part is an error, with their error's code; empty when all was read. */
  failures: ReadFailure[]
}

/**
 * Reads a selection of an array: projects it on the chunks, has the executor read, decode and scatter them, and says
 * what every chunk answered. One bad chunk never fails the others.
 *
 * Throws UnsupportedError or MetadataError where the codecs cannot be bound, LimitError where the result is too large,
 * IoError where the store itself is gone, AbortedError.
 */
export async function readSelection(
  source: ReadSource,
  selection: Selection,
  executor: CodecExecutor,
  options: ReadOptions = {},
): Promise<ReadResult> {
  void [source, selection, executor, options]
  throw new Error('Reading is not built yet.')
}
