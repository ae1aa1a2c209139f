import { ReadOnlyError } from '@shared/errors'
import {
  isWritable,
  type ByteRange,
  type GetOptions,
  type Listing,
  type ListableStore,
  type Located,
  type WritableStore,
} from './store'

/** One request to a store. */
export interface StoreAccess {
  operation: 'get' | 'size' | 'stamp' | 'locate' | 'list' | 'scan' | 'set' | 'delete' | 'deletePrefix'
  /** A key, or the prefix of a listing. */
  key: string
  range?: ByteRange
}

/** A store in front of another: subclasses meet each request first, and may fail it. */
export abstract class WrappedStore implements WritableStore {
  readonly kind: ListableStore['kind']
  readonly className: string
  readonly path?: string
  readonly readOnly: boolean
  protected readonly inner: ListableStore

  constructor(inner: ListableStore) {
    this.inner = inner
    this.kind = inner.kind
    this.className = inner.className
    this.readOnly = !isWritable(inner)
    if (inner.path !== undefined) this.path = inner.path
  }

  async get(key: string, options?: GetOptions): Promise<Uint8Array | undefined> {
    const range = options?.range
    this.meet({ operation: 'get', key, ...(range ? { range } : {}) })
    return this.inner.get(key, options)
  }

  async size(key: string, options?: { signal?: AbortSignal }): Promise<number | undefined> {
    this.meet({ operation: 'size', key })
    return this.inner.size(key, options)
  }

  async stamp(key: string): Promise<string | undefined> {
    this.meet({ operation: 'stamp', key })
    return this.inner.stamp(key)
  }

  locate(key: string): Located | undefined {
    this.meet({ operation: 'locate', key })
    return this.inner.locate(key)
  }

  async list(prefix: string, options?: { signal?: AbortSignal }): Promise<Listing> {
    this.meet({ operation: 'list', key: prefix })
    return this.inner.list(prefix, options)
  }

  async *scan(
    prefix: string,
    options?: { signal?: AbortSignal },
  ): AsyncGenerator<{ key: string; size: number }[]> {
    this.meet({ operation: 'scan', key: prefix })
    yield* this.inner.scan(prefix, options)
  }

  async set(key: string, value: Uint8Array, options?: { signal?: AbortSignal }): Promise<void> {
    const inner = this.writable()
    this.meet({ operation: 'set', key })
    await inner.set(key, value, options)
  }

  async delete(key: string): Promise<void> {
    const inner = this.writable()
    this.meet({ operation: 'delete', key })
    await inner.delete(key)
  }

  async deletePrefix(prefix: string): Promise<void> {
    const inner = this.writable()
    this.meet({ operation: 'deletePrefix', key: prefix })
    await inner.deletePrefix(prefix)
  }

  async close(): Promise<void> {
    await this.inner.close()
  }

  /** Meets each request before the inner store does; throws to fail it. */
  protected abstract meet(access: StoreAccess): void

  private writable(): WritableStore {
    if (isWritable(this.inner)) return this.inner
    throw new ReadOnlyError('This store was opened for reading only; nothing was changed.')
  }
}
