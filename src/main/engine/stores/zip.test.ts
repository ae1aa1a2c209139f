import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ConflictError, IoError, UsageError, ZarrscopeError } from '@shared/errors'
import { faultyFs } from '../files/faulty'
import { nodeFs } from '../files/node'
import { contents } from './contract-sample'
import { readLocated } from './read-located'
import { storeContract, type Values } from './store.contract'
import { ZipStore } from './zip'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-zip-'))
let count = 0
const freshPath = (): string => join(base, `${count++}.zip`)
afterAll(() => rmSync(base, { recursive: true, force: true }))

async function write(path: string, values: Values): Promise<void> {
  const store = new ZipStore(path, { mode: 'w' })
  for (const [key, value] of Object.entries(values)) await store.set(key, value)
  await store.close()
}

storeContract('ZipStore', {
  async open(values) {
    const path = freshPath()
    await write(path, values)
    return new ZipStore(path)
  },
  create: async () => new ZipStore(freshPath(), { mode: 'w' }),
  reopen: async (store) => new ZipStore(store.path!),
  readLocated,
})

storeContract('ZipStore, to be changed', {
  async open(values) {
    const path = freshPath()
    await write(path, { 'zarr.json': Uint8Array.of(0), ...values, gone: Uint8Array.of(1) })
    const store = new ZipStore(path, { mode: 'a' })
    await store.delete('gone')
    return store
  },
  async create() {
    const path = freshPath()
    await write(path, { gone: Uint8Array.of(1) })
    const store = new ZipStore(path, { mode: 'a' })
    await store.delete('gone')
    return store
  },
  reopen: async (store) => new ZipStore(store.path!),
  readLocated,
})

describe('a zip that is saved', () => {
  const old = { a: Uint8Array.of(1), 'b/c': Uint8Array.of(2, 2), 'b/d': new Uint8Array(5000).fill(3) }
  let path: string
  beforeEach(async () => {
    path = freshPath()
    await write(path, old)
  })
  const saved = async (): Promise<Values> => {
    const store = new ZipStore(path)
    const values = await contents(store)
    await store.close()
    return values
  }
  const leftOvers = (): string[] =>
    readdirSync(base).filter((name) => name.startsWith('.') && name.endsWith('.zarrscope.partial'))

  test('shows others the old archive until then, and keeps it under another name', async () => {
    const before = readFileSync(path)
    const store = new ZipStore(path, { mode: 'a' })
    await store.set('a', Uint8Array.of(9))
    await store.delete('b/c')
    expect(readFileSync(path)).toEqual(before)
    await store.flush()
    const now = { a: Uint8Array.of(9), 'b/d': old['b/d'] }
    expect(await saved()).toEqual(now)
    expect(await contents(store)).toEqual(now)
    await store.set('e', Uint8Array.of(5))
    await store.close()
    expect(await saved()).toEqual({ ...now, e: Uint8Array.of(5) })
    // The second save does not overwrite what was there when the store was opened.
    expect(readFileSync(`${path}.zarrscope.bak`)).toEqual(before)
    expect(leftOvers()).toEqual([])
  })

  test('is not touched when nothing was changed', async () => {
    utimesSync(path, 1000, 1000)
    const before = await nodeFs.stat(path)
    const store = new ZipStore(path, { mode: 'a' })
    await store.get('a')
    await store.delete('never there')
    await store.flush()
    await store.close()
    expect(await nodeFs.stat(path)).toEqual(before)
    expect(existsSync(`${path}.zarrscope.bak`)).toBe(false)
  })

  test('holds each name once, whatever was written how often', async () => {
    const store = new ZipStore(path, { mode: 'a' })
    for (let i = 0; i < 20; i++) await store.set(i % 2 ? 'a' : 'n', new Uint8Array(1000).fill(i))
    await store.close()
    expect(await saved()).toEqual({
      ...old,
      n: new Uint8Array(1000).fill(18),
      a: new Uint8Array(1000).fill(19),
    })
    expect((await nodeFs.stat(path)).size).toBeLessThan(8000)
  })

  test('can be discarded', async () => {
    const before = readFileSync(path)
    const store = new ZipStore(path, { mode: 'a' })
    await store.set('a', Uint8Array.of(9))
    await store.discard()
    expect(readFileSync(path)).toEqual(before)
    expect(leftOvers()).toEqual([])
    await expect(store.get('a')).rejects.toThrow(UsageError)
  })

  test('stops where another program changed the archive meanwhile, and keeps the changes', async () => {
    const store = new ZipStore(path, { mode: 'a' })
    await store.set('a', Uint8Array.of(9))
    const foreign = readFileSync(path)
    writeFileSync(path, foreign)
    await expect(store.flush()).rejects.toThrow(ConflictError)
    expect(readFileSync(path)).toEqual(foreign)
    expect(await store.get('a')).toEqual(Uint8Array.of(9))
    await store.discard()
    expect(leftOvers()).toEqual([])
  })

  test('stops where an entry that stays is damaged: damage is not copied', async () => {
    const bytes = readFileSync(path)
    bytes[bytes.indexOf(old['b/d']) + 7]! ^= 1
    writeFileSync(path, bytes)
    const store = new ZipStore(path, { mode: 'a' })
    await store.set('a', Uint8Array.of(9))
    await expect(store.flush()).rejects.toThrow('do not match their CRC-32')
    expect(readFileSync(path)).toEqual(bytes)
    await store.discard()
  })

  test('mode w replaces an archive only when it is complete, by an empty one if nothing was written', async () => {
    const store = new ZipStore(path, { mode: 'w' })
    expect(await contents(store)).toEqual({})
    expect(await saved()).toEqual(old)
    await store.close()
    expect(await saved()).toEqual({})
  })

  test('is wholly old or wholly new whichever call fails, and saving again succeeds', async () => {
    const before = readFileSync(path)
    const changed = { ...old, a: Uint8Array.of(9) }
    for (const code of ['EIO', 'ENOSPC', 'EACCES'])
      for (const shortWrite of [false, true])
        for (let at = 1; ; at++) {
          writeFileSync(path, before)
          rmSync(`${path}.zarrscope.bak`, { force: true })
          const fs = faultyFs(nodeFs, { at, code, shortWrite })
          const store = new ZipStore(path, { mode: 'a', fs })
          const failures: unknown[] = []
          const attempt = (task: () => Promise<void>): Promise<void> =>
            task().catch((thrown: unknown) => void failures.push(thrown))
          // Half of one byte is none: such a write fails twice.
          for (let tries = 0; tries === failures.length; tries++)
            await attempt(() => store.set('a', Uint8Array.of(9)))
          await attempt(() => store.flush())
          const where = `${code} ${shortWrite} at ${at}: ${fs.calls[at - 1] ?? 'none'}`
          expect([old, changed], where).toContainEqual(await saved())
          for (const failure of failures) expect(failure, where).toBeInstanceOf(ZarrscopeError)
          const done = fs.calls.length < at
          await store.flush()
          expect(await saved(), where).toEqual(changed)
          await store.discard()
          expect(leftOvers(), where).toEqual([])
          if (done) break
        }
  })
})

