import type { ByteSource, ShardIndex, Sharding } from '../codecs/codec-pipeline'

/** Bytes of shard indexes that one thread keeps. */
const CAPACITY = 32 * 2 ** 20

/** The shard indexes that a thread has read and checked, least recently used ones dropped first. */
export class ShardIndexes {
  private readonly kept = new Map<string, ShardIndex>()
  private bytes = 0

  /** The index of the shard in `source`; `identity` names the shard and changes when its bytes do. */
  get(identity: string, sharding: Sharding, source: ByteSource): ShardIndex {
    let index = this.kept.get(identity)
    if (index) this.kept.delete(identity)
    else {
      index = sharding.index(source)
      this.bytes += sizeOf(index)
    }
    this.kept.set(identity, index)
    for (const [oldest, old] of this.kept) {
      if (this.bytes <= CAPACITY || oldest === identity) break
      this.kept.delete(oldest)
      this.bytes -= sizeOf(old)
    }
    return index
  }
}

const sizeOf = (index: ShardIndex): number => index.offsets.byteLength + index.lengths.byteLength
