import { execFileSync } from 'node:child_process'
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { create, refused, workspace } from './testing/workspace'
import { outputTo } from './output-file'
import { run } from './testing/run'
import type { Io } from './io'

const here = workspace()
const io = { binary: false } as Io

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zarrscope-output-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('an output file', () => {
  test('appears when it is whole', async () => {
    const path = join(folder, 'a.raw')
    writeFileSync(path, 'old')
    await outputTo(io, { path, binary: true, bytes: 6 }, async (write) => {
      await write('new ')
      await write(Uint8Array.from([1, 2]))
      expect(readFileSync(path, 'latin1')).toBe('old')
    })
    expect(readFileSync(path, 'latin1')).toBe('new \x01\x02')
    expect(readdirSync(folder)).toEqual(['a.raw'])
  })

  test('stays as it was where writing fails, and nothing is left beside it', async () => {
    const path = join(folder, 'a.raw')
    writeFileSync(path, 'old')
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    const failing = outputTo(io, { path, binary: true }, async (write) => {
      await write('new')
      throw full
    })
    await expect(failing).rejects.toThrow(`${path}: it cannot be written: the disk is full.`)
    expect(readdirSync(folder)).toEqual(['a.raw'])
    expect(readFileSync(path, 'latin1')).toBe('old')
  })

  test('is not begun where the disk has no room for it', async () => {
    await create(here, '--shape', '1000000,1000000000')
    await refused(here, 1, /it would take 3\.6P, and its disk has [\d.]+[KMGTP] left\.$/m, [
      ...['get', here.a, '-f', 'raw', '-o', join(here.folder, 'a.raw')],
    ])
  })

  test('is no folder', async () => {
    await create(here)
    await refused(here, 1, /it is a folder; name a file in it/, [
      'get',
      here.a,
      '-f',
      'raw',
      '-o',
      here.folder,
    ])
  })

  test.skipIf(process.platform === 'win32')('named by a link is what the link leads to', async () => {
    await create(here)
    writeFileSync(join(folder, 'real.csv'), 'old')
    symlinkSync('real.csv', join(folder, 'link.csv'))
    await run(['get', here.a, '0', '-o', join(folder, 'link.csv')])
    expect(lstatSync(join(folder, 'link.csv')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'real.csv'), 'latin1')).toBe('0\r\n'.repeat(6))
  })

  test.skipIf(process.platform === 'win32')('that is a pipe is written into and stays', async () => {
    await create(here)
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const [taken, ran] = await Promise.all([readFile(path), run(['get', here.a, '-f', 'raw', '-o', path])])
    expect(ran).toMatchObject({ status: 0, err: '' })
    expect(taken).toEqual(Buffer.alloc(96))
    expect(lstatSync(path).isFIFO()).toBe(true)
  })
})