describe('an archive that another program replaces', () => {
  test('is opened again when its stamps are asked for, and never read half and half', async () => {
    const path = freshPath()
    await write(path, { a: Uint8Array.of(1), b: Uint8Array.of(2) })
    const store = new ZipStore(path)
    const stamp = await store.stamp('a')
    const located = store.locate('a')!
    await write(path, { longer: new Uint8Array(50), a: Uint8Array.of(3) })
    expect(await store.get('a')).toEqual(Uint8Array.of(1))
    // A worker thread opens the path and finds other bytes there.
    expect(() => readLocated(located)).toThrow('the zip archive is damaged')
    expect(await store.stamp('a')).not.toBe(stamp)
    expect(await contents(store)).toEqual({ longer: new Uint8Array(50), a: Uint8Array.of(3) })
    rmSync(path)
    await expect(store.stamp('a')).rejects.toThrow('the archive has vanished')
    expect(() => readLocated(store.locate('a')!)).toThrow('the archive has vanished')
    await store.close()
  })
})

describe('an archive that cannot be opened', () => {
  test.each([
    ['no file', undefined, 'there is no such archive'],
    ['an empty file', '', 'no end record'],
    ['text', 'This is not an archive, only a few words that somebody wrote.', 'no end record'],
  ])('%s is refused in a sentence', async (_what, text, message) => {
    const path = freshPath()
    if (text !== undefined) writeFileSync(path, text)
    const store = new ZipStore(path)
    await expect(store.get('zarr.json')).rejects.toThrow(IoError)
    await expect(store.list('')).rejects.toThrow(message)
    await store.close()
  })

  test('a folder is no archive', async () => {
    await expect(new ZipStore(base).get('a')).rejects.toThrow('a folder lies where a file should be')
    await expect(new ZipStore(base, { mode: 'w' }).set('a', Uint8Array.of(1))).rejects.toThrow(
      'a folder lies',
    )
  })
})
