import type { StorageCount } from '@shared/model/node'
import { arrayBytes } from '../metadata/describe'
import type { ZarrArray } from '../nodes/array'
import { ChunkNames } from './chunk-names'
import type { FolderSink } from './folder-sink'
import { ShardLayout } from './shard-layout'
import { StoredShards } from './stored-shards'

/** One array among those that are counted. */
export interface ArrayCounter {
  array: ZarrArray
  names: ChunkNames
  /** Adds what the array's folder holds to the total. */
  sink: FolderSink
  /** The shards found, whose indexes are still to be read; undefined without shards. */
  shards: StoredShards | undefined
}

/** What was counted so far, over any number of arrays. */
export class StorageTotal {
  initialized = 0
  /** Shards whose index could not be read. */
  unreadable = 0
  private nbytes = 0n
  private nchunks = 0n
  private nbytesStored = 0
  private files = 0
  private chunks = 0
  private chunkBytes = 0
  private min = Infinity
  private max = 0

  counter(array: ZarrArray): ArrayCounter {
    this.nbytes += arrayBytes(array.metadata)
    this.nchunks += array.layout.nchunks
    const layout = ShardLayout.of(array)
    const shards = layout && new StoredShards(layout)
    const sink: FolderSink = {
      chunk: (coords, size) => {
        this.chunk(size)
        if (shards) shards.add(coords)
        else this.initialized++
      },
      other: (size) => this.other(size),
    }
    return { array, names: new ChunkNames(array), sink, shards }
  }

  /** A file that is no chunk. */
  other(size: number): void {
    this.files++
    this.nbytesStored += size
  }

  result(done: boolean): StorageCount {
    const { min, max, chunks } = this
    return {
      nbytes: Number(this.nbytes),
      nbytesStored: this.nbytesStored,
      initialized: this.initialized,
      nchunks: Number(this.nchunks),
      files: this.files,
      chunkBytes: chunks === 0 ? null : { min, max, mean: this.chunkBytes / chunks },
      ...(this.unreadable > 0 ? { unreadable: this.unreadable } : {}),
      done,
    }
  }

  private chunk(size: number): void {
    this.other(size)
    this.chunks++
    this.chunkBytes += size
    if (size < this.min) this.min = size
    if (size > this.max) this.max = size
  }
}
