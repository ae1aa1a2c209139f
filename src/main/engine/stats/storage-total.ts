import type { ArrayStorage, StorageCount } from '@shared/model/node'
import { arrayBytes } from '../metadata/describe'
import type { ZarrArray } from '../nodes/array'
import { ChunkNames } from './chunk-names'
import type { FolderSink } from './folder-sink'
import { ShardLayout } from './shard-layout'
import { rawBytesOf } from './shown-grid'
import { SizeCounts } from './size-histogram'
import { StoredShards } from './stored-shards'
import { TopChunks } from './top-chunks'

/** Chunks in a list of those that stand out. */
const RANKED = 10

/** One array among those that are counted. */
export interface ArrayCounter {
  array: ZarrArray
  names: ChunkNames
  /** Adds what the array's folder holds to the total. */
  sink: FolderSink
  /** The shards found, whose indexes are still to be read; undefined without shards. */
  shards: StoredShards | undefined
  /** Adds a chunk of the grid that people see. */
  chunk: (coords: ArrayLike<number>, size: number) => void
}

/** What was counted so far, over any number of arrays. */
export class StorageTotal {
  /** Shards whose index could not be read. */
  unreadable = 0
  private initialized = 0
  private nbytes = 0n
  private nchunks = 0n
  private nbytesStored = 0
  private files = 0
  private chunks = 0
  private chunkBytes = 0
  private min = Infinity
  private max = 0
  private readonly sizes = new SizeCounts()
  private readonly largest = new TopChunks(RANKED)
  private readonly leastCompressible = new TopChunks(RANKED)
  private readonly arrays: ArrayStorage[] = []

  counter(array: ZarrArray): ArrayCounter {
    const nbytes = arrayBytes(array.metadata)
    const { nchunks } = array.layout
    this.nbytes += nbytes
    this.nchunks += nchunks
    const own: ArrayStorage = {
      path: array.path,
      nbytes: Number(nbytes),
      nbytesStored: 0,
      initialized: 0,
      nchunks: Number(nchunks),
    }
    this.arrays.push(own)
    const layout = ShardLayout.of(array)
    const shards = layout && new StoredShards(layout)
    const chunk = this.chunkCounter(array, own)
    const sink: FolderSink = {
      chunk: (coords, size, modified) => {
        own.nbytesStored += size
        this.stored(size)
        if (shards) shards.add(coords, size, modified)
        else chunk(coords, size)
      },
      other: (size) => {
        own.nbytesStored += size
        this.other(size)
      },
    }
    return { array, names: new ChunkNames(array), sink, shards, chunk }
  }

  /** A file that is no chunk. */
  other(size: number): void {
    this.others(1, size)
  }

  others(files: number, bytes: number): void {
    this.files += files
    this.nbytesStored += bytes
  }

  /** A stored value: a chunk, or a shard. */
  stored(size: number): void {
    this.other(size)
    this.chunks++
    this.chunkBytes += size
    if (size < this.min) this.min = size
    if (size > this.max) this.max = size
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
      sizes: this.sizes.histogram(),
      largest: this.largest.chunks,
      leastCompressible: this.leastCompressible.chunks,
      done,
    }
  }

  /** The arrays that were counted, those with most bytes first, `most` of them. */
  arrayList(most: number): NonNullable<StorageCount['arrays']> {
    const list = [...this.arrays].sort((a, b) => b.nbytesStored - a.nbytesStored).slice(0, most)
    return { list: list.map((array) => ({ ...array })), total: this.arrays.length }
  }

  private chunkCounter(array: ZarrArray, own: ArrayStorage): ArrayCounter['chunk'] {
    const { path, shape } = array
    const rawBytes = rawBytesOf(array)
    const rank = (coords: ArrayLike<number>, size: number, raw: number | null, ratio?: number): void => {
      // The coordinates may lie at the start of a longer list, which is used again.
      const at = (): number[] => Array.from(coords).slice(0, shape.length)
      const ranked = () => ({ path, coords: at(), bytes: size, rawBytes: raw })
      this.largest.offer(size, ranked)
      if (ratio !== undefined) this.leastCompressible.offer(ratio, ranked)
    }
    return (coords, size) => {
      this.initialized++
      own.initialized++
      this.sizes.add(size)
      const raw = rawBytes(coords)
      const ratio = raw ? size / raw : undefined
      // Hardly any is ranked: what follows would cost memory for each of millions.
      if (this.largest.takes(size) || (ratio !== undefined && this.leastCompressible.takes(ratio)))
        rank(coords, size, raw, ratio)
    }
  }
}
