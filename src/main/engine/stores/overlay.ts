import { AbortedError, ReadOnlyError } from '@shared/errors'
import { checkKey, checkNewKey, checkPrefix, isBelow, isListedKey, joinKey } from './key'
import { KeyTree } from './key-tree'
import { StagedValue } from './staged-value'
import type { GetOptions, Listing, ListableStore, Located, WritableStore } from './store'

/** What stands in front of the store for one key: a value, or null for a deleted one. */
export type Staged = StagedValue | null

const BATCH = 1024

/**
 * Staged keys in front of another store, which never changes: `set` and `delete` change what this one answers and
 * nothing else. `staged` are the differences.
 */
export class OverlayStore implements WritableStore {
  readonly kind: ListableStore['kind']
  readonly className: string
  readonly path?: string
  readonly readOnly: boolean
  readonly base: ListableStore
  private readonly changed = new Map<string, Staged>()
  private readonly tree = new KeyTree()
  /** Prefixes of which something is deleted: whether a key of the base is left there. */
  private readonly remains = new Map<string, boolean>()

  constructor(base: ListableStore, options: { readOnly?: boolean } = {}) {
    this.base = base
    this.kind = base.kind
    this.className = base.className
    this.readOnly = options.readOnly ?? false
    if (base.path !== undefined) this.path = base.path
  }

  /** The keys that differ from the base. */
  get staged(): ReadonlyMap<string, Staged> {
    return this.changed
  }

  /** Staged keys below a prefix, in full. */
  stagedBelow(prefix: string): Iterable<string> {
    return this.tree.below(prefix)
  }

  /** Whether a key below the prefix is staged. */
  isStagedBelow(prefix: string): boolean {
    return this.tree.hasBelow(prefix)
  }

  /** Puts a value or a deletion in front of a key; undefined shows the base again. */
  stage(key: string, value: Staged | undefined): void {
    if (value === undefined) {
      if (this.changed.delete(key)) this.tree.delete(key)
    } else {
      if (!this.changed.has(key)) this.tree.add(key)
      this.changed.set(key, value)
    }
    this.remains.clear()
  }

  /** The base was changed by somebody else: nothing that was concluded from it holds any more. */
  forget(): void {
    this.remains.clear()
  }

  async get(key: string, options: GetOptions = {}): Promise<Uint8Array | undefined> {
    const staged = this.find(key)
    if (staged === undefined) return this.base.get(key, options)
    if (options.signal?.aborted) throw new AbortedError()
    return staged?.read(key, options.range)
  }

  async size(key: string, options?: { signal?: AbortSignal }): Promise<number | undefined> {
    const staged = this.find(key)
    return staged === undefined ? this.base.size(key, options) : staged?.size
  }

  async stamp(key: string): Promise<string | undefined> {
    const staged = this.find(key)
    return staged === undefined ? this.base.stamp(key) : staged?.stamp
  }

  locate(key: string): Located | undefined {
    const staged = this.find(key)
    return staged === undefined ? this.base.locate(key) : (staged?.locate() ?? { kind: 'missing' })
  }

  async list(prefix: string, options: { signal?: AbortSignal } = {}): Promise<Listing> {
    checkPrefix(prefix)
    const listing = await this.base.list(prefix, options)
    if (!this.tree.hasBelow(prefix)) return listing
    const keys = new Set(listing.keys)
    const prefixes = new Set(listing.prefixes)
    const here = this.tree.at(prefix)
    for (const name of here.keys) {
      if (this.changed.get(joinKey(prefix, name))) keys.add(name)
      else keys.delete(name)
    }
    for (const name of here.prefixes) {
      if (await this.holdsKeys(joinKey(prefix, name), prefixes.has(name), options)) prefixes.add(name)
      else prefixes.delete(name)
    }
    return { keys: [...keys].sort(), prefixes: [...prefixes].sort() }
  }

  async *scan(
    prefix: string,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<{ key: string; size: number }[]> {
    checkPrefix(prefix)
    if (!this.tree.hasBelow(prefix)) {
      yield* this.base.scan(prefix, options)
      return
    }
    for await (const batch of this.base.scan(prefix, options)) {
      const kept = batch.filter(({ key }) => !this.changed.has(key))
      if (kept.length > 0) yield kept
    }
    let batch: { key: string; size: number }[] = []
    for (const key of [...this.tree.below(prefix)]) {
      if (options.signal?.aborted) throw new AbortedError()
      const staged = this.changed.get(key)
      if (staged) batch.push({ key, size: staged.size })
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }

  async set(key: string, value: Uint8Array, options: { signal?: AbortSignal } = {}): Promise<void> {
    checkNewKey(key)
    this.checkWritable()
    if (options.signal?.aborted) throw new AbortedError()
    this.stage(key, StagedValue.of(new Uint8Array(value)))
  }

  async delete(key: string): Promise<void> {
    checkKey(key)
    this.checkWritable()
    if (!isListedKey(key)) return
    const isStored = this.changed.get(key) !== null && (await this.isInBase(key))
    this.stage(key, isStored ? null : undefined)
  }

  async deletePrefix(prefix: string): Promise<void> {
    checkPrefix(prefix)
    this.checkWritable()
    for (const key of [...this.tree.below(prefix)]) if (this.changed.get(key)) this.stage(key, undefined)
    const doomed: string[] = []
    for await (const batch of this.base.scan(prefix)) for (const { key } of batch) doomed.push(key)
    for (const key of doomed) if (isBelow(prefix, key)) this.stage(key, null)
  }

  /** Closes the base. */
  async close(): Promise<void> {
    await this.base.close()
  }

  private find(key: string): Staged | undefined {
    checkKey(key)
    return this.changed.get(key)
  }

  private async isInBase(key: string): Promise<boolean> {
    return (await this.base.stamp(key)) !== undefined
  }

  /** Whether any key lies below a prefix of which something is staged. */
  private async holdsKeys(
    prefix: string,
    inBase: boolean,
    options: { signal?: AbortSignal },
  ): Promise<boolean> {
    for (const key of this.tree.below(prefix)) if (this.changed.get(key)) return true
    if (!inBase) return false
    const known = this.remains.get(prefix)
    if (known !== undefined) return known
    const found = await this.basePart(prefix, options)
    this.remains.set(prefix, found)
    return found
  }

  private async basePart(prefix: string, options: { signal?: AbortSignal }): Promise<boolean> {
    for await (const batch of this.base.scan(prefix, options))
      if (batch.some(({ key }) => this.changed.get(key) !== null)) return true
    return false
  }

  private checkWritable(): void {
    if (this.readOnly)
      throw new ReadOnlyError('Changes of this store are staged as edits; nothing was changed.')
  }
}

/**
 * The store to use for what lies below a prefix, for work that is quicker on the kind of store that it is: what stands
 * behind an overlay of which nothing is staged there.
 */
export function storeBelow(store: ListableStore, prefix: string): ListableStore {
  let found = store
  while (found instanceof OverlayStore && !found.isStagedBelow(prefix)) found = found.base
  return found
}
