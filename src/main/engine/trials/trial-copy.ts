import type { ZarrArray } from '../nodes/array'
import { derivedOptions } from '../nodes/copying/derived-options'
import { createArray } from '../nodes/creation/create-node'
import { openNode } from '../nodes/open'
import { ShardLayout } from '../stats/shard-layout'
import { LoggingStore } from '../stores/logging'
import { MemoryStore } from '../stores/memory'
import { parseChain } from './chain-text'
import type { Layout } from './layouts'

/** What one read took from the copy. */
export interface ReadCost {
  /** Chunks (inner chunks, with shards). */
  touched: number
  files: number
  /** Stored bytes of these chunks, and of the shard indexes that name them. */
  bytes: number
}

/** An array in a store of its own in memory, which nothing else can see. */
export class TrialCopy {
  readonly array: ZarrArray
  readonly #log: LoggingStore
  readonly #memory: MemoryStore
  readonly #documentBytes: number
  readonly #sizes = new Map<string, Map<string, number>>()

  private constructor(array: ZarrArray, log: LoggingStore, memory: MemoryStore, documentBytes: number) {
    this.array = array
    this.#log = log
    this.#memory = memory
    this.#documentBytes = documentBytes
  }

  /** Like `source`, but of another shape and layout, and with the codecs of a candidate. Throws UsageError. */
  static async create(
    source: ZarrArray,
    { chunks, shards }: Layout,
    shape: readonly number[],
    codec: string | undefined,
  ): Promise<TrialCopy> {
    const { zarrFormat, order } = source.metadata
    const memory = new MemoryStore()
    const context = { executor: source.context.executor }
    const codecs = codec === undefined ? {} : parseChain(codec, order)
    const asked = { chunks, shards, attributes: new Map(), ...codecs }
    await createArray(memory, '', { ...derivedOptions(source, asked, zarrFormat), shape }, context)
    const { bytes } = await sizesOf(memory)
    const log = new LoggingStore(memory)
    const node = await openNode(log, '', context)
    if (node.kind !== 'array') throw new TypeError('an array was made')
    return new TrialCopy(node, log, memory, bytes)
  }

  /** What its chunks take, documents left out. */
  async stored(): Promise<{ storedBytes: number; files: number }> {
    const { bytes, files } = await sizesOf(this.#memory)
    return { storedBytes: bytes - this.#documentBytes, files: files - 1 }
  }

  /** Runs a read and counts what it asked of the store. */
  async count(read: () => ReturnType<ZarrArray['readAll']>): Promise<ReadCost> {
    this.#log.clear()
    const { parts } = await read()
    const chunks = new Map(parts.map(({ coords, key }) => [coords.join(), key]))
    const keys = this.#log.keysRead
    const cost: ReadCost = { touched: chunks.size, files: keys.length, bytes: 0 }
    const shards = ShardLayout.of(this.array)
    for (const key of keys) cost.bytes += shards ? await this.#indexBytes(key, parts) : await this.#size(key)
    if (shards)
      for (const [coords, key] of chunks) cost.bytes += (await this.#inner(key, parts)).get(coords) ?? 0
    return cost
  }

  async #size(key: string): Promise<number> {
    return (await this.#memory.size(key)) ?? 0
  }

  /** What of a shard is no inner chunk. */
  async #indexBytes(key: string, parts: readonly Part[]): Promise<number> {
    const sizes = await this.#inner(key, parts)
    return [...sizes.values()].reduce((rest, size) => rest - size, await this.#size(key))
  }

  /** Stored bytes of the inner chunks of a shard, by their coordinates. */
  async #inner(key: string, parts: readonly Part[]): Promise<Map<string, number>> {
    const known = this.#sizes.get(key)
    if (known) return known
    const sizes = new Map<string, number>()
    const shards = ShardLayout.of(this.array)
    const inner = parts.find((part) => part.key === key)?.coords
    if (shards && inner) {
      const { grid } = this.array
      const shard = inner.map((c, k) => grid.axes[k]!.chunkAt(c * shards.innerShape[k]!))
      const index = await shards.index(shard)
      if (index) shards.eachStored(shard, index, (coords, size) => sizes.set(coords.join(), size))
    }
    this.#sizes.set(key, sizes)
    return sizes
  }
}

type Part = Awaited<ReturnType<ZarrArray['readAll']>>['parts'][number]

async function sizesOf(store: MemoryStore): Promise<{ bytes: number; files: number }> {
  const sum = { bytes: 0, files: 0 }
  for await (const batch of store.scan(''))
    for (const { size } of batch) {
      sum.bytes += size
      sum.files++
    }
  return sum
}
