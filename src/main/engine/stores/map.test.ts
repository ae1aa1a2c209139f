import { describe, expect, test } from 'vitest'
import { UsageError } from '@shared/errors'
import { MapStore } from './map'
import { MemoryStore } from './memory'
import { storeContract } from './store.contract'
import type { Located } from './store'

const readLocated = (located: Located): Uint8Array | undefined =>
  located.kind === 'bytes' ? located.bytes : undefined

storeContract('MemoryStore', {
  open: async (values) => new MemoryStore(Object.entries(values)),
  create: async () => new MemoryStore(),
  readLocated,
})

let written = new Map<string, Uint8Array>()

storeContract('MapStore', {
  open: async (values) => new MapStore(new Map(Object.entries(values)), { readOnly: true }),
  create: async () => new MapStore((written = new Map<string, Uint8Array>())),
  reopen: async () => new MapStore(written, { readOnly: true }),
  readLocated,
})

/** Everything later, as a map over a network would be. */
class SlowMap {
  private readonly values: Map<string, Uint8Array>
  constructor(values: Record<string, Uint8Array> = {}) {
    this.values = new Map(Object.entries(values))
  }
  async get(key: string): Promise<Uint8Array | undefined> {
    return this.values.get(key)
  }
  async *keys(): AsyncGenerator<string> {
    yield* this.values.keys()
  }
  async set(key: string, value: Uint8Array): Promise<void> {
    this.values.set(key, value)
  }
  async delete(key: string): Promise<boolean> {
    return this.values.delete(key)
  }
}

storeContract('MapStore over an asynchronous map', {
  open: async (values) => new MapStore(new SlowMap(values), { readOnly: true }),
  create: async () => new MapStore(new SlowMap()),
  readLocated,
})

describe('MapStore', () => {
  test('is named after its map, a plain one as the tutorial does', () => {
    expect(new MapStore(new Map()).className).toBe('builtins.dict')
    expect(new MemoryStore().className).toBe('builtins.dict')
    expect(new MapStore(new SlowMap()).className).toBe('SlowMap')
  })

  test('can only be read when its map cannot be changed', () => {
    expect(new MapStore({ get: () => undefined, keys: () => [] }).readOnly).toBe(true)
  })

  test('does not show names that are no keys, and refuses values that are no bytes', async () => {
    const odd = new Map<string, unknown>([
      ['/etc/passwd', Uint8Array.of(1)],
      ['a/../b', Uint8Array.of(1)],
      ['0.0.zarrscope.lock', Uint8Array.of(1)],
      ['text', 'not bytes'],
    ])
    const store = new MapStore(odd as Map<string, Uint8Array>)
    expect(await store.list('')).toEqual({ keys: ['text'], prefixes: [] })
    await expect(store.get('text')).rejects.toThrow(UsageError)
    expect(await store.get('0.0.zarrscope.lock')).toBeUndefined()
  })
})
