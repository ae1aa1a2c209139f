import { ZarrscopeError, isAborted } from '@shared/errors'
import type { ShardIndex } from '../codecs/codec-pipeline'
import { ChunkEntries } from './chunk-entries'
import type { ShardLayout } from './shard-layout'

/** Shard indexes read at a time. */
const AT_ONCE = 16

/** The shards that a listing found, kept as plain numbers until their indexes are read. */
export class StoredShards {
  readonly layout: ShardLayout
  readonly entries: ChunkEntries

  constructor(layout: ShardLayout) {
    this.layout = layout
    this.entries = new ChunkEntries(layout.innerShape.length)
  }

  add(coords: Float64Array, size: number, modified: number): void {
    this.entries.append(coords, size, modified)
  }

  /**
   * Reads every index, several at a time, and hands it over with its shard's coordinates and time; in place of one that
   * cannot be read, which does not stop the others, its error.
   */
  async readAll(
    take: (shard: number[], index: ShardIndex | ZarrscopeError, modified: number) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let next = 0
    const work = async (): Promise<void> => {
      while (next < this.entries.count) {
        const at = next++
        const shard = this.entries.coordsOf(at)
        const index = await this.read(shard, signal)
        take(shard, index, this.entries.modifiedOf(at))
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, this.entries.count) }, work))
  }

  private async read(shard: number[], signal: AbortSignal | undefined): Promise<ShardIndex | ZarrscopeError> {
    try {
      // A shard that was deleted since it was listed has no chunks.
      return (await this.layout.index(shard, signal)) ?? EMPTY
    } catch (thrown) {
      if (thrown instanceof ZarrscopeError && !isAborted(thrown)) return thrown
      throw thrown
    }
  }
}

const EMPTY: ShardIndex = { offsets: new Float64Array(), lengths: new Float64Array() }
