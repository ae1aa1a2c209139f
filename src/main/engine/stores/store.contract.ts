/**
 * What every store promises. One suite, run by every implementation: a store that passes it can stand wherever a
 * `Store` is asked for. Each test names its promise; what only one kind of store promises is tested beside that store.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { AbortedError, ReadOnlyError, UsageError } from '@shared/errors'
import { collect, contents, LONG, MALFORMED, SAMPLE, without, type Values } from './contract-sample'
import type { ByteRange, ListableStore, Located, WritableStore } from './store'
import { writingContract } from './writable.contract'

export type { Values }

export interface StoreHarness {
  /** A store that holds exactly these values. */
  open: (values: Values) => Promise<ListableStore>
  /** An empty store to write; absent where the kind can only be read. */
  create?: () => Promise<WritableStore>
  /** The contents that another program finds after `store` was closed; absent where nothing outlives the store. */
  reopen?: (store: WritableStore) => Promise<ListableStore>
  /** Reads a located value as a worker thread does. */
  readLocated: (located: Located) => Uint8Array | undefined
}

export function storeContract(name: string, harness: StoreHarness): void {
  const open = new Set<ListableStore>()
  const keep = async <S extends ListableStore>(store: Promise<S>): Promise<S> => {
    open.add(await store)
    return store
  }
  afterEach(async () => {
    for (const store of open) await store.close()
    open.clear()
  })

  describe(`${name}, read`, () => readingContract(() => keep(harness.open(SAMPLE)), harness.readLocated))
  const { create, reopen } = harness
  if (!create) return
  describe(`${name}, written`, () => writingContract(() => keep(create())))
  if (!reopen) return
  test(`${name} keeps what was written`, async () => {
    const store = await keep(create())
    for (const [key, value] of Object.entries(SAMPLE)) await store.set(key, value)
    await store.delete('ab/zarr.json')
    await store.close()
    expect(await contents(await keep(reopen(store)))).toEqual(without('ab/zarr.json'))
  })
}

function readingContract(
  open: () => Promise<ListableStore>,
  readLocated: (located: Located) => Uint8Array | undefined,
): void {
  test('every value comes back as it was stored, with its size', async () => {
    const store = await open()
    for (const [key, value] of Object.entries(SAMPLE)) {
      expect(await store.get(key), key).toEqual(value)
      expect(await store.size(key), key).toBe(value.length)
    }
  })

  test.each(['b', 'a/c/0/2', 'a/c/1/0', 'a/zarr', 'zarr.json/x', 'toString', 'x.zarrscope.partial'])(
    '%s is missing: undefined, not an error',
    async (key) => {
      const store = await open()
      expect(await store.get(key)).toBeUndefined()
      expect(await store.get(key, { range: { offset: 0, length: 1 } })).toBeUndefined()
      expect(await store.size(key)).toBeUndefined()
      expect(await store.stamp(key)).toBeUndefined()
    },
  )

  test.each<[ByteRange, number, number]>([
    [{ offset: 0, length: 3 }, 0, 3],
    [{ offset: 3998, length: 2 }, 3998, 4000],
    [{ offset: 3999, length: 9 }, 3999, 4000],
    [{ offset: 4000, length: 1 }, 4000, 4000],
    [{ offset: 9000, length: 1 }, 4000, 4000],
    [{ offset: 2000, length: 0 }, 2000, 2000],
    [{ suffix: 16 }, 3984, 4000],
    [{ suffix: 0 }, 4000, 4000],
    [{ suffix: 9000 }, 0, 4000],
  ])('the range %j is bytes %i to %i of the value', async (range, start, end) => {
    expect(await (await open()).get('a/c/10/0', { range })).toEqual(LONG.slice(start, end))
  })

  test.each<ByteRange>([
    { offset: -1, length: 1 },
    { offset: 0, length: -1 },
    { offset: 0.5, length: 1 },
    { suffix: NaN },
  ])('the range %j is refused', async (range) => {
    await expect((await open()).get('a/c/10/0', { range })).rejects.toThrow(UsageError)
  })

  test.each(MALFORMED)('the name %j is refused by every call', async (key) => {
    const store = await open()
    await expect(store.get(key)).rejects.toThrow(UsageError)
    await expect(store.size(key)).rejects.toThrow(UsageError)
    await expect(store.stamp(key)).rejects.toThrow(UsageError)
    expect(() => store.locate(key)).toThrow(UsageError)
    if (key === '') return
    await expect(store.list(key)).rejects.toThrow(UsageError)
    await expect(collect(store, key)).rejects.toThrow(UsageError)
  })

  test('what the caller does to a value does not reach the store', async () => {
    const store = await open()
    const value = await store.get('a/c/0/0')
    value!.fill(255)
    expect(await store.get('a/c/0/0')).toEqual(SAMPLE['a/c/0/0'])
  })

  test.each([
    ['', ['..x', 'zarr.json'], ['a', 'ab', 'sp ace']],
    ['a', ['zarr.json'], ['c']],
    ['a/c', [], ['0', '10']],
    ['a/c/0', ['0', '1'], []],
    ['sp ace/ünï', ['日本'], []],
    ['a/c/0/0', [], []],
    ['nothing/here', [], []],
  ])('the level %j is listed in order', async (prefix, keys, prefixes) => {
    expect(await (await open()).list(prefix)).toEqual({ keys, prefixes })
  })

  test.each(['', 'a', 'a/c/10', 'sp ace', 'zarr.json', 'nothing'])(
    'a scan below %j gives each key once, with its size',
    async (prefix) => {
      const below = Object.entries(SAMPLE).filter(([key]) => prefix === '' || key.startsWith(`${prefix}/`))
      expect(await collect(await open(), prefix)).toEqual(
        below.map(([key, value]) => [key, value.length]).sort(),
      )
    },
  )

  test('a worker thread finds the same bytes where locate says', async () => {
    const store = await open()
    for (const key of [...Object.keys(SAMPLE), 'missing', 'a/missing']) {
      const located = store.locate(key)
      if (located) expect(readLocated(located), key).toEqual(SAMPLE[key])
    }
  })

  test('a stamp stays as long as its value does', async () => {
    const store = await open()
    const stamp = await store.stamp('a/c/10/0')
    expect(stamp).toBeTypeOf('string')
    await store.get('a/c/10/0')
    expect(await store.stamp('a/c/10/0')).toBe(stamp)
  })

  test('a thousand reads at once are answered', async () => {
    const store = await open()
    const read = await Promise.all(Array.from({ length: 1000 }, () => store.get('a/c/0/0')))
    expect(read.every((value) => value?.length === 4)).toBe(true)
  })

  test('a cancelled request is an AbortedError', async () => {
    const store = await open()
    const signal = AbortSignal.abort()
    await expect(store.get('a/c/0/0', { signal })).rejects.toThrow(AbortedError)
    await expect(collect(store, '', signal)).rejects.toThrow(AbortedError)
  })

  test('a store opened for reading refuses every change and keeps its values', async () => {
    const store = await open()
    if (!store.readOnly || !('set' in store)) return
    const writable = store as WritableStore
    await expect(writable.set('a/zarr.json', LONG)).rejects.toThrow(ReadOnlyError)
    await expect(writable.delete('a/zarr.json')).rejects.toThrow(ReadOnlyError)
    await expect(writable.deletePrefix('a')).rejects.toThrow(ReadOnlyError)
    expect(await contents(store)).toEqual(SAMPLE)
  })
}
