import type { Selection } from '@shared/selection/selection'
import type { ChunkProjection } from '../chunks/projection'
import type { CodecExecutor } from '../pool/executor'
import type { Located, Store } from '../stores/store'
import type { ChunkPlace, ChunkPlaces } from './chunk-places'
import type { ReadOptions, ReadSource } from './read-types'

/** One call of `readSelection`, worked out. */
export interface ChunkRequest {
  source: ReadSource
  chunks: ChunkPlaces
  selection: Selection
  executor: CodecExecutor
  options: ReadOptions
}

/** A chunk that a selection touches, and where it is stored. */
export interface WantedChunk extends ChunkPlace {
  projection: ChunkProjection
  key: string
}

/** Where the bytes of a key lie; they are fetched here where the store cannot say. */
export async function locate(
  store: Pick<Store, 'locate' | 'get'>,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Located> {
  const located = store.locate(key)
  if (located) return located
  const bytes = await store.get(key, signal ? { signal } : {})
  return bytes ? { kind: 'bytes', bytes } : { kind: 'missing' }
}
