import { setMaxListeners } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { AbortedError } from '@shared/errors'
import type { TaskResult } from '../pool/operations'

/** A decoded chunk: canonical items in C order over its full shape, on memory of its own that nothing recycles. */
export interface CachedChunk {
  data: Uint8Array
  /** Variable-length items: item i is data[offsets[i]..offsets[i + 1]]. */
  offsets?: Uint32Array
  /** `Store.stamp` of its key from before it was read; whoever uses the chunk checks that it still holds. */
  stamp: string
}

/** What decoding a chunk came to: the chunk, or why there is none. */
export interface LoadedChunk {
  chunk?: CachedChunk
  outcome: Pick<TaskResult, 'state' | 'error'>
}

/** Names a chunk: the store object, its key in there, the layout that decoded it, and the place inside a shard. */
export interface ChunkId {
  store: object
  key: string
  layout: number
  inner?: readonly number[]
}

interface Entry {
  chunk: CachedChunk
  bytes: number
}

/** A decode at work and who waits for it. */
interface Loading {
  result: Promise<LoadedChunk>
  waiting: number
  abort: AbortController
}

/** Chunks of which it is remembered what reading them in part has cost. */
const REMEMBERED = 4096
/** Chunks that may wait to be decoded ahead; more are not begun. */
const MAX_AHEAD = 64

/**
 * Decoded chunks on the calling side, bounded in bytes; the least recently used go first. Readers that want the same
 * chunk at the same time share one decode. One cache serves the whole process.
 */
export class ChunkCache {
  /** Bytes kept at most. */
  readonly capacity: number
  private readonly entries = new Map<string, Entry>()
  private readonly loading = new Map<string, Loading>()
  private readonly spent = new Map<string, number>()
  private readonly stores = new WeakMap<object, number>()
  private readonly ahead = new Map<string, () => Promise<unknown>>()
  private isLoadingAhead = false
  private lastStore = 0
  private kept = 0

  constructor(capacity = 256 * 2 ** 20) {
    this.capacity = capacity
  }

  /** Bytes kept now. */
  get bytes(): number {
    return this.kept
  }

  /**
   * The chunk, if it is kept with the stamp that its key has now; one with another stamp is forgotten. `stampNow` is
   * asked only where the chunk is kept.
   */
  get(id: ChunkId, stampNow: () => string | null | undefined): CachedChunk | undefined {
    const name = this.nameOf(id)
    const entry = this.entries.get(name)
    if (!entry) return undefined
    const stamp = stampNow()
    if (stamp === undefined) return undefined
    this.entries.delete(name)
    if (entry.chunk.stamp !== stamp) {
      this.kept -= entry.bytes
      return undefined
    }
    this.entries.set(name, entry)
    return entry.chunk
  }

  has(id: ChunkId): boolean {
    return this.entries.has(this.nameOf(id))
  }

  /**
   * What `decode` gives; a stored chunk is kept if it fits. Callers that come while it is at work get the same, and it
   * is aborted when the last of them gives up.
   */
  load(
    id: ChunkId,
    decode: (signal: AbortSignal) => Promise<LoadedChunk>,
    signal?: AbortSignal,
  ): Promise<LoadedChunk> {
    const name = this.nameOf(id)
    const loading = this.loading.get(name) ?? this.begin(name, decode)
    loading.waiting++
    if (!signal) return loading.result
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        loading.waiting--
        if (loading.waiting === 0) {
          this.forget(name, loading)
          loading.abort.abort()
        }
        reject(new AbortedError())
      }
      if (signal.aborted) return giveUp()
      // Hundreds of chunks may be waited for with one signal, which is no leak.
      setMaxListeners(0, signal)
      signal.addEventListener('abort', giveUp, { once: true })
      loading.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
    })
  }

  /** Decodes a chunk that nobody waits for, one such chunk at a time, unless too many wait for their turn. */
  loadAhead(id: ChunkId, decode: (signal: AbortSignal) => Promise<LoadedChunk>): void {
    const name = this.nameOf(id)
    if (this.loading.has(name) || this.ahead.size >= MAX_AHEAD) return
    this.ahead.set(name, () => this.load(id, decode))
    if (!this.isLoadingAhead) void this.loadWaiting()
  }

  private async loadWaiting(): Promise<void> {
    this.isLoadingAhead = true
    for (const [name, load] of this.ahead) {
      // Handing work to a thread takes time, too: whoever is being answered now comes first.
      await turn()
      if (!this.ahead.delete(name)) continue
      // Whoever wants the chunk reads it then, and is told what is wrong with it.
      await load().catch(() => undefined)
    }
    this.isLoadingAhead = false
  }

  /**
   * Takes note that some of this chunk was read directly, at `cost` parts of what decoding it whole takes. True once
   * reading it directly has cost as much as keeping it: then it is worth decoding whole, and the count starts again.
   */
  isWorthKeeping(id: ChunkId, cost: number): boolean {
    const name = this.nameOf(id)
    const before = this.spent.get(name) ?? 0
    this.spent.delete(name)
    if (before >= 1) return true
    this.spent.set(name, before + cost)
    if (this.spent.size > REMEMBERED)
      for (const oldest of this.spent.keys()) return !this.spent.delete(oldest)
    return false
  }

  /** Forgets every chunk whose key starts with `prefix`, after an edit or a reload. */
  drop(store: object, prefix: string): void {
    const start = `${this.storeNumber(store)} ${prefix}`
    for (const [name, entry] of this.entries) {
      if (!name.startsWith(start)) continue
      this.entries.delete(name)
      this.kept -= entry.bytes
    }
    for (const waiting of [this.loading, this.ahead]) {
      for (const name of waiting.keys()) if (name.startsWith(start)) waiting.delete(name)
    }
  }

  clear(): void {
    this.entries.clear()
    this.loading.clear()
    this.ahead.clear()
    this.spent.clear()
    this.kept = 0
  }

  private begin(name: string, decode: (signal: AbortSignal) => Promise<LoadedChunk>): Loading {
    const abort = new AbortController()
    const result = decode(abort.signal)
      .then((loaded) => {
        if (loaded.chunk && this.loading.get(name) === loading) this.put(name, loaded.chunk)
        return loaded
      })
      .finally(() => this.forget(name, loading))
    const loading: Loading = { result, waiting: 0, abort }
    this.loading.set(name, loading)
    return loading
  }

  private forget(name: string, loading: Loading): void {
    if (this.loading.get(name) === loading) this.loading.delete(name)
  }

  private put(id: string, chunk: CachedChunk): void {
    const bytes = chunk.data.byteLength + (chunk.offsets?.byteLength ?? 0)
    if (bytes > this.capacity) return
    const before = this.entries.get(id)
    if (before) this.kept -= before.bytes
    this.entries.delete(id)
    this.entries.set(id, { chunk, bytes })
    this.kept += bytes
    for (const [oldest, entry] of this.entries) {
      if (this.kept <= this.capacity) break
      this.entries.delete(oldest)
      this.kept -= entry.bytes
    }
  }

  private nameOf({ store, key, layout, inner }: ChunkId): string {
    return `${this.storeNumber(store)} ${key}\n${layout}${inner ? `\n${inner.join('/')}` : ''}`
  }

  private storeNumber(store: object): number {
    let number = this.stores.get(store)
    if (number === undefined) this.stores.set(store, (number = ++this.lastStore))
    return number
  }
}
