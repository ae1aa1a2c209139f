import { expect, test, vi } from 'vitest'
import { ChunkCache, type ChunkId, type LoadedChunk } from './chunk-cache'

const store = {}
const id = (key: string): ChunkId => ({ store, key, layout: 1 })
const loaded = (bytes: number, stamp = 's'): LoadedChunk => ({
  chunk: { data: new Uint8Array(bytes), stamp },
  outcome: { state: 'stored' },
})
const load = (cache: ChunkCache, key: string, bytes = 40) => cache.load(id(key), async () => loaded(bytes))

test('holds no more than its capacity and lets the least recently used go', async () => {
  const cache = new ChunkCache(100)
  await load(cache, 'a')
  await load(cache, 'b')
  expect(cache.get(id('a'), () => 's')).toBeDefined()
  await load(cache, 'c')
  expect(['a', 'b', 'c'].filter((key) => cache.has(id(key)))).toEqual(['a', 'c'])
  expect(cache.bytes).toBe(80)
  await load(cache, 'large', 101)
  expect(cache.has(id('large'))).toBe(false)
})

test('gives nothing under another stamp, and forgets it', async () => {
  const cache = new ChunkCache(100)
  await load(cache, 'a')
  expect(cache.get(id('a'), () => 'other')).toBeUndefined()
  expect(cache.get(id('a'), () => 's')).toBeUndefined()
  expect(cache.bytes).toBe(0)
})

test('tells stores, layouts and inner chunks apart', async () => {
  const cache = new ChunkCache(1000)
  await load(cache, 'a')
  const others: ChunkId[] = [
    { ...id('a'), store: {} },
    { ...id('a'), layout: 2 },
    { ...id('a'), inner: [0] },
    id('a/b'),
  ]
  expect(others.filter((other) => cache.has(other))).toEqual([])
})

test('drop forgets what lies below a prefix, also what is being decoded', async () => {
  const cache = new ChunkCache(1000)
  await load(cache, 'x/c/0')
  await load(cache, 'y/c/0')
  let finish = (_: LoadedChunk): void => undefined
  const pending = cache.load(id('x/c/1'), () => new Promise((resolve) => (finish = resolve)))
  cache.drop(store, 'x/')
  finish(loaded(40))
  await pending
  expect(['x/c/0', 'x/c/1', 'y/c/0'].filter((key) => cache.has(id(key)))).toEqual(['y/c/0'])
  expect(cache.bytes).toBe(40)
})

test('a decode that fails is not kept and can be tried again', async () => {
  const cache = new ChunkCache(1000)
  await expect(cache.load(id('a'), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  const missing = await cache.load(id('a'), async () => ({ outcome: { state: 'missing' } }))
  expect(missing.chunk).toBeUndefined()
  await load(cache, 'a')
  expect(cache.has(id('a'))).toBe(true)
})

test('a decode is aborted when the last one who waits gives up', async () => {
  const cache = new ChunkCache(1000)
  let aborted = false
  const decode = (signal: AbortSignal): Promise<LoadedChunk> =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        aborted = true
        reject(new Error('aborted'))
      })
    })
  const [first, second] = [new AbortController(), new AbortController()]
  const waiting = [first, second].map((one) => cache.load(id('a'), decode, one.signal).catch(() => 'gave up'))
  first.abort()
  expect(aborted).toBe(false)
  second.abort()
  expect(aborted).toBe(true)
  expect(await Promise.all(waiting)).toEqual(['gave up', 'gave up'])
})

test('what is loaded ahead comes one chunk at a time, failures and dropped ones left out', async () => {
  const cache = new ChunkCache(1000)
  const begun: string[] = []
  const finish: (() => void)[] = []
  const ahead = (key: string, fails = false): void =>
    cache.loadAhead(id(key), () => {
      begun.push(key)
      return new Promise((resolve, reject) =>
        finish.push(() => (fails ? reject(new Error('no')) : resolve(loaded(40)))),
      )
    })
  ahead('x/1')
  ahead('x/2', true)
  ahead('y/3')
  ahead('x/4')
  cache.drop(store, 'y/')
  // Whoever is being answered comes first.
  await Promise.resolve()
  expect(begun).toEqual([])
  for (const count of [1, 2, 3]) {
    await vi.waitFor(() => expect(finish.length).toBeGreaterThanOrEqual(count))
    expect(begun).toHaveLength(count)
    finish[count - 1]!()
  }
  await vi.waitFor(() => expect(cache.has(id('x/4'))).toBe(true))
  expect(begun).toEqual(['x/1', 'x/2', 'x/4'])
  expect(['x/1', 'x/2', 'y/3', 'x/4'].filter((key) => cache.has(id(key)))).toEqual(['x/1', 'x/4'])
})

test('a chunk is worth keeping once reading parts of it has cost as much, and then starts again', () => {
  const cache = new ChunkCache(1000)
  const asked = Array.from({ length: 10 }, () => cache.isWorthKeeping(id('a'), 0.25))
  expect(asked).toEqual([false, false, false, false, true, false, false, false, false, true])
  expect(cache.isWorthKeeping(id('b'), 1)).toBe(false)
  expect(cache.isWorthKeeping(id('b'), 1)).toBe(true)
})
