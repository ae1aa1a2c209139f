import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { run } from './testing/run'
import { create, data, done, info, refused, workspace } from './testing/workspace'

const ws = workspace()

describe('copy', () => {
  beforeEach(async () => {
    await create(ws)
    await done(['set', ws.a, '...', 'arange'])
  })

  test('to another store, format and layout, verified', async () => {
    const b = join(ws.folder, 'b.zarr/x')
    await done(['copy', ws.a, b, '--zarr-format', '2', '--chunks', '4,none', '--dtype', 'f8', '--verify'])
    expect(await info(b)).toMatchObject({ zarrFormat: 2, chunks: [4, 6], dtype: '<f8' })
    expect(await data(b)).toEqual(await data(ws.a))
    await refused(ws, 1, /exists already/, ['copy', ws.a, b])
    await done(['copy', ws.a, b, '--overwrite'])
    expect(await info(b)).toMatchObject({ zarrFormat: 2, dtype: '<i4' })
    await done(['copy', ws.a, b, '--resume', '--zarr-format', '2'])
  })

  test('a store into an archive and back, and to and from .npy', async () => {
    const zip = join(ws.folder, 'z.zip')
    await done(['copy', join(ws.folder, 's.zarr'), zip])
    expect(await data(`${zip}/a`)).toEqual(await data(ws.a))
    await done(['copy', zip, join(ws.folder, 't.zarr'), '--verify'])
    expect(await data(join(ws.folder, 't.zarr/a'))).toEqual(await data(ws.a))
    const npy = join(ws.folder, 'a.npy')
    await done(['copy', ws.a, npy])
    await refused(ws, 2, /exists already/, ['copy', ws.a, npy])
    await done(['copy', npy, join(ws.folder, 'n.zarr'), '--chunks', '1,6', '--verify'])
    expect(await data(join(ws.folder, 'n.zarr'))).toEqual(await data(ws.a))
  })

  test('a failed copy into an archive leaves none, and nothing is copied over itself', async () => {
    await done(['set', ws.a, '0, 0', '300'])
    await refused(ws, 1, /300 does not fit into uint8/, [
      'copy',
      ws.a,
      join(ws.folder, 'y.zip'),
      '--dtype',
      'u1',
    ])
    await refused(ws, 2, /onto itself/, ['copy', ws.a, ws.a, '--overwrite'])
    await refused(ws, 2, /onto itself/, ['copy', join(ws.folder, 's.zarr'), join(ws.folder, 's.zarr/b')])
    await refused(ws, 2, /plain file/, ['copy', ws.a, join(ws.folder, 'a.npy'), '--chunks', '1,1'])
    await refused(ws, 1, /none\.zarr/, ['copy', join(ws.folder, 'none.zarr'), join(ws.folder, 'b.zarr')])
  })
})

