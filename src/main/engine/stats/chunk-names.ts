import { product } from '@shared/selection/counts'
import type { NameGrid } from '../files/stat-names'
import { chunkKey } from '../chunks/keys'
import type { ZarrArray } from '../nodes/array'
import { parseChunkName, type ChunkNaming } from '../stores/chunk-naming'

/** Tells the chunks of an array (its shards, where sharded) from other names in its folder. */
export class ChunkNames {
  readonly rank: number
  readonly gridShape: readonly number[]
  /** Chunks of the grid; no longer exact beyond 2^53. */
  readonly count: number
  readonly naming: ChunkNaming

  constructor({ metadata, grid }: Pick<ZarrArray, 'metadata' | 'grid'>) {
    this.rank = grid.gridShape.length
    this.gridShape = grid.gridShape
    this.count = product(grid.gridShape)
    this.naming = { encoding: metadata.keyEncoding, gridShape: this.gridShape }
  }

  /** Writes the coordinates of a chunk inside the grid to `coords`; false for every other name. */
  parse(name: string, coords: Float64Array): boolean {
    return parseChunkName(this.naming, name, coords)
  }

  /** The names of a run of chunks in C order; not for arrays without dimensions. */
  run(from: number, to: number): NameGrid {
    const { name, separator } = this.naming.encoding
    return {
      prefix: name === 'default' ? `c${separator}` : '',
      separator,
      shape: [...this.gridShape],
      from,
      to,
    }
  }

  nameOf(coords: Float64Array): string {
    return chunkKey(this.naming.encoding, coords)
  }

  /** Number in C order of the chunk whose coordinates begin at `at`. */
  numberOf(coords: Float64Array, at = 0): number {
    let number = 0
    for (let k = 0; k < this.rank; k++) number = number * this.gridShape[k]! + coords[at + k]!
    return number
  }

  /** Writes the coordinates of chunk number `number` to `coords`. */
  unravel(number: number, coords: Float64Array): void {
    for (let k = this.rank - 1; k >= 0; k--) {
      coords[k] = number % this.gridShape[k]!
      number = Math.floor(number / this.gridShape[k]!)
    }
  }
}
