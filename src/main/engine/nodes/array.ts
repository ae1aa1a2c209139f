import { fromErrorBody, SelectionError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { DimSlice, Selection } from '@shared/selection/selection'
import { readSelection, type ReadOptions, type ReadResult, type ReadSource } from '../cache/read-selection'
import { chunkGrid, type ChunkGrid } from '../chunks/grid'
import { chunkKey } from '../chunks/keys'
import { innerGrid } from '../chunks/shards'
import type { ArrayMetadata } from '../metadata/array-metadata'
import { arrayLayout, type ArrayLayout } from '../metadata/array-layout'
import { shardLevels } from '../metadata/shard-levels'
import { joinKey } from '../stores/key'
import type { ListableStore } from '../stores/store'
import { blockSelection } from './block-selection'
import { fieldType, takeFields } from './fields'
import type { NodeContext, NodeOrigin } from './node-context'

export interface ArrayReadOptions extends Pick<
  ReadOptions,
  'lane' | 'signal' | 'out' | 'maxChunkBytes' | 'maxBytes'
> {
  /** Fields of a record type to keep: one gives the field's own type, several a smaller record. */
  fields?: readonly string[]
}

/** What was read; `dtype` differs from the array's where fields were chosen. */
export interface ArrayReadResult extends ReadResult {
  dtype: DataTypeSpec
}

/**
 * An opened array: its metadata, its store, and the executor and cache that read it. Only chunks that a selection
 * touches are ever read.
 */
export class ZarrArray {
  readonly kind = 'array'
  readonly store: ListableStore
  readonly path: string
  readonly metadata: ArrayMetadata
  readonly origin: NodeOrigin
  readonly context: NodeContext
  /** The chunks as stored: shards, where there are any. */
  readonly grid: ChunkGrid
  /** The chunks that decode on their own: innermost chunks, where there are shards. */
  readonly innerGrid: ChunkGrid
  /** Chunk and shard shapes and their counts, as people are told them. */
  readonly layout: ArrayLayout
  /** What reads are told of it; made by the first. */
  private source: ReadSource | undefined

  constructor(
    store: ListableStore,
    path: string,
    metadata: ArrayMetadata,
    origin: NodeOrigin,
    context: NodeContext,
  ) {
    this.store = store
    this.path = path
    this.metadata = metadata
    this.origin = origin
    this.context = context
    this.grid = chunkGrid(metadata.grid, metadata.shape)
    this.layout = arrayLayout(metadata)
    const levels = shardLevels(metadata)
    // Shards that do not fit the array are a problem of the metadata; their array still shows.
    this.innerGrid = levels.every(({ length }) => length === metadata.shape.length)
      ? innerGrid(this.grid, levels)
      : this.grid
  }

  get shape(): number[] {
    return this.metadata.shape
  }

  /** The data type; throws the metadata's problem where the data cannot be read. */
  get dtype(): DataTypeSpec {
    const { dtype, problem } = this.metadata
    if (problem) throw problem
    if (dtype === null) throw new SelectionError('The data type of this array is not known.')
    return dtype
  }

  /** Store key of a chunk (shard, where sharded). */
  chunkKey(coords: readonly number[]): string {
    return joinKey(this.path, chunkKey(this.metadata.keyEncoding, coords))
  }

  /**
   * Reads a normalised selection. Chunks that cannot be read leave the fill value and are named in `failures`.
   * Throws UnsupportedError or MetadataError where the data is refused as a whole, LimitError, IoError, AbortedError.
   */
  async read(selection: Selection, options: ArrayReadOptions = {}): Promise<ArrayReadResult> {
    const { dtype, context } = this
    const { fields } = options
    this.source ??= {
      ...this.metadata,
      dtype,
      store: this.store,
      key: (coords) => this.chunkKey(coords),
    }
    const { executor, cache } = context
    const result = await readSelection(
      this.source,
      selection,
      executor,
      cache ? { ...options, cache } : options,
    )
    return fields ? chosen(result, dtype, fields) : { ...result, dtype }
  }

  /** The same, but a chunk that cannot be read is an error. */
  async readAll(selection: Selection, options: ArrayReadOptions = {}): Promise<ArrayReadResult> {
    const result = await this.read(selection, options)
    const [failure] = result.failures
    if (failure) throw fromErrorBody(failure.error)
    return result
  }

  /** The items of whole chunks (shards, where sharded) by a basic selection over the chunk grid. */
  blocks(blocks: readonly DimSlice[]): Selection {
    return blockSelection(this.grid, blocks)
  }
}

/** Sub-array fields add their own dimensions to the result, as in NumPy. */
function chosen(result: ReadResult, dtype: DataTypeSpec, fields: readonly string[]): ArrayReadResult {
  const data = takeFields(result.data, dtype, fields)
  const type = fieldType(dtype, fields)
  if (type.kind !== 'subarray') return { ...result, data, dtype: type }
  return { ...result, data, dtype: type.item, shape: [...result.shape, ...type.shape] }
}
