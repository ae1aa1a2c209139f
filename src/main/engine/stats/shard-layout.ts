import { ChunkCorruptError } from '@shared/errors'
import type { JsonValue } from '@shared/json/value'
import { chunkShape, type ChunkGrid } from '../chunks/grid'
import type { ByteSource, ShardIndex, Sharding } from '../codecs/codec-pipeline'
import { bindPipeline } from '../codecs/pipeline'
import type { CodecSpec } from '../codecs/pipeline-spec'
import { shardLevels } from '../metadata/shard-levels'
import type { ZarrArray } from '../nodes/array'

/** How the shards of an array are cut into inner chunks, of the first level where sharding is nested. */
export class ShardLayout {
  readonly innerShape: readonly number[]
  private readonly array: ZarrArray
  private readonly grid: ChunkGrid
  /** Inner chunks of the array per dimension. */
  private readonly gridShape: readonly number[]
  private readonly bound = new Map<string, Sharding>()

  private constructor(array: ZarrArray, innerShape: readonly number[]) {
    this.array = array
    this.grid = array.grid
    this.gridShape = array.layout.gridShape
    this.innerShape = innerShape
  }

  /** Undefined where the stored chunks are no shards. */
  static of(array: ZarrArray): ShardLayout | undefined {
    const [inner] = shardLevels(array.metadata)
    return inner?.length === array.shape.length ? new ShardLayout(array, inner) : undefined
  }

  /** Inner chunks of a shard per dimension; null where shards differ. */
  get chunksPerShard(): number[] | null {
    const { grid } = this.array.metadata
    return grid.kind === 'regular' ? grid.shape.map((length, k) => length / this.innerShape[k]!) : null
  }

  /**
   * Reads and checks the index of a stored shard; undefined where it has gone meanwhile.
   * Throws ChunkCorruptError, IoError, and UnsupportedError where the index itself is encoded in an unknown way.
   */
  async index(coords: readonly number[], signal?: AbortSignal): Promise<ShardIndex | undefined> {
    const key = this.array.chunkKey(coords)
    const { store } = this.array
    const size = await store.size(key, signal ? { signal } : {})
    if (size === undefined) return undefined
    const source = new FetchedParts(size)
    const sharding = this.sharding(chunkShape(this.grid, coords))
    for (;;) {
      try {
        return sharding.index(source)
      } catch (thrown) {
        if (!(thrown instanceof PartNeeded)) throw thrown
        const { offset, length } = thrown
        const bytes = await store.get(key, { range: { offset, length }, ...(signal ? { signal } : {}) })
        if (bytes?.length !== length) throw new ChunkCorruptError(key, 'it became shorter while it was read')
        source.add(offset, bytes)
      }
    }
  }

  /** Calls `visit` with coordinates and stored bytes of each inner chunk that is stored and lies inside the array. */
  eachStored(
    shard: readonly number[],
    { offsets, lengths }: ShardIndex,
    visit: (coords: Float64Array, size: number) => void,
  ): void {
    const first = shard.map((c, k) => this.grid.axes[k]!.start(c) / this.innerShape[k]!)
    const counts = shard.map((c, k) => this.grid.axes[k]!.size(c) / this.innerShape[k]!)
    const coords = Float64Array.from(first)
    for (let entry = 0; entry < offsets.length; entry++) {
      if (offsets[entry]! >= 0 && coords.every((c, k) => c < this.gridShape[k]!))
        visit(coords, lengths[entry]!)
      for (let k = coords.length - 1; k >= 0 && ++coords[k]! === first[k]! + counts[k]!; k--)
        coords[k] = first[k]!
    }
  }

  /**
   * The index is the same whatever the inner chunks are made of, so it is read with plain bytes in their place: chunks
   * of unknown data types and codecs are counted all the same.
   */
  private sharding(shape: number[]): Sharding {
    const name = shape.join()
    const known = this.bound.get(name)
    if (known) return known
    const [codec] = this.array.metadata.codecs
    const plain: JsonValue = [new Map<string, JsonValue>([['name', 'bytes']])]
    const stripped: CodecSpec = {
      name: codec!.name,
      configuration: new Map(codec!.configuration).set('codecs', plain),
    }
    const { sharding } = bindPipeline({
      dtype: { kind: 'uint', bits: 8 },
      shape,
      fill: null,
      codecs: [stripped],
    })
    if (!sharding) throw new TypeError('a sharding codec was bound without its shards')
    this.bound.set(name, sharding)
    return sharding
  }
}

/** The codecs read synchronously, stores do not: what is missing is asked for, and the codec begins again. */
class FetchedParts implements ByteSource {
  readonly size: number
  private readonly parts: { offset: number; bytes: Uint8Array }[] = []

  constructor(size: number) {
    this.size = size
  }

  add(offset: number, bytes: Uint8Array): void {
    this.parts.push({ offset, bytes })
  }

  read(offset: number, length: number): Uint8Array {
    for (const part of this.parts) {
      const start = offset - part.offset
      if (start >= 0 && start + length <= part.bytes.length) return part.bytes.subarray(start, start + length)
    }
    throw new PartNeeded(offset, length)
  }
}

class PartNeeded extends Error {
  readonly offset: number
  readonly length: number
  constructor(offset: number, length: number) {
    super('a part is needed')
    this.offset = offset
    this.length = length
  }
}
