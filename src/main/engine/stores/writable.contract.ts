/** The part of the store contract that concerns writing; run by `storeContract`. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '@shared/errors'
import { contents, LONG, MALFORMED, SAMPLE, without } from './contract-sample'
import type { WritableStore } from './store'

export function writingContract(create: () => Promise<WritableStore>): void {
  const filled = async (): Promise<WritableStore> => {
    const store = await create()
    for (const [key, value] of Object.entries(SAMPLE)) await store.set(key, value)
    return store
  }

  test('a new store is empty', async () => {
    const store = await create()
    expect(store.readOnly).toBe(false)
    expect(await contents(store)).toEqual({})
    expect(await store.list('')).toEqual({ keys: [], prefixes: [] })
    expect(await store.get('zarr.json')).toBeUndefined()
  })

  test('what was written is read, listed and scanned at once', async () => {
    const store = await filled()
    expect(await contents(store)).toEqual(SAMPLE)
    expect(await store.list('')).toEqual({ keys: ['..x', 'zarr.json'], prefixes: ['a', 'ab', 'sp ace'] })
  })

  test('the store keeps its own copy of a value', async () => {
    const store = await create()
    const value = Uint8Array.of(1, 2, 3)
    await store.set('x', value)
    value.fill(9)
    expect(await store.get('x')).toEqual(Uint8Array.of(1, 2, 3))
  })

  test('a new value replaces the old one, longer or shorter, and has another stamp', async () => {
    const store = await filled()
    const stamps = new Set([await store.stamp('a/c/10/0')])
    for (const value of [Uint8Array.of(1), LONG.slice(1), new Uint8Array()]) {
      await store.set('a/c/10/0', value)
      expect(await store.get('a/c/10/0')).toEqual(value)
      stamps.add(await store.stamp('a/c/10/0'))
    }
    expect(stamps.size).toBe(4)
  })

  test('a deleted key is missing, and so are the names that led to it alone', async () => {
    const store = await filled()
    await store.delete('ab/zarr.json')
    await store.delete('sp ace/ünï/日本')
    await store.delete('never/there')
    expect(await store.get('ab/zarr.json')).toBeUndefined()
    expect((await store.list('')).prefixes).toEqual(['a'])
  })

  test('deleting a prefix deletes what lies below it, no key that only begins with the same letters', async () => {
    const store = await filled()
    await store.deletePrefix('a')
    await store.deletePrefix('nothing')
    expect(await contents(store)).toEqual(without('a/zarr.json', 'a/c/0/0', 'a/c/0/1', 'a/c/10/0'))
    await store.deletePrefix('')
    expect(await contents(store)).toEqual({})
  })

  test.each([...MALFORMED, 'a/x.zarrscope.partial', '0.0.zarrscope.lock/owner'])(
    'nothing is stored as %j',
    async (key) => {
      const store = await filled()
      await expect(store.set(key, Uint8Array.of(1))).rejects.toThrow(UsageError)
      expect(await contents(store)).toEqual(SAMPLE)
    },
  )

  test('writes at once to one new place all arrive', async () => {
    const store = await create()
    const keys = Array.from({ length: 100 }, (_, i) => `new/c/${i % 10}/${i}`)
    await Promise.all(keys.map((key, i) => store.set(key, Uint8Array.of(i))))
    expect(Object.keys(await contents(store)).sort()).toEqual(keys.sort())
  })

  test('a reader beside a writer sees the old value or the new one, whole', async () => {
    const store = await create()
    const values = [0, 1].map((fill) => new Uint8Array(50_000 + fill).fill(fill))
    await store.set('x', values[0]!)
    const done = new AbortController()
    const writer = (async () => {
      for (let i = 1; i <= 20; i++) await store.set('x', values[i % 2]!)
      done.abort()
    })()
    do {
      const seen = Buffer.from((await store.get('x'))!)
      expect(values.some((value) => seen.equals(value))).toBe(true)
    } while (!done.signal.aborted)
    await writer
  })

  test('any program of changes leaves what a plain map would hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 25 }), async (changes) => {
        const store = await create()
        const model = new Map<string, Uint8Array>()
        for (const { prefix, key, value } of changes) {
          if (value) await store.set(key, value)
          else if (prefix) await store.deletePrefix(key)
          else await store.delete(key)
          if (value) model.set(key, value)
          else if (prefix) for (const k of model.keys()) if (k.startsWith(`${key}/`)) model.delete(k)
          if (!value && !prefix) model.delete(key)
        }
        expect(await contents(store)).toEqual(Object.fromEntries(model))
      }),
      { seed: 20, numRuns: 30 },
    )
  })
}

/** Folders and files have different names, so that no key ever lies below another. */
const folder = fc.constantFrom('g', 'h', 'g/h', 'g/h/i')
const key = fc.tuple(folder, fc.constantFrom('0.0', '0.1', 'zarr.json')).map((names) => names.join('/'))
const change = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ prefix: fc.constant(false), key, value: fc.uint8Array({ maxLength: 40 }) }),
  },
  { weight: 2, arbitrary: fc.record({ prefix: fc.constant(false), key, value: fc.constant(undefined) }) },
  {
    weight: 1,
    arbitrary: fc.record({ prefix: fc.constant(true), key: folder, value: fc.constant(undefined) }),
  },
)
