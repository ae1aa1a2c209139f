import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { IoError, LimitError } from '@shared/errors'
import { faultyFs } from '../files/faulty'
import { nodeFs } from '../files/node'
import { DirectoryStore } from './directory'
import { readLocated } from './read-located'
import { storeContract, type Values } from './store.contract'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-directory-'))
let count = 0
const freshPath = (): string => join(base, String(count++))
afterAll(() => rmSync(base, { recursive: true, force: true }))

function write(path: string, values: Values): void {
  mkdirSync(path, { recursive: true })
  for (const [key, value] of Object.entries(values)) {
    mkdirSync(dirname(join(path, key)), { recursive: true })
    writeFileSync(join(path, key), value)
  }
}

storeContract('DirectoryStore', {
  async open(values) {
    const path = freshPath()
    write(path, values)
    writeFileSync(join(path, 'x.zarrscope.partial'), 'unfinished')
    return new DirectoryStore(path, { readOnly: true })
  },
  create: async () => new DirectoryStore(freshPath()),
  reopen: async (store) => new DirectoryStore(store.path!, { readOnly: true }),
  readLocated,
})

describe('DirectoryStore', () => {
  let path: string
  let store: DirectoryStore
  beforeEach(() => {
    path = freshPath()
    write(path, { 'zarr.json': Buffer.from('{}'), 'c/0': Uint8Array.of(1, 2, 3) })
    store = new DirectoryStore(path)
  })

  const refusal = async (key: string): Promise<IoError> => {
    const error: unknown = await store.get(key).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(IoError)
    expect(() => readLocated(store.locate(key))).toThrow((error as IoError).message)
    return error as IoError
  }

  test('a folder, pipe or device in place of a file is an error that names it, at once', async () => {
    mkdirSync(join(path, 'c/1'))
    expect((await refusal('c/1')).message).toBe(
      `${join(path, 'c/1')}: a folder lies where a file should be; it was not read.`,
    )
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [join(path, 'c/2')])
    expect((await refusal('c/2')).message).toContain('a pipe, device or socket lies where a file should be')
    await expect(store.size('c/2')).rejects.toThrow(IoError)
    const devices = new DirectoryStore(path, { allowLinks: true })
    symlinkSync('/dev/zero', join(path, 'c/3'))
    await expect(devices.get('c/3')).rejects.toThrow('a pipe, device or socket')
    expect(() => readLocated(devices.locate('c/3'))).toThrow('a pipe, device or socket')
  })

  test('a store that vanished is an error, not a store without chunks', async () => {
    expect(await store.get('c/1')).toBeUndefined()
    const located = store.locate('c/1')
    expect(readLocated(located)).toBeUndefined()
    renameSync(path, `${path}-away`)
    await expect(store.get('c/1')).rejects.toThrow('the store has vanished')
    await expect(store.get('c/0')).rejects.toThrow('the store has vanished')
    await expect(store.stamp('c/0')).rejects.toThrow('the store has vanished')
    await expect(store.list('')).rejects.toThrow('the store has vanished')
    await expect(store.scan('').next()).rejects.toThrow('the store has vanished')
    await expect(store.set('c/0', Uint8Array.of(1))).rejects.toThrow('the store has vanished')
    expect(() => readLocated(located)).toThrow('the store has vanished')
    expect(existsSync(path)).toBe(false)
  })

  test('links are followed inside the store, refused where they leave it or lead nowhere', async () => {
    const outside = freshPath()
    write(outside, { secret: Buffer.from('secret') })
    symlinkSync('0', join(path, 'c/inside'))
    symlinkSync(join(outside, 'secret'), join(path, 'c/outside'))
    symlinkSync(outside, join(path, 'away'))
    symlinkSync('nowhere', join(path, 'c/dangling'))
    symlinkSync('circle', join(path, 'c/circle'))
    expect(await store.get('c/inside')).toEqual(Uint8Array.of(1, 2, 3))
    expect(readLocated(store.locate('c/inside'))).toEqual(Uint8Array.of(1, 2, 3))
    expect((await refusal('c/outside')).message).toContain('a link that leaves the store')
    expect((await refusal('away/secret')).message).toContain('a link that leaves the store')
    expect((await refusal('c/dangling')).message).toContain('leads nowhere')
    expect((await refusal('c/circle')).message).toContain('circle')
    const following = new DirectoryStore(path, { allowLinks: true })
    expect(await following.get('away/secret')).toEqual(new Uint8Array(Buffer.from('secret')))
    expect(readLocated(following.locate('c/outside'))).toEqual(new Uint8Array(Buffer.from('secret')))
  })

  test('nothing is written or deleted through a link that leaves the store', async () => {
    const outside = freshPath()
    write(outside, { secret: Buffer.from('secret') })
    symlinkSync(join(outside, 'secret'), join(path, 'c/outside'))
    symlinkSync(outside, join(path, 'away'))
    const following = new DirectoryStore(path, { allowLinks: true })
    for (const key of ['c/outside', 'away/secret', 'away/new/key'])
      await expect(following.set(key, Uint8Array.of(1))).rejects.toThrow('leaves the store')
    await expect(following.delete('away/secret')).rejects.toThrow('leaves the store')
    await following.deletePrefix('away')
    expect(readdirSync(outside)).toEqual(['secret'])
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret')
    expect(existsSync(join(path, 'away'))).toBe(false)
  })

  test('circles of links end, and what two names reach counts once', async () => {
    symlinkSync('.', join(path, 'c/loop'))
    symlinkSync('..', join(path, 'c/up'))
    symlinkSync('c', join(path, 'alias'))
    const keys: string[] = []
    for await (const batch of store.scan('')) keys.push(...batch.map(({ key }) => key))
    expect(keys.sort()).toEqual(['c/0', 'zarr.json'])
    expect((await store.list('')).prefixes).toEqual(['alias', 'c'])
    expect((await store.list('alias')).prefixes).toEqual([])
  })

  test('a file too large to be one value is refused, its parts can be read', async () => {
    truncateSync(join(path, 'c/0'), 2 ** 32)
    await expect(store.get('c/0')).rejects.toThrow(LimitError)
    expect(() => readLocated(store.locate('c/0'))).toThrow(LimitError)
    expect(await store.get('c/0', { range: { suffix: 3 } })).toEqual(new Uint8Array(3))
  })

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a scan gives all it can read, then the folder it could not',
    async () => {
      write(path, { 'd/x': Uint8Array.of(1) })
      chmodSync(join(path, 'd'), 0)
      const scan = store.scan('')
      const found: string[] = []
      await expect(
        (async () => {
          for await (const batch of scan) found.push(...batch.map(({ key }) => key))
        })(),
      ).rejects.toThrow('could not be read')
      chmodSync(join(path, 'd'), 0o700)
      expect(found.sort()).toEqual(['c/0', 'zarr.json'])
    },
  )

  test('an unfinished write leaves nothing behind, whichever call fails', async () => {
    for (const code of ['EIO', 'ENOSPC', 'EACCES', 'EROFS', 'EMFILE'])
      for (const [persistent, shortWrite] of [
        [false, false],
        [true, false],
        [false, true],
      ] as const)
        for (let at = 1; ; at++) {
          const fs = faultyFs(nodeFs, { at, code, persistent, shortWrite })
          const faulty = new DirectoryStore(path, { fs })
          const outcome = await faulty.set('c/0', Uint8Array.of(9, 9)).then(
            () => 'done',
            (thrown: unknown) => thrown,
          )
          const now = [...readFileSync(join(path, 'c/0'))].join()
          expect(['1,2,3', '9,9'], `${code} at ${at}`).toContain(now)
          if (outcome === 'done') expect(now).toBe('9,9')
          else expect(outcome, `${code} at ${at}: ${fs.calls.join()}`).toBeInstanceOf(IoError)
          writeFileSync(join(path, 'c/0'), Uint8Array.of(1, 2, 3))
          expect((await store.list('c')).keys).toEqual(['0'])
          const left = readdirSync(join(path, 'c')).filter((name) => name !== '0')
          // Where everything fails from a call on, the unfinished file cannot be removed either.
          if (!persistent) expect(left).toEqual([])
          for (const name of left) rmSync(join(path, 'c', name))
          if (fs.calls.length < at) break
        }
  })

  test('a prefix is deleted wholly or not at all, whichever call fails', async () => {
    for (let at = 1; ; at++) {
      write(path, { 'd/zarr.json': Uint8Array.of(1), 'd/c/0': Uint8Array.of(2), 'd/c/1': Uint8Array.of(3) })
      const fs = faultyFs(nodeFs, { at, code: 'EIO' })
      const outcome = await new DirectoryStore(path, { fs }).deletePrefix('d').then(
        () => 'done',
        (thrown: unknown) => thrown,
      )
      const left: string[] = []
      for await (const batch of store.scan('d')) left.push(...batch.map(({ key }) => key))
      expect([0, 3], fs.calls.join()).toContain(left.length)
      if (outcome === 'done') expect(left).toEqual([])
      else expect(outcome).toBeInstanceOf(IoError)
      if (fs.calls.length < at) break
    }
  })
})