describe('rechunk and recompress', () => {
  test('exchange the array and keep every other byte of its document', async () => {
    await create(ws, '--attrs', '{"scale": 1.0}')
    await done(['set', ws.a, '...', 'arange'])
    const before = await data(ws.a)
    await done(['rechunk', ws.a, '--chunks', '4,1'])
    expect(await info(ws.a)).toMatchObject({ chunks: [4, 1] })
    await done(['recompress', ws.a, '--compressor', 'gzip:6', '--filter', 'delta'])
    expect(JSON.stringify(await info(ws.a))).toContain('"gzip"')
    expect(await data(ws.a)).toEqual(before)
    expect(readFileSync(join(ws.a, 'zarr.json'), 'utf8')).toContain('"scale": 1.0')
    expect(readdirSync(join(ws.folder, 's.zarr')).sort()).toEqual(['a', 'zarr.json'])
  })

  test('a failed one leaves the array as it was', async () => {
    await create(ws, '--compressor', 'none')
    await done(['set', ws.a, '...', 'arange'])
    writeFileSync(join(ws.a, 'c/1/1'), 'damaged')
    await refused(ws, 1, /c\/1\/1/, ['rechunk', ws.a, '--chunks', '1,1'])
    await refused(ws, 2, /whole number from 1 up/, ['rechunk', ws.a, '--chunks', '0,1'])
    await refused(ws, 2, /Say what is to change/, ['recompress', ws.a])
    expect(await info(ws.a)).toMatchObject({ chunks: [2, 3] })
  })

  test('works at the root of a store and inside an archive', async () => {
    const root = join(ws.folder, 'r.zarr')
    await done(['create', root, '--shape', '6', '--chunks', '2', '--dtype', 'u2', '--zarr-format', '1'])
    await done(['set', root, '...', 'arange'])
    await done(['rechunk', root, '--chunks', '3'])
    expect(await info(root)).toMatchObject({ zarrFormat: 1, chunks: [3] })
    const zip = join(ws.folder, 'r.zip')
    await done(['copy', root, zip])
    await done(['recompress', zip, '--compressor', 'zlib:9'])
    expect(await data(zip)).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('delete, move, consolidate, migrate, verify', () => {
  test('delete asks, move renames', async () => {
    await create(ws)
    await refused(ws, 2, /This deletes the array "a".*--yes/, ['delete', ws.a])
    await done(['move', ws.a, 'x/b'])
    expect(await info(join(ws.folder, 's.zarr/x/b'))).toMatchObject({ shape: [4, 6] })
    await done(['move', join(ws.folder, 's.zarr/x/b'), join(ws.folder, 's.zarr/c')])
    await refused(ws, 2, /outside the store/, [
      'move',
      join(ws.folder, 's.zarr/c'),
      join(ws.folder, 'elsewhere/c'),
    ])
    await done(['delete', join(ws.folder, 's.zarr/c'), '-y'])
    expect(existsSync(join(ws.folder, 's.zarr/c'))).toBe(false)
  })

  test('consolidated metadata is written, followed and checked', async () => {
    await create(ws, '--zarr-format', '2')
    const store = join(ws.folder, 's.zarr')
    expect(await done(['consolidate', store])).toBe('1 node\n')
    await done(['attrs', ws.a, 'x=1'])
    await done(['create', join(store, 'b'), '--shape', '2', '--dtype', 'i4'])
    expect(await done(['verify', store])).toBe('0 problems; 3 nodes, 0 chunks seen\n')
    writeFileSync(join(ws.a, '.zattrs'), '{"x": 2}')
    const { status, out } = await run(['verify', store, '--json'])
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      problems: [{ node: 'a', kind: 'consolidated', key: '.zmetadata' }],
    })
  })

  test.each(['2', '1'])('migrate gives format %s the documents of format 3', async (format) => {
    const root = join(ws.folder, 'm.zarr')
    await done([
      'create',
      root,
      '--shape',
      '5,7',
      '--chunks',
      '2,3',
      '--dtype',
      '>i4',
      '--zarr-format',
      format,
      '--order',
      'F',
      '--compressor',
      'zlib:1',
      '--attrs',
      '{"a": 1}',
    ])
    await done(['set', root, '...', 'arange'])
    const before = await data(root)
    expect(await done(['migrate', root, '--to', '3', '--remove'])).toBe('1 node\n')
    expect(await info(root)).toMatchObject({ zarrFormat: 3, formats: [3], attributes: { a: 1 } })
    expect(await data(root)).toEqual(before)
    expect(await done(['verify', root, '--data'])).toBe('0 problems; 1 node, 9 chunks decoded\n')
    await refused(ws, 2, /format 3 already/, ['migrate', root, '--to', '3'])
    await refused(ws, 2, /--to 3/, ['migrate', root, '--to', '2'])
  })

  test('verify names what is wrong and where', async () => {
    const store = join(ws.folder, 's.zarr')
    await create(ws, '--compressor', 'none')
    await done([
      'create',
      join(store, 'b'),
      '--shape',
      '4',
      '--chunks',
      '2',
      '--dtype',
      'i4',
      '--compressor',
      'zstd:3',
      '--filter',
      'crc32c',
    ])
    await done(['set', ws.a, '...', 'arange'])
    await done(['set', join(store, 'b'), '...', '7'])
    expect((await run(['verify', store, '--data', '--json'])).status).toBe(0)
    writeFileSync(join(ws.a, 'c/0/0'), 'short')
    writeFileSync(join(ws.a, 'c/0/9'), new Uint8Array(24))
    writeFileSync(join(ws.a, 'notes.txt'), 'x')
    const chunk = readFileSync(join(store, 'b/c/1'))
    chunk[chunk.length - 6]! ^= 1
    writeFileSync(join(store, 'b/c/1'), chunk)
    await done(['group', join(store, 'g')])
    writeFileSync(join(store, 'g/zarr.json'), '{"zarr_format": 3, "node_type": "arr')
    const { status, out } = await run(['verify', store, '--data', '--json'])
    expect(status).toBe(1)
    const report = JSON.parse(out) as {
      problems: { node: string; key: string; kind: string }[]
      checked: unknown
    }
    const found = report.problems.map(({ node, key, kind }) => `${kind} ${node} ${key}`).sort()
    expect(found).toEqual([
      'chunk b b/c/1',
      'metadata g ',
      'size a a/c/0/0',
      'stray a a/c/0/9',
      'stray a a/notes.txt',
    ])
    expect(report.checked).toEqual({ nodes: 4, chunks: 6 })
  })
})
