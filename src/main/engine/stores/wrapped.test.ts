import { expect, test } from 'vitest'
import { IoError } from '@shared/errors'
import { FaultyStore } from './faulty'
import { LoggingStore } from './logging'
import { MapStore } from './map'
import { MemoryStore } from './memory'
import { readLocated } from './read-located'
import { storeContract } from './store.contract'

storeContract('LoggingStore', {
  open: async (values) => new LoggingStore(new MapStore(new Map(Object.entries(values)), { readOnly: true })),
  create: async () => new LoggingStore(new MemoryStore()),
  readLocated,
})

test('a logging store knows what was read and what was written', async () => {
  const store = new LoggingStore(new MemoryStore([['a', Uint8Array.of(1, 2)]]))
  await store.get('a', { range: { suffix: 1 } })
  store.locate('b')
  await store.get('a')
  await store.set('c', Uint8Array.of(3))
  await store.deletePrefix('d')
  expect(store.keysRead).toEqual(['a', 'b'])
  expect(store.keysWritten).toEqual(['c', 'd'])
  expect(store.log[0]).toEqual({ operation: 'get', key: 'a', range: { suffix: 1 } })
  store.clear()
  expect(store.keysRead).toEqual([])
})

test('a faulty store fails what it is told to fail', async () => {
  const inner = new MemoryStore([['a', Uint8Array.of(1)]])
  const store = new FaultyStore(inner, ({ operation, key }) =>
    operation === 'get' && key === 'a' ? 'EIO' : undefined,
  )
  await expect(store.get('a')).rejects.toThrow(IoError)
  expect(await store.size('a')).toBe(1)
  expect(store.locate('a')).toBeUndefined()
})
