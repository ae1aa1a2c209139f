import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ConflictError, IoError } from '@shared/errors'
import { atomicReplace } from './atomic-replace'
import { faultyFs } from './faulty'
import { stampOf, type Fs, type FsHandle } from './fs'
import { nodeFs } from './node'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-atomic-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

describe('atomicReplace', () => {
  let folder: string
  let path: string
  const OLD = Uint8Array.of(1, 1, 1)
  const NEW = Uint8Array.from({ length: 1000 }, (_, i) => i & 255)
  beforeEach(() => {
    folder = mkdtempSync(join(base, 'x-'))
    path = join(folder, '0.0')
    writeFileSync(path, OLD)
  })
  const now = (): Uint8Array => new Uint8Array(readFileSync(path))

  test('writes the whole file, flushes it and then its folder', async () => {
    const fs = faultyFs(nodeFs, { at: Infinity, code: '' })
    const stat = await atomicReplace(fs, path, NEW)
    expect(now()).toEqual(NEW)
    expect(stampOf(await nodeFs.stat(path))).toBe(stampOf(stat))
    expect(readdirSync(folder)).toEqual(['0.0'])
    const order = fs.calls.map((call) => call.split(' ')[0])
    expect(order).toEqual(['open', 'write', 'sync', 'fstat', 'close', 'rename', 'syncDirectory'])
  })

  test.each(['EIO', 'ENOSPC', 'EACCES', 'EROFS', 'EMFILE', 'EDQUOT'])(
    'leaves the old or the new file whole when a call fails with %s',
    async (code) => {
      for (const variant of [{}, { persistent: true }, { shortWrite: true }])
        for (let at = 1; ; at++) {
          writeFileSync(path, OLD)
          const fs = faultyFs(nodeFs, { at, code, ...variant })
          const failure: unknown = await atomicReplace(fs, path, NEW).then(
            () => undefined,
            (thrown: unknown) => thrown,
          )
          expect([OLD, NEW]).toContainEqual(now())
          if (failure === undefined) expect(now()).toEqual(NEW)
          else expect(failure).toBeInstanceOf(IoError)
          const left = readdirSync(folder).filter((name) => name !== '0.0')
          if (!('persistent' in variant)) expect(left, fs.calls.join()).toEqual([])
          left.forEach((name) => rmSync(join(folder, name)))
          if (fs.calls.length < at) break
        }
    },
  )

  test('never flushes a file again that failed to flush, but writes a fresh one', async () => {
    const flushed: number[] = []
    let files = 0
    const fs: Fs = {
      ...nodeFs,
      async open(name, how) {
        const file = ++files
        return { ...(await nodeFs.open(name, how)), sync: () => sync(file) }
      },
    }
    const sync = async (file: number): Promise<void> => {
      flushed.push(file)
      if (file === 1) throw Object.assign(new Error('EIO'), { code: 'EIO' })
    }
    await atomicReplace(fs, path, NEW)
    expect(flushed).toEqual([1, 2])
    expect(now()).toEqual(NEW)
  })

  test('goes on after short writes and refuses a disk that takes nothing', async () => {
    const withWrite = (write: (handle: FsHandle, source: Uint8Array, at: number) => Promise<number>): Fs => ({
      ...nodeFs,
      async open(name, how) {
        const handle = await nodeFs.open(name, how)
        return { ...handle, write: (source, at) => write(handle, source, at) }
      },
    })
    await atomicReplace(
      withWrite((handle, source, at) => handle.write(source.subarray(0, 7), at)),
      path,
      NEW,
    )
    expect(now()).toEqual(NEW)
    await expect(
      atomicReplace(
        withWrite(async () => 0),
        path,
        OLD,
      ),
    ).rejects.toThrow('the disk took no more bytes')
    // Claims to have written what it did not: the size tells.
    const liar = withWrite(async (_handle, source) => source.length)
    await expect(atomicReplace(liar, path, OLD)).rejects.toThrow('0 of 3 bytes arrived')
    expect(now()).toEqual(NEW)
  })

  test('asks just before the rename, and a conflict leaves the other file', async () => {
    const seen: unknown[] = []
    const check = (current: unknown): void => {
      seen.push(current)
      throw new ConflictError('0.0')
    }
    await expect(atomicReplace(nodeFs, path, NEW, { check })).rejects.toThrow(ConflictError)
    expect(seen).toEqual([await nodeFs.stat(path)])
    expect(now()).toEqual(OLD)
    await expect(atomicReplace(nodeFs, join(folder, 'new'), NEW, { check })).rejects.toThrow(ConflictError)
    expect(seen[1]).toBeUndefined()
    expect(readdirSync(folder)).toEqual(['0.0'])
  })

  test('tries again where another program holds the file for a moment, as Windows has it', async () => {
    let held = 3
    const fs: Fs = {
      ...nodeFs,
      async rename(from, to) {
        if (held-- > 0) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' })
        await nodeFs.rename(from, to)
      },
    }
    await expect(atomicReplace(fs, path, NEW, { retryDelays: [0, 0] })).rejects.toThrow(
      'another program is using it',
    )
    expect(now()).toEqual(OLD)
    held = 2
    await atomicReplace(fs, path, NEW, { retryDelays: [0, 0] })
    expect(now()).toEqual(NEW)
  })
})
