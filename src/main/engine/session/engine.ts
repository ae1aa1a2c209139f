import { ChunkCache } from '../cache/chunk-cache'
import type { CodecExecutor } from '../pool/executor'
import { WorkerPool } from '../pool/worker-pool'
import { SharedStores } from './shared-stores'

/** What everything in this process shares: the codec workers and the chunk cache. Never one per session. */
export interface Engine {
  readonly executor: CodecExecutor
  readonly cache: ChunkCache
  /** Stores that are open for editing. */
  readonly stores: SharedStores
  /** Ends the workers; nothing can be read afterwards. */
  close(): Promise<void>
}

export interface EngineOptions {
  /** Codec workers; one per core when absent. They start with the first chunk. */
  workers?: number
  /** Bytes of decoded chunks kept at most; 256 MiB when absent. */
  cacheBytes?: number
  /** Where staged edits are kept until they are saved; without it they end with the process. */
  stateFolder?: string | undefined
  /** In place of worker threads. */
  executor?: CodecExecutor
}

export function createEngine(options: EngineOptions = {}): Engine {
  const { workers, cacheBytes } = options
  const executor = options.executor ?? new WorkerPool(workers === undefined ? {} : { workers })
  const stores = new SharedStores(executor, options.stateFolder)
  return {
    executor,
    cache: new ChunkCache(cacheBytes),
    stores,
    close: async () => {
      await stores.close()
      await executor.close()
    },
  }
}
