import { ChunkCorruptError, LimitError, ZarrscopeError } from '@shared/errors'
import { chunkKey } from '../chunks/keys'
import type { ZarrArray } from '../nodes/array'
import { listFolder, type ListFolderOptions } from './list-folder'
import { ShardLayout } from './shard-layout'
import { StoredShards } from './stored-shards'

/** A stored chunk (inner chunk, with shards). */
export interface ChunkRow {
  coords: number[]
  /** Key of the chunk, or of its shard, inside the array's folder. */
  key: string
  nbytesStored: number
}

/** Missing chunks that are listed at most: grids have no bound. */
const MAX_MISSING = 10_000_000

/** The stored chunks of an array, in C order of the grid. */
export class ChunkList {
  readonly length: number
  readonly #array: ZarrArray
  readonly #coords: Float64Array
  readonly #sizes: Float64Array
  readonly #order: Uint32Array

  constructor(array: ZarrArray, coords: Float64Array, sizes: Float64Array) {
    const rank = array.shape.length
    this.length = sizes.length
    this.#array = array
    this.#coords = coords
    this.#sizes = sizes
    this.#order = Uint32Array.from(sizes, (_, i) => i).sort((a, b) => {
      for (let k = 0; k < rank; k++) {
        const difference = coords[a * rank + k]! - coords[b * rank + k]!
        if (difference !== 0) return difference
      }
      return 0
    })
  }

  /** Chunks of the grid, stored or not. */
  get nchunks(): bigint {
    return this.#array.layout.nchunks
  }

  *stored(): Generator<ChunkRow> {
    for (const i of this.#order) {
      const coords = this.#at(i)
      yield { coords, key: keyOf(this.#array, coords), nbytesStored: this.#sizes[i]! }
    }
  }

  /** Chunks of the grid that are not stored. Throws LimitError for grids of more than ten million chunks. */
  *missing(): Generator<Omit<ChunkRow, 'nbytesStored'>> {
    if (this.nchunks > MAX_MISSING)
      throw new LimitError('The number of chunks to look through', this.nchunks, MAX_MISSING)
    const { gridShape } = this.#array.layout
    const coords = gridShape.map(() => 0)
    let next = 0
    for (let number = 0n; number < this.nchunks; number++) {
      const stored = next < this.length ? this.#at(this.#order[next]!) : undefined
      if (stored?.every((c, k) => c === coords[k])) next++
      else yield { coords: [...coords], key: keyOf(this.#array, coords) }
      for (let k = coords.length - 1; k >= 0 && ++coords[k]! === gridShape[k]; k--) coords[k] = 0
    }
  }

  #at(row: number): number[] {
    const rank = this.#array.shape.length
    return Array.from(this.#coords.subarray(row * rank, (row + 1) * rank))
  }
}

/**
 * Lists the stored chunks of an array, inner chunks from the indexes of their shards. Memory grows with the number of
 * stored chunks only. Throws IoError for folders that cannot be read, ChunkCorruptError for a shard whose index cannot
 * be read, AbortedError.
 */
export async function listChunks(array: ZarrArray, options: ListFolderOptions = {}): Promise<ChunkList> {
  const layout = ShardLayout.of(array)
  const shards = layout && new StoredShards(layout)
  const coords: number[] = []
  const sizes: number[] = []
  const add = (at: Float64Array, size: number): void => {
    for (const c of at) coords.push(c)
    sizes.push(size)
  }
  await listFolder(
    array,
    {
      chunk: (at, size, modified) => (shards ? shards.add(at, size, modified) : add(at, size)),
      other: () => undefined,
    },
    options,
  )
  await shards?.readAll((shard, index) => {
    if (index instanceof ZarrscopeError)
      throw new ChunkCorruptError(array.chunkKey(shard), 'its index cannot be read')
    shards.layout.eachStored(shard, index, add)
  }, options.signal)
  return new ChunkList(array, Float64Array.from(coords), Float64Array.from(sizes))
}

/** Key of a chunk of the grid that people see: its own, or that of the shard it lies in. */
function keyOf(array: ZarrArray, coords: readonly number[]): string {
  const { metadata, layout, grid } = array
  const { chunks, shards } = layout
  const inShard = (shards !== null || metadata.grid.kind === 'rectilinear') && chunks !== null
  const stored = inShard ? coords.map((c, k) => grid.axes[k]!.chunkAt(c * chunks[k]!)) : coords
  return chunkKey(metadata.keyEncoding, stored)
}
