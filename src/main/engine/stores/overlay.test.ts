import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { collect, contents, SAMPLE, type Values } from './contract-sample'
import { DirectoryStore } from './directory'
import { MemoryStore } from './memory'
import { OverlayStore, storeBelow } from './overlay'
import { readLocated } from './read-located'
import { storeContract } from './store.contract'
import type { WritableStore } from './store'

const folder = mkdtempSync(join(tmpdir(), 'zarrscope-overlay-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let stores = 0
const directory = (): WritableStore => new DirectoryStore(join(folder, String(stores++)), { flush: 'none' })

const filled = async (store: WritableStore, values: Values): Promise<WritableStore> => {
  for (const [key, value] of Object.entries(values)) await store.set(key, value)
  return store
}

/** Every other value of the sample stands in the base, with something else that the overlay hides. */
async function mixed(base: WritableStore, values: Values): Promise<OverlayStore> {
  const staged: [string, Uint8Array][] = []
  for (const [i, [key, value]] of Object.entries(values).entries()) {
    if (i % 2 === 0) await base.set(key, value)
    else staged.push([key, value])
  }
  await base.set('gone/deep/x', Uint8Array.of(1))
  await base.set('a/c/0/9', Uint8Array.of(1))
  const overlay = new OverlayStore(base)
  for (const [key, value] of staged) await overlay.set(key, value)
  await overlay.deletePrefix('gone')
  await overlay.delete('a/c/0/9')
  return overlay
}

storeContract('OverlayStore, everything staged', {
  open: async (values) => filled(new OverlayStore(new MemoryStore()), values),
  create: async () => new OverlayStore(directory()),
  readLocated,
})

storeContract('OverlayStore, nothing staged', {
  open: async (values) => new OverlayStore(await filled(directory(), values)),
  create: async () => new OverlayStore(new OverlayStore(new MemoryStore())),
  readLocated,
})

storeContract('OverlayStore, half and half', {
  open: async (values) => mixed(directory(), values),
  create: async () => mixed(new MemoryStore(), {}),
  readLocated,
})

test('the base stays as it was', async () => {
  const base = await filled(directory(), SAMPLE)
  const overlay = new OverlayStore(base)
  await overlay.set('a/c/0/0', Uint8Array.of(9))
  await overlay.deletePrefix('a/c/10')
  await overlay.set('new/zarr.json', Uint8Array.of(1))
  expect(await contents(base)).toEqual(SAMPLE)
  expect([...overlay.staged.keys()].sort()).toEqual(['a/c/0/0', 'a/c/10/0', 'new/zarr.json'])
})

test('a deleted key that the base never had is no difference', async () => {
  const overlay = new OverlayStore(new MemoryStore())
  await overlay.set('x', Uint8Array.of(1))
  await overlay.delete('x')
  await overlay.delete('never')
  await overlay.set('p/x', Uint8Array.of(1))
  await overlay.deletePrefix('p')
  expect(overlay.staged.size).toBe(0)
})

test('a deleted key comes back when it is written, and when its change is taken back', async () => {
  const overlay = new OverlayStore(new MemoryStore(Object.entries(SAMPLE)))
  await overlay.deletePrefix('a')
  expect((await overlay.list('')).prefixes).toEqual(['ab', 'sp ace'])
  await overlay.set('a/c/0/0', Uint8Array.of(7))
  expect(await collect(overlay, 'a')).toEqual([['a/c/0/0', 1]])
  for (const key of [...overlay.stagedBelow('a')]) overlay.stage(key, undefined)
  expect(await contents(overlay)).toEqual(SAMPLE)
})

test('the stamp of a staged value is its own', async () => {
  const overlay = new OverlayStore(new MemoryStore([['x', Uint8Array.of(1)]]))
  const before = await overlay.stamp('x')
  await overlay.set('x', Uint8Array.of(2))
  const first = await overlay.stamp('x')
  await overlay.set('x', Uint8Array.of(2))
  expect(new Set([before, first, await overlay.stamp('x')]).size).toBe(3)
})

test('what lies below a prefix without staged keys is asked of the base', async () => {
  const base = directory()
  const overlay = new OverlayStore(new OverlayStore(base))
  expect(storeBelow(overlay, 'a')).toBe(base)
  await overlay.set('a/c/0', Uint8Array.of(1))
  expect(storeBelow(overlay, 'a')).toBe(overlay)
  expect(storeBelow(overlay, '')).toBe(overlay)
  expect(storeBelow(overlay, 'b')).toBe(base)
})
