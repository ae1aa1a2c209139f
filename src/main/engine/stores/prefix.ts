import type { ChunkBatch, ChunkNaming } from './chunk-naming'
import { checkKey, checkPrefix, joinKey } from './key'
import type { ListableStore } from './store'
import { WrappedStore, type StoreAccess } from './wrapped'

const OF_PREFIXES = new Set<StoreAccess['operation']>(['list', 'scan', 'deletePrefix'])

/** The part of a store below a path, as a store of its own. Closing it closes the whole store. */
export class PrefixStore extends WrappedStore {
  readonly prefix: string

  constructor(inner: ListableStore, prefix: string) {
    super(inner)
    checkPrefix(prefix)
    this.prefix = prefix
  }

  override async *scan(
    prefix: string,
    options?: { signal?: AbortSignal },
  ): AsyncGenerator<{ key: string; size: number }[]> {
    const skip = this.prefix === '' ? 0 : this.prefix.length + 1
    for await (const batch of super.scan(prefix, options))
      yield batch.map(({ key, size }) => ({ key: key.slice(skip), size }))
  }

  scanChunks(
    prefix: string,
    naming: ChunkNaming,
    options?: { signal?: AbortSignal },
  ): AsyncIterable<ChunkBatch> | undefined {
    return this.inner.scanChunks?.(this.key({ operation: 'scan', key: prefix }), naming, options)
  }

  protected override key({ operation, key }: StoreAccess): string {
    if (OF_PREFIXES.has(operation)) checkPrefix(key)
    else checkKey(key)
    return joinKey(this.prefix, key)
  }
}
