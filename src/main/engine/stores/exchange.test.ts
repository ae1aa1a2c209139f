import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { faultyFs } from '../files/faulty'
import { nodeFs } from '../files/node'
import { Exchange, notesInside, type ExchangeNote } from './exchange'
import { finishExchanges } from './finish-exchanges'
import { openStore } from './open-store'
import { thisProcess } from '../files/process-facts'

let base: string
let root: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'zarrscope-exchange-'))
  root = join(base, 's.zarr')
  mkdirSync(join(root, 'g/a'), { recursive: true })
  writeFileSync(join(root, 'zarr.json'), '{"zarr_format": 3, "node_type": "group"}')
  writeFileSync(join(root, 'g/a/x'), 'old')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

/** No process has this number: it is beyond what systems give. */
const dead = { ...thisProcess(), pid: 2 ** 30 }
const files = (folder = base): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort()

function make(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'x'), 'new')
}

describe.each([
  ['a folder in the store', (): string => join(root, 'g/a')],
  ['the whole store', (): string => root],
])('an exchange of %s', (_name, place) => {
  test('is seen when it is whole', async () => {
    const folder = place()
    const before = files(folder)
    const exchange = await Exchange.begin(root, folder)
    make(exchange.made)
    expect(files(folder)).toEqual(expect.arrayContaining(before))
    await exchange.take()
    await exchange.abandon()
    expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('new')
    expect(files(folder)).toEqual(['x'])
    expect(files().filter((name) => name.includes('.zarrscope.'))).toEqual([])
  })

  test('that is given up leaves nothing', async () => {
    const before = files()
    const exchange = await Exchange.begin(root, place())
    make(exchange.made)
    await exchange.abandon()
    expect(files()).toEqual(before)
  })

  test('that is cut off at any call is finished or undone when the store is opened', async () => {
    const folder = place()
    const outcomes = new Set<string>()
    for (let at = 1; ; at++) {
      rmSync(folder, { recursive: true })
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'x'), 'old')
      // Every later call fails as well: nothing is put right by whoever was cut off.
      const fs = faultyFs(nodeFs, { at, code: 'EIO', persistent: true })
      let done = false
      try {
        const exchange = await Exchange.begin(root, folder, { fs, owner: dead })
        make(exchange.made)
        await exchange.take()
        done = true
      } catch {
        // Cut off.
      }
      await finishExchanges(root)
      const now = readFileSync(join(folder, 'x'), 'utf8')
      outcomes.add(now)
      expect(files().filter((name) => name.endsWith('.taking.json'))).toEqual([])
      if (done && fs.calls.length < at) break
    }
    expect(outcomes).toEqual(new Set(['old', 'new']))
  })
})

describe('the note of an exchange', () => {
  /** What a crash between the two renames leaves. */
  async function cutOff(owner: typeof dead): Promise<void> {
    const folder = join(root, 'g/a')
    let renames = 0
    const fs = {
      ...nodeFs,
      rename: (from: string, to: string) => {
        if (!from.includes('.journal') && ++renames > 1)
          throw Object.assign(new Error('cut off'), { code: 'EIO' })
        return nodeFs.rename(from, to)
      },
    }
    const exchange = await Exchange.begin(root, folder, { fs, owner })
    make(exchange.made)
    await exchange.take().catch(() => undefined)
    expect(existsSync(folder)).toBe(false)
  }

  test('puts right what is missing before the store is opened, for reading too', async () => {
    await cutOff(dead)
    const { store } = await openStore(root)
    expect(await store.size('g/a/x')).toBe(3)
    expect(files()).toEqual(['s.zarr/g/a/x', 's.zarr/zarr.json'])
    expect(readFileSync(join(root, 'g/a/x'), 'utf8')).toBe('new')
  })

  test('of a process that lives is left alone', async () => {
    await cutOff(thisProcess())
    expect(await finishExchanges(root)).toBe(false)
    expect(existsSync(join(root, 'g/a'))).toBe(false)
  })

  test('of another machine counts once it is old', async () => {
    await cutOff({ ...dead, host: 'elsewhere' })
    expect(await finishExchanges(root)).toBe(false)
    const [note] = readdirSync(notesInside(root))
    utimesSync(join(notesInside(root), note!), 1, 1)
    expect(await finishExchanges(root)).toBe(true)
    expect(readFileSync(join(root, 'g/a/x'), 'utf8')).toBe('new')
  })

  test('puts the old folder back where the new one is gone', async () => {
    await cutOff(dead)
    for (const name of readdirSync(join(root, 'g')))
      if (
        existsSync(join(root, 'g', name, 'x')) &&
        readFileSync(join(root, 'g', name, 'x'), 'utf8') === 'new'
      )
        rmSync(join(root, 'g', name), { recursive: true })
    await openStore(root)
    expect(readFileSync(join(root, 'g/a/x'), 'utf8')).toBe('old')
  })

  test.each<[string, Partial<ExchangeNote>]>([
    ['a place outside of the store', { folder: '../outside/a' }],
    ['a folder outside of the store', { aside: '../outside/.x.zarrscope.partial' }],
    ['what is no folder of this program', { aside: 'g/keep' }],
    ['a folder behind a link', { aside: 'link/.x.zarrscope.partial' }],
    ['no texts', { folder: 5 as unknown as string }],
  ])('that names %s is ignored', async (_name, wrong) => {
    mkdirSync(join(base, 'outside/.x.zarrscope.partial'), { recursive: true })
    mkdirSync(join(root, 'g/keep'))
    symlinkSync(join(base, 'outside'), join(root, 'link'))
    mkdirSync(notesInside(root))
    const note = {
      ...dead,
      folder: 'g/b',
      made: 'g/.m.zarrscope.partial',
      aside: 'g/.a.zarrscope.partial',
    }
    writeFileSync(join(notesInside(root), 'n.taking.json'), JSON.stringify({ ...note, ...wrong }))
    expect(await finishExchanges(root)).toBe(false)
    expect(existsSync(join(base, 'outside/.x.zarrscope.partial'))).toBe(true)
    expect(existsSync(join(root, 'g/keep'))).toBe(true)
    expect(readdirSync(notesInside(root))).toEqual(['n.taking.json'])
  })
})
