import { ZarrscopeError, isAborted } from '@shared/errors'
import type { ShardIndex } from '../codecs/codec-pipeline'
import type { ShardLayout } from './shard-layout'

/** Shard indexes read at a time. */
const AT_ONCE = 16

/** The shards that a listing found, kept as plain numbers until their indexes are read. */
export class StoredShards {
  readonly layout: ShardLayout
  private readonly rank: number
  private coords: Float64Array
  private count = 0

  constructor(layout: ShardLayout) {
    this.layout = layout
    this.rank = layout.innerShape.length
    this.coords = new Float64Array(64 * Math.max(1, this.rank))
  }

  add(coords: Float64Array): void {
    const at = this.count++ * this.rank
    if (at + this.rank > this.coords.length) {
      const grown = new Float64Array(this.coords.length * 2)
      grown.set(this.coords)
      this.coords = grown
    }
    this.coords.set(coords, at)
  }

  /**
   * Reads every index, several at a time, and hands it over with its shard's coordinates; undefined for one that cannot
   * be read, which does not stop the others.
   */
  async readAll(
    take: (shard: number[], index: ShardIndex | undefined) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let next = 0
    const work = async (): Promise<void> => {
      while (next < this.count) {
        const at = next++ * this.rank
        const shard = Array.from(this.coords.subarray(at, at + this.rank))
        take(shard, await this.read(shard, signal))
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, this.count) }, work))
  }

  private async read(shard: number[], signal: AbortSignal | undefined): Promise<ShardIndex | undefined> {
    try {
      // A shard that was deleted since it was listed has no chunks.
      return (await this.layout.index(shard, signal)) ?? EMPTY
    } catch (thrown) {
      if (thrown instanceof ZarrscopeError && !isAborted(thrown)) return undefined
      throw thrown
    }
  }
}

const EMPTY: ShardIndex = { offsets: new Float64Array(), lengths: new Float64Array() }
