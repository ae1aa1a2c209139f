import { crc32 } from 'node:zlib'
import { AbortedError, ReadOnlyError, UsageError } from '@shared/errors'
import { resolveRange } from '../files/byte-range'
import { checkKey, checkNewKey, checkPrefix, isBelow, isListedKey, listLevel } from './key'
import type { GetOptions, Listing, Located, WritableStore } from './store'

type Maybe<T> = T | Promise<T>

/** What a store can be made of: a `Map<string, Uint8Array>`, or an object that answers like one, at once or later. */
export interface MapLike {
  get(key: string): Maybe<Uint8Array | undefined>
  keys(): Maybe<Iterable<string>> | AsyncIterable<string>
  /** Without these two the store can only be read. */
  set?(key: string, value: Uint8Array): unknown
  delete?(key: string): unknown
}

/**
 * A store over any map. Values are copied on the way in and out, so neither side can change the other's bytes.
 * Keys of the map that are no keys of a store are not seen.
 */
export class MapStore implements WritableStore {
  readonly kind: 'map' | 'memory' = 'map'
  readonly className: string
  readonly readOnly: boolean
  private readonly map: MapLike

  constructor(map: MapLike, options: { readOnly?: boolean } = {}) {
    this.map = map
    this.className = className(map)
    this.readOnly = options.readOnly === true || !map.set || !map.delete
  }

  async get(key: string, options: GetOptions = {}): Promise<Uint8Array | undefined> {
    if (options.signal?.aborted) throw new AbortedError()
    const value = await this.value(key)
    if (!value) return undefined
    const { start, length } = resolveRange(key, value.length, options.range)
    return new Uint8Array(value.subarray(start, start + length))
  }

  async size(key: string): Promise<number | undefined> {
    return (await this.value(key))?.length
  }

  locate(key: string): Located | undefined {
    checkKey(key)
    if (!(this.map instanceof Map)) return undefined
    const bytes = this.checked(key, this.map.get(key))
    return bytes && isListedKey(key) ? { kind: 'bytes', bytes } : { kind: 'missing' }
  }

  /** Length and CRC-32: the map's owner may change it behind our back. */
  async stamp(key: string): Promise<string | undefined> {
    const value = await this.value(key)
    return value && `${value.length}:${crc32(value)}`
  }

  async list(prefix: string): Promise<Listing> {
    checkPrefix(prefix)
    return listLevel(await this.keys(), prefix)
  }

  async *scan(
    prefix: string,
    options: { signal?: AbortSignal } = {},
  ): AsyncGenerator<{ key: string; size: number }[]> {
    checkPrefix(prefix)
    let batch: { key: string; size: number }[] = []
    for (const key of await this.keys()) {
      if (options.signal?.aborted) throw new AbortedError()
      if (!isBelow(prefix, key) || !isListedKey(key)) continue
      const size = await this.size(key)
      if (size !== undefined) batch.push({ key, size })
      if (batch.length < 1024) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }

  async set(key: string, value: Uint8Array, options: { signal?: AbortSignal } = {}): Promise<void> {
    checkNewKey(key)
    if (options.signal?.aborted) throw new AbortedError()
    if (this.readOnly || !this.map.set) throw this.refusal()
    await this.map.set(key, new Uint8Array(value))
  }

  async delete(key: string): Promise<void> {
    checkKey(key)
    if (this.readOnly || !this.map.delete) throw this.refusal()
    await this.map.delete(key)
  }

  async deletePrefix(prefix: string): Promise<void> {
    checkPrefix(prefix)
    if (this.readOnly || !this.map.delete) throw this.refusal()
    for (const key of await this.keys()) if (isBelow(prefix, key)) await this.map.delete(key)
  }

  async close(): Promise<void> {
    return Promise.resolve()
  }

  private async value(key: string): Promise<Uint8Array | undefined> {
    checkKey(key)
    return isListedKey(key) ? this.checked(key, await this.map.get(key)) : undefined
  }

  private checked(key: string, value: unknown): Uint8Array | undefined {
    if (value === undefined || value === null) return undefined
    if (value instanceof Uint8Array) return value
    throw new UsageError(`The map behind this store holds something other than bytes under "${key}".`)
  }

  /** A copy: the map may change while it is walked. */
  private async keys(): Promise<string[]> {
    const keys = await this.map.keys()
    if (Symbol.iterator in keys) return [...keys]
    const all: string[] = []
    for await (const key of keys) all.push(key)
    return all
  }

  private refusal(): ReadOnlyError {
    return new ReadOnlyError('This map was opened for reading only; nothing was changed.')
  }
}

/** As the tutorial's summary names a store: Python's dict for a plain map, else the object's own class. */
function className(map: MapLike): string {
  const name = (map as { constructor?: { name?: string } }).constructor?.name
  return !name || name === 'Map' || name === 'Object' ? 'builtins.dict' : name
}
