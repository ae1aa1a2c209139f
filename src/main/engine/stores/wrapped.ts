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

/** A store in front of another: subclasses see each request first, and may change its key or fail it. */
export class WrappedStore implements WritableStore {
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
    return this.inner.get(this.key({ operation: 'get', key, ...(range ? { range } : {}) }), options)
  }

  async size(key: string, options?: { signal?: AbortSignal }): Promise<number | undefined> {
    return this.inner.size(this.key({ operation: 'size', key }), options)
  }

  async stamp(key: string): Promise<string | undefined> {
    return this.inner.stamp(this.key({ operation: 'stamp', key }))
  }

  locate(key: string): Located | undefined {
    return this.inner.locate(this.key({ operation: 'locate', key }))
  }

  async list(prefix: string, options?: { signal?: AbortSignal }): Promise<Listing> {
    return this.inner.list(this.key({ operation: 'list', key: prefix }), options)
  }

  async *scan(
    prefix: string,
    options?: { signal?: AbortSignal },
  ): AsyncGenerator<{ key: string; size: number }[]> {
    yield* this.inner.scan(this.key({ operation: 'scan', key: prefix }), options)
  }

  async set(key: string, value: Uint8Array, options?: { signal?: AbortSignal }): Promise<void> {
    await this.writable().set(this.key({ operation: 'set', key }), value, options)
  }

  async delete(key: string): Promise<void> {
    await this.writable().delete(this.key({ operation: 'delete', key }))
  }

  async deletePrefix(prefix: string): Promise<void> {
    await this.writable().deletePrefix(this.key({ operation: 'deletePrefix', key: prefix }))
  }

  async close(): Promise<void> {
    await this.inner.close()
  }

  /** Sees the request and gives the key to ask the inner store for; throws to fail it. */
  protected key(access: StoreAccess): string {
    return access.key
  }

  private writable(): WritableStore {
    if (isWritable(this.inner)) return this.inner
    throw new ReadOnlyError('This store was opened for reading only; nothing was changed.')
  }
}
