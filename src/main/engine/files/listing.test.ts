import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IoError } from '@shared/errors'
import { scanFiles, type FileBatch, type ScanEnd, type ScanOptions } from './scan-directory'
import { gridNames, MISSING, statNamesSync } from './stat-names'

const root = mkdtempSync(join(tmpdir(), 'zarrscope-listing-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

beforeAll(() => {
  for (const name of [
    'zarr.json',
    'c/0/0',
    'c/0/1',
    'c/1/0',
    'c/.1.zarrscope.partial',
    'x.zarrscope.lock/owner',
  ]) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), name)
  }
  mkdirSync(join(root, 'c/2/0'), { recursive: true })
})

/** All that is found, batch by batch. */
function scanAll(folder: string, onBatch: (batch: FileBatch) => void, options: ScanOptions): ScanEnd {
  const batches = scanFiles(folder, options)
  for (let next = batches.next(); ; next = batches.next()) {
    if (next.done) return next.value
    onBatch(next.value)
  }
}

function scan(options: Partial<ScanOptions> = {}, folder = root): { batches: FileBatch[]; found: string[] } {
  const batches: FileBatch[] = []
  const { problems } = scanAll(folder, (batch) => batches.push(batch), {
    confinement: { root },
    ...options,
  })
  expect(problems).toEqual([])
  return { batches, found: batches.flatMap(({ names }) => names).sort() }
}

describe('scanFiles', () => {
  test('finds every file with its size and time, and none of our own', () => {
    const { batches, found } = scan()
    expect(found).toEqual(['c/0/0', 'c/0/1', 'c/1/0', 'zarr.json'])
    for (const { names, sizes, modified } of batches) {
      names.forEach((name, i) => {
        const stat = statSync(join(root, name))
        expect([sizes[i], modified[i]]).toEqual([stat.size, stat.mtimeMs])
      })
    }
  })

  test('tells which folders it read, and when names in them last came or went', () => {
    const { folders } = scanAll(root, () => undefined, { confinement: { root } })
    expect(folders!.map(({ name }) => name).sort()).toEqual(['', 'c', 'c/0', 'c/1', 'c/2', 'c/2/0'])
    for (const { name, modified } of folders!) expect(modified).toBe(statSync(join(root, name)).mtimeMs)
  })

  test('gives names alone, below a folder, without some, in small batches', () => {
    expect(scan({ sizes: false }).batches.every(({ sizes }) => sizes.length === 0)).toBe(true)
    expect(scan({}, join(root, 'c/0')).found).toEqual(['0', '1'])
    expect(scan({ exclude: new Set(['c/0']) }).found).toEqual(['c/1/0', 'zarr.json'])
    expect(scan({ batch: 1 }).batches.map(({ names }) => names.length)).toEqual([1, 1, 1, 1])
  })

  test('a missing folder holds nothing, a missing root is an error', () => {
    expect(scan({}, join(root, 'nothing')).found).toEqual([])
    expect(() => scan({ confinement: { root: join(root, 'gone') } })).toThrow(IoError)
  })

  test('follows links inside the root once, and out of it only where told', () => {
    const outside = mkdtempSync(join(tmpdir(), 'zarrscope-outside-'))
    writeFileSync(join(outside, 'far'), 'far')
    mkdirSync(join(root, 'links'))
    symlinkSync('../c', join(root, 'links/again'))
    symlinkSync('..', join(root, 'links/up'))
    symlinkSync(outside, join(root, 'links/away'))
    symlinkSync('../zarr.json', join(root, 'links/file'))
    const plain = ['c/0/0', 'c/0/1', 'c/1/0', 'links/file', 'zarr.json']
    expect(scan().found).toEqual(plain)
    expect(scan({ confinement: { root, followLinks: true } }).found).toEqual(
      [...plain, 'links/away/far'].sort(),
    )
    const real = scan({}, join(root, 'links')).found.map((name) => realpathSync(join(root, 'links', name)))
    const expected = ['c/0/0', 'c/0/1', 'c/1/0', 'zarr.json', 'zarr.json'].map((name) =>
      join(realpathSync(root), name),
    )
    expect(real.sort()).toEqual(expected)
    rmSync(join(root, 'links'), { recursive: true })
    rmSync(outside, { recursive: true })
    expect(readdirSync(root)).not.toContain('links')
  })
})

