import { chunkPlaces, type ChunkPlaces } from '../cache/chunk-places'
import { locate } from '../cache/chunk-request'
import type { ChunkGrid } from '../chunks/grid'
import { locateInner } from '../chunks/shards'
import type { PipelineSpec } from '../codecs/pipeline-spec'
import { shardLevels } from '../metadata/shard-levels'
import type { ZarrArray } from '../nodes/array'
import { decodedBytes } from '../pool/limits'
import type { InspectTask } from '../pool/operations'
import { gridOf, shownChunk } from './shown-grid'

/** A chunk of the grid that people see, as work for the codec threads. */
export interface ChunkTask {
  /** Of the stored value: the chunk itself, or its shard. */
  pipeline: PipelineSpec
  /** Decoded bytes of the chunk. */
  chunkBytes: number
  task: InspectTask
}

/** Turns grid coordinates of an array into work. Throws the array's own problem where its data is refused. */
export class ChunkTasks {
  private readonly array: ZarrArray
  private readonly grid: ChunkGrid
  private readonly places: ChunkPlaces
  private readonly levels: number[][]

  constructor(array: ZarrArray) {
    this.array = array
    this.grid = gridOf(array)
    this.places = chunkPlaces({ ...array.metadata, dtype: array.dtype })
    // People see inner chunks of the first level, which may be shards themselves.
    this.levels = shardLevels(array.metadata).slice(0, 1)
  }

  /** Throws SelectionError for coordinates outside the grid, IoError, AbortedError. */
  async of(coords: readonly number[], signal: AbortSignal | undefined): Promise<ChunkTask> {
    const { array, levels } = this
    const { key, stored, declared, inside } = shownChunk(array, coords, this.grid)
    const source = await locate(array.store, key, signal)
    const task: InspectTask = { key, source, inside }
    if (levels.length > 0) task.inner = locateInner(array.grid, levels, coords).inner
    return {
      pipeline: this.places.pipelineAt(stored),
      chunkBytes: decodedBytes({ dtype: array.dtype, shape: declared }),
      task,
    }
  }
}
