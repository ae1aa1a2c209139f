import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { array2, array3, group3 } from '@engine/nodes/testing/sample-nodes'
import { run } from '../src/main/cli/testing/run'

const folders: string[] = []
let store: string
beforeEach(() => {
  store = join(mkdtempSync(join(tmpdir(), 'zarrscope-hostile-')), 'h.zarr')
  folders.push(join(store, '..'))
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function write(files: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(join(store, name, '..'), { recursive: true })
    const raw = typeof value === 'string' || value instanceof Uint8Array
    writeFileSync(join(store, name), raw ? value : JSON.stringify(value))
  }
}

/** The command must fail with one clear line, soon, and leave everything as it was. */
async function refused(argv: string[], why: RegExp): Promise<void> {
  const before = readdirSync(store, { recursive: true })
  const started = Date.now()
  const { status, out, err } = await run(argv)
  expect({ status, out }).toEqual({ status: 1, out: '' })
  expect(err).toMatch(/^error: [^\n]+\n$/)
  expect(err).toMatch(why)
  expect(Date.now() - started).toBeLessThan(10_000)
  expect(readdirSync(store, { recursive: true })).toEqual(before)
}

describe('a path that cannot be opened', () => {
  test('is nothing at all', () => refusedOutside(['info', '/nowhere/at/all.zarr'], /does not exist/))
  test('is a folder without metadata', async () => {
    mkdirSync(store)
    await refused(['info', store], /is not a Zarr store/)
  })
  test('is a plain file', async () => {
    mkdirSync(store)
    writeFileSync(join(store, 'notes.txt'), 'hello')
    await refused(['info', join(store, 'notes.txt')], /plain file/)
  })
  test('is a broken zip', async () => {
    mkdirSync(store)
    writeFileSync(join(store, 'broken.zip'), 'PK\x03\x04 and then nothing')
    await refused(['info', join(store, 'broken.zip')], /broken\.zip/)
  })

  async function refusedOutside(argv: string[], why: RegExp): Promise<void> {
    const { status, err } = await run(argv)
    expect([status, why.test(err)]).toEqual([1, true])
  }
})

describe('metadata', () => {
  test.each<[string, unknown, RegExp]>([
    ['cut off', '{"zarr_format": 3, "node_type": "arr', /zarr\.json/],
    ['not JSON', '<html>', /zarr\.json/],
    ['nested without end', '['.repeat(100_000), /zarr\.json|nest|depth/i],
    ['a list', '[1, 2]', /object/],
    ['with a negative shape', array3({ shape: [-4] }), /shape/],
    ['with a fractional shape', array3({ shape: [1.5] }), /shape/],
    ['with a text for a shape', array3({ shape: '4' }), /shape/],
    [
      'with empty chunks',
      array3({ chunk_grid: { name: 'regular', configuration: { chunk_shape: [0] } } }),
      /chunk/,
    ],
    ['with 100 dimensions', array3({ shape: Array(100).fill(1) }), /64/],
  ])('that is %s is refused by name', async (_what, document, why) => {
    write({ 'zarr.json': document })
    await refused(['info', store], why)
  })

  test('that asks for 10^18 items opens, and only what is read costs memory', async () => {
    write({
      'zarr.json': array3({
        shape: [1e9, 1e9],
        chunk_grid: { name: 'regular', configuration: { chunk_shape: [1e9, 1e9] } },
      }),
      'c/0/0': 'x',
    })
    const { status, out } = await run(['info', store])
    expect([status, out.split('\n')[0]]).toEqual([
      0,
      'zarr.core.Array((1000000000, 1000000000), int16, chunks=(1000000000, 1000000000), order=C)',
    ])
    const before = process.memoryUsage().rss
    await refused(['get', store, '0, 0'], /limit|holds 1 bytes|cannot be decoded/i)
    await refused(['get', store, '-f', 'raw', '-o', join(store, '../out.raw')], /./)
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20)
  })

  test('with names of the prototype is only metadata', async () => {
    write({
      'zarr.json':
        '{"zarr_format": 3, "node_type": "group", "attributes": {"__proto__": {"polluted": true}}}',
    })
    expect(JSON.parse((await run(['attrs', store])).out)).toHaveProperty('__proto__')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('chunks', () => {
  const le = [{ name: 'bytes', configuration: { endian: 'little' } }]

  test('cut short or too long are named; others stay readable', async () => {
    write({ 'zarr.json': array3(), 'c/0': 'abc', 'c/1': 'abcd' })
    await refused(['get', store], /c\/0/)
    expect((await run(['get', store, '2:', '--json'])).status).toBe(0)
    write({ 'c/0': 'abcdef' })
    await refused(['get', store], /c\/0/)
  })

  test.skipIf(process.platform === 'win32')(
    'that are pipes, folders or links out of the store do not hang or lie',
    async () => {
      write({ 'zarr.json': array3() })
      mkdirSync(join(store, 'c'))
      execFileSync('mkfifo', [join(store, 'c/0')])
      await refused(['get', store, '0'], /pipe/)
      mkdirSync(join(store, 'c/1'))
      await refused(['get', store, '2'], /folder/)
      rmSync(join(store, 'c/0'))
      symlinkSync('/etc/hostname', join(store, 'c/0'))
      await refused(['get', store, '0'], /link|outside|leaves/)
    },
  )

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'that may not be read are named',
    async () => {
      write({ 'zarr.json': array3(), 'c/0': 'abcd' })
      chmodSync(join(store, 'c/0'), 0)
      await refused(['get', store], /c\/0/)
    },
  )

  test('that unpack to more than the metadata says are stopped', async () => {
    const { gzipSync } = await import('node:zlib')
    write({
      'zarr.json': array3({ codecs: [...le, { name: 'gzip', configuration: { level: 9 } }] }),
      'c/0': gzipSync(new Uint8Array(2 ** 26)),
    })
    await refused(['get', store, '0'], /c\/0/)
  })

  test('of pickled objects are never decoded', async () => {
    write({
      '.zarray': array2({ dtype: '|O', filters: [{ id: 'pickle', protocol: 4 }], fill_value: null }),
      '0': 'anything',
    })
    await refused(['get', store], /pickle/)
    expect((await run(['info', store])).status).toBe(0)
  })
})

test('one bad node leaves the others usable', async () => {
  write({ 'zarr.json': group3(), 'bad/zarr.json': '{', 'good/zarr.json': array3() })
  const { status, out } = await run(['tree', store])
  expect(status).toBe(0)
  expect(out).toMatch(/bad {2}! bad\/zarr\.json/)
  expect(out).toContain('good  int16')
  expect((await run(['get', `${store}/good`, '0'])).out).toBe('7\n')
})