describe('statNamesSync', () => {
  test('gives the size and time of every name, and that there is none', () => {
    const names = ['c/0/0', 'c/0/2', 'c/2/0', 'c/0', 'zarr.json/x', 'zarr.json']
    const { sizes, modified } = statNamesSync(root, { names })
    expect([...sizes]).toEqual([5, MISSING, MISSING, MISSING, MISSING, 9])
    expect(modified[0]).toBe(statSync(join(root, 'c/0/0')).mtimeMs)
    const folders = statNamesSync(root, { names: ['c/0', 'zarr.json', 'gone'], kind: 'folder' })
    expect([...folders.sizes].map((size) => size >= 0)).toEqual([true, false, false])
    expect(folders.modified[0]).toBe(statSync(join(root, 'c/0')).mtimeMs)
    const grid = { prefix: 'c/', separator: '/', shape: [2, 2], from: 0, to: 4 }
    expect([...statNamesSync(root, { names: grid }).sizes]).toEqual([5, 5, 5, MISSING])
    expect(() => statNamesSync(join(root, 'gone'), { names: ['x'] })).toThrow(IoError)
  })

  test('agrees with the listing about links: only what lies inside the store counts, unless told', () => {
    const store = realpathSync(mkdtempSync(join(tmpdir(), 'zarrscope-links-')))
    const outside = mkdtempSync(join(tmpdir(), 'zarrscope-outside-'))
    mkdirSync(join(store, 'c/0'), { recursive: true })
    mkdirSync(join(outside, 'deep'))
    for (const path of [join(store, 'c/0/0'), join(outside, '0'), join(outside, 'deep/0')])
      writeFileSync(path, 'value')
    symlinkSync('0', join(store, 'c/0/1'))
    symlinkSync(join(outside, '0'), join(store, 'c/0/2'))
    symlinkSync('nowhere', join(store, 'c/0/3'))
    symlinkSync('4', join(store, 'c/0/4'))
    symlinkSync(outside, join(store, 'c/1'))
    const names = ['c/0/0', 'c/0/1', 'c/0/2', 'c/0/3', 'c/0/4', 'c/1/0', 'c/1/deep/0']
    const counted = (options: Pick<ScanOptions, 'confinement'>): string[] => {
      const { sizes } = statNamesSync(store, { names, ...options })
      return names.filter((_, i) => sizes[i] !== MISSING)
    }
    for (const followLinks of [false, true]) {
      const confinement = { root: store, followLinks }
      const { found } = scan({ confinement }, store)
      expect(counted({ confinement })).toEqual(found)
      expect(found).toEqual(followLinks ? names.filter((name) => !/[34]$/.test(name)) : names.slice(0, 2))
    }
    const folders = statNamesSync(store, { names: ['c', 'c/0', 'c/1', 'c/1/deep'], kind: 'folder' })
    expect([...folders.sizes].map((size) => size !== MISSING)).toEqual([true, true, false, false])
    // An array that itself lies behind such a link.
    symlinkSync(outside, join(store, 'array'))
    const { sizes } = statNamesSync(join(store, 'array'), {
      names: ['0'],
      confinement: { root: store },
    })
    expect([...sizes]).toEqual([MISSING])
    rmSync(store, { recursive: true })
    rmSync(outside, { recursive: true })
  })

  test('computes the names of any run of a grid in C order', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(shapes, fc.nat(), fc.nat(), (shape, a, b) => {
        const all = shape.reduce<string[]>(
          (names, length) => names.flatMap((name) => Array.from({ length }, (_, i) => `${name}.${i}`)),
          [''],
        )
        const [from, to] = [a % (all.length + 1), b % (all.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ]
        const run = [...gridNames({ prefix: '.', separator: '.', shape, from, to })]
        expect(run).toEqual(all.slice(from, to))
      }),
      { seed: 11 },
    )
  })
})
