/** The values that the store contract is run over, and how a store's contents are taken for comparison. */
import type { ListableStore } from './store'

export type Values = Record<string, Uint8Array>

export const LONG = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7) & 255)

export const SAMPLE: Values = {
  'zarr.json': Uint8Array.of(123, 125),
  'a/zarr.json': Uint8Array.of(1),
  'a/c/0/0': Uint8Array.of(1, 2, 3, 4),
  'a/c/0/1': new Uint8Array(),
  'a/c/10/0': LONG,
  'ab/zarr.json': Uint8Array.of(2),
  'sp ace/ünï/日本': Uint8Array.of(5),
  '..x': Uint8Array.of(6),
}

export const MALFORMED = [
  '',
  '/',
  '/a',
  'a/',
  'a//b',
  '.',
  '..',
  'a/../b',
  './a',
  'a/.',
  'a\\b',
  '\0',
  'a\0b',
]

/** The sample without some of its keys. */
export const without = (...keys: string[]): Values =>
  Object.fromEntries(Object.entries(SAMPLE).filter(([key]) => !keys.includes(key)))

/** Keys and sizes of a scan, sorted. */
export async function collect(
  store: ListableStore,
  prefix: string,
  signal?: AbortSignal,
): Promise<(string | number)[][]> {
  const found: [string, number][] = []
  for await (const batch of store.scan(prefix, signal ? { signal } : {}))
    for (const { key, size } of batch) found.push([key, size])
  return found.sort()
}

/** Every key that a scan gives, with the value that get gives. */
export async function contents(store: ListableStore): Promise<Values> {
  const keys = (await collect(store, '')).map(([key]) => String(key))
  return Object.fromEntries(
    await Promise.all(keys.map(async (key) => [key, (await store.get(key))!] as const)),
  )
}
