import { setImmediate as breathe } from 'node:timers/promises'
import { AbortedError, ZarrscopeError } from '@shared/errors'
import type { FolderStamp } from '../files/scan-directory'
import type { ZarrArray } from '../nodes/array'
import { ChunkEntries } from './chunk-entries'
import { listFolder } from './list-folder'
import { ShardLayout } from './shard-layout'
import { StoredShards } from './stored-shards'
import type { Survey } from './survey'

/** Chunks that are kept for those who come later; of larger arrays only what is still to be taken is kept. */
export const KEPT_CHUNKS = 4_000_000
/** How long those who follow may hold up the calling thread at a time. */
const SLICE_MS = 8
const SLICE_CHUNKS = 4096

/** Who takes the chunks of a scan: in the order they are found, each once. */
export interface Follower {
  /** Entries `from` to `to` (not included) of `chunks` are there. */
  take(from: number, to: number): void
  /** Called after each batch. */
  onBatch?: () => void
  signal?: AbortSignal | undefined
}

/**
 * One look at what an array stores, from names, sizes and shard indexes alone, shared by everybody who wants to know:
 * each follows it from the beginning, at their own pace. It ends early when nobody follows any more.
 */
export class ArrayScan {
  readonly startedAt = Date.now()
  /** The stored values: chunks, or shards where there are any. */
  readonly stored: ChunkEntries
  /** The stored chunks of the grid that people see: inner chunks, with shards. */
  readonly chunks: ChunkEntries
  readonly others = { files: 0, bytes: 0 }
  /** Shards whose index cannot be read; none of their chunks is known. */
  readonly unreadable: { coords: number[]; why: string }[] = []
  /** The folders of the array as they were before they were read. */
  folders: FolderStamp[] | undefined
  isDone = false
  /** What decoding has found about `chunks`, if anybody has asked. */
  survey: Survey | undefined
  /** Findings of an earlier scan that still hold have been taken over. */
  surveyed: Promise<void> = Promise.resolve()
  /** Milliseconds that it took. */
  took = 0
  /** Never rejects: those who follow are told what went wrong. */
  readonly ended: Promise<void>
  private failure: { thrown: unknown } | undefined
  private readonly array: ZarrArray
  private readonly shards: StoredShards | undefined
  private readonly followers = new Map<Follower, number>()
  private readonly stopping = new AbortController()
  private waiting: (() => void)[] = []

  constructor(array: ZarrArray) {
    this.array = array
    const layout = ShardLayout.of(array)
    this.shards = layout && new StoredShards(layout)
    this.chunks = new ChunkEntries(array.shape.length)
    this.stored = this.shards?.entries ?? this.chunks
    this.ended = this.run()
  }

  /** Somebody who comes now finds everything from the beginning. */
  get isComplete(): boolean {
    return this.chunks.count <= KEPT_CHUNKS && !this.stopping.signal.aborted && !this.failure
  }

  /** Gives every chunk to the follower; resolves at the end. Throws what the scan met, AbortedError. */
  async follow(follower: Follower): Promise<void> {
    const { signal } = follower
    this.followers.set(follower, 0)
    const wake = (): void => this.wake()
    signal?.addEventListener('abort', wake, { once: true })
    try {
      while (!(await this.catchUp(follower))) await this.news()
      if (this.failure) throw this.failure.thrown
    } finally {
      signal?.removeEventListener('abort', wake)
      this.followers.delete(follower)
      if (this.followers.size === 0 && !this.isDone) this.stopping.abort()
    }
  }

  /** Gives what is there; true at the end. */
  private async catchUp(follower: Follower): Promise<boolean> {
    let until = performance.now() + SLICE_MS
    for (;;) {
      if (follower.signal?.aborted) throw new AbortedError()
      const from = this.followers.get(follower)!
      const to = Math.min(this.chunks.count, from + SLICE_CHUNKS)
      if (from === to) return this.isDone
      follower.take(from, to)
      this.followers.set(follower, to)
      follower.onBatch?.()
      if (performance.now() < until) continue
      await breathe()
      until = performance.now() + SLICE_MS
    }
  }

  private async run(): Promise<void> {
    const began = performance.now()
    const { signal } = this.stopping
    try {
      const { entries } = this.shards ?? { entries: this.chunks }
      const sink = {
        chunk: (coords: Float64Array, size: number, modified: number) =>
          entries.append(coords, size, modified),
        other: (size: number) => {
          this.others.files++
          this.others.bytes += size
        },
      }
      this.folders = await listFolder(this.array, sink, { signal, onBatch: () => this.wake() })
      await this.readShards(signal)
    } catch (thrown) {
      this.failure = { thrown }
    }
    this.took = performance.now() - began
    this.isDone = true
    this.wake()
  }

  private async readShards(signal: AbortSignal): Promise<void> {
    const { shards } = this
    await shards?.readAll((shard, index, modified) => {
      if (index instanceof ZarrscopeError) this.unreadable.push({ coords: shard, why: index.message })
      else
        shards.layout.eachStored(shard, index, (coords, size) => this.chunks.append(coords, size, modified))
      this.wake()
    }, signal)
  }

  private news(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  private wake(): void {
    if (!this.isComplete && this.chunks.count > KEPT_CHUNKS)
      this.chunks.forget(Math.min(...this.followers.values()))
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}
