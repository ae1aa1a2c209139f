import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { npyHeader } from '@engine/interop/npy'
import { create, data, done, info, refused, workspace } from './testing/workspace'

const ws = workspace()

describe('create and group', () => {
  test('create makes the array and the groups above it', async () => {
    await create(ws, '--attrs', '{"units": "K"}', '--dims', 'y,x', '--fill', '7', '--compressor', 'zstd:3')
    expect(await info(ws.a)).toMatchObject({
      zarrFormat: 3,
      shape: [4, 6],
      chunks: [2, 3],
      dtype: 'int32',
      fillValue: 7,
      dimensionNames: ['y', 'x'],
      attributes: { units: 'K' },
    })
    expect(await info(join(ws.folder, 's.zarr'))).toMatchObject({ kind: 'group', zarrFormat: 3 })
  })

  test('formats, separators, whole dimensions, shards, guesses', async () => {
    await done([
      'create',
      ws.a,
      '--shape',
      '100,50',
      '--chunks',
      '10,none',
      '--dtype',
      '>f8',
      '--zarr-format',
      '2',
      '--separator',
      '/',
    ])
    expect(await info(ws.a)).toMatchObject({ zarrFormat: 2, chunks: [10, 50], dtype: '>f8' })
    const b = join(ws.folder, 'b.zarr')
    await done(['create', b, '--shape', '64,64', '--chunks', '8,8', '--shards', '32,32', '--dtype', 'u1'])
    expect(await info(b)).toMatchObject({ chunks: [8, 8], shards: [32, 32] })
    const c = join(ws.folder, 'c.zarr')
    await done(['create', c, '--shape', '', '--dtype', 'f4', '--zarr-format', '1'])
    expect(await info(c)).toMatchObject({ zarrFormat: 1, shape: [] })
    const d = join(ws.folder, 'd.zarr')
    await done(['create', d, '--like', b, '--shape', '128,64', '--dtype', 'u2'])
    expect(await info(d)).toMatchObject({
      shape: [128, 64],
      chunks: [8, 8],
      shards: [32, 32],
      dtype: 'uint16',
    })
  })

  test('an array without dimensions has no chunk lengths, and a zip may lie in a new folder', async () => {
    await done(['create', ws.a, '--shape', '', '--chunks', '', '--dtype', 'f4'])
    expect(await info(ws.a)).toMatchObject({ shape: [], chunks: [] })
    const zip = join(ws.folder, 'new/folder/s.zip/b')
    await done(['create', zip, '--shape', '3', '--dtype', 'i4'])
    expect(await info(zip)).toMatchObject({ shape: [3], store: { kind: 'zip' } })
  })

  test('--mode says what becomes of what exists', async () => {
    await create(ws)
    await done(['set', ws.a, '...', '5'])
    await refused(ws, 1, /exists already/, ['create', ws.a, '--shape', '1', '--dtype', 'i4'])
    await create(ws, '--mode', 'a')
    expect(await data(ws.a, '0, 0')).toBe(5)
    await create(ws, '--mode', 'w')
    expect(await data(ws.a, '0, 0')).toBe(0)
  })

  test('group joins the format of its store', async () => {
    await done(['group', join(ws.folder, 'g.zarr/x/y'), '--zarr-format', '2'])
    await done(['group', join(ws.folder, 'g.zarr/z')])
    expect(await info(join(ws.folder, 'g.zarr/z'))).toMatchObject({ kind: 'group', zarrFormat: 2 })
    await refused(ws, 1, /exists already/, ['group', join(ws.folder, 'g.zarr/z')])
  })

  test.each<[number, RegExp, string[]]>([
    [2, /--shape is needed/, ['--dtype', 'i4']],
    [2, /whole numbers/, ['--shape', '4,x', '--dtype', 'i4']],
    [2, /whole number from 1 up/, ['--shape', '4', '--chunks', '0', '--dtype', 'i4']],
    [1, /does not name a data type/, ['--shape', '4', '--dtype', 'i5']],
    [2, /is not a codec; known are none, blosc/, ['--shape', '4', '--dtype', 'i4', '--compressor', 'zip']],
    [
      2,
      /blosc takes at most/,
      ['--shape', '400000000', '--chunks', '300000000', '--dtype', 'f8', '--compressor', 'blosc'],
    ],
    [1, /fill value does not fit/, ['--shape', '4', '--dtype', 'u1', '--fill', '300']],
    [
      2,
      /no multiple of the chunk length/,
      ['--shape', '4', '--chunks', '2', '--shards', '3', '--dtype', 'i4'],
    ],
    [
      2,
      /Format 2 has no shards/,
      ['--shape', '4', '--chunks', '2', '--shards', '4', '--dtype', 'i4', '--zarr-format', '2'],
    ],
    [2, /--mode is w, w- or a/, ['--shape', '4', '--dtype', 'i4', '--mode', 'x']],
    [2, /JSON object/, ['--shape', '4', '--dtype', 'i4', '--attrs', '[1]']],
    [1, /--attrs/, ['--shape', '4', '--dtype', 'i4', '--attrs', '{']],
    [2, /dimension names do not fit/, ['--shape', '4', '--dtype', 'i4', '--dims', 'a,b']],
  ])('refuses with status %i: %s', async (status, message, more) => {
    await refused(ws, status, message, ['create', ws.a, ...more])
  })

  test('refuses names that cannot be a path on Windows', async () => {
    for (const name of ['con', 'a:b', 'x.', '__x'])
      await refused(ws, 2, /cannot be the name/, [
        'create',
        join(ws.folder, 's.zarr', name),
        '--shape',
        '1',
        '--dtype',
        'i4',
      ])
  })
})

describe('set', () => {
  test('scalars, lists, arange, broadcasting', async () => {
    await create(ws)
    await done(['set', ws.a, '...', 'arange'])
    expect(await data(ws.a, '3')).toEqual([18, 19, 20, 21, 22, 23])
    await done(['set', ws.a, '0', '-5'])
    await done(['set', ws.a, '1:3, ::2', '[[1, 2, 3], [4, 5, 6]]'])
    await done(['set', ws.a, ':, 5', '[9, 8, 7, 6]'])
    expect(await data(ws.a)).toEqual([
      [-5, -5, -5, -5, -5, 9],
      [1, 7, 2, 9, 3, 8],
      [4, 13, 5, 15, 6, 7],
      [18, 19, 20, 21, 22, 6],
    ])
  })

  test('--unsafe casts numbers that the data type cannot hold, as NumPy does', async () => {
    await create(ws, '--mode', 'w')
    await refused(ws, 1, /"1.5" is not an integer/, ['set', ws.a, '0', '1.5'])
    await done(['set', ws.a, '0', '1.5', '--unsafe'])
    await done(['set', ws.a, '1, :2', '[2.9, -2.9]', '--unsafe'])
    await done(['set', ws.a, '2', '4294967298', '--unsafe'])
    await done(['set', ws.a, '3', '--unsafe', '--', '-4294967298'])
    expect(await data(ws.a, ':, :2')).toEqual([
      [1, 1],
      [2, -2],
      [2, 2],
      [-2, -2],
    ])
    await refused(ws, 1, /"x"/, ['set', ws.a, '0', 'x', '--unsafe'])
  })

  test.each<[string, string, unknown]>([
    ['f4', 'nan', 'NaN'],
    ['u1', '255', 255],
    ['bool', 'true', true],
    ['string', '"a, b"', 'a, b'],
    ['string', 'plain', 'plain'],
    ['U3', 'abc', 'abc'],
    ['M8[s]', '2020-01-02', '2020-01-02T00:00:00'],
    ['c16', '[1, 2]', [1, 2]],
    ['[["a", "<i4"], ["b", "<f8"]]', '{"a": 1, "b": 0.5}', { a: 1, b: 0.5 }],
  ])('%s takes %s', async (dtype, text, value) => {
    await done(['create', ws.a, '--shape', '3', '--dtype', dtype])
    await done(['set', ws.a, '1', text])
    expect(await data(ws.a, '1')).toEqual(value)
  })

  test('.npy, .csv, arrays and raw bytes', async () => {
    await create(ws)
    const npy = join(ws.folder, 'v.npy')
    writeFileSync(
      npy,
      Buffer.concat([
        npyHeader({ kind: 'int', bits: 16 }, [6]),
        Buffer.from(Int16Array.of(1, 2, 3, 4, 5, 6).buffer),
      ]),
    )
    await done(['set', ws.a, '1:', `@${npy}`])
    writeFileSync(join(ws.folder, 'v.csv'), '10,20,30\r\n40,50,60\r\n')
    await done(['set', ws.a, '0:2, 3:', `@${join(ws.folder, 'v.csv')}`])
    async function* input(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(Int32Array.of(-1, -2).buffer)
    }
    await done(['set', ws.a, '3, :2', '-'], { input: input() })
    expect(await data(ws.a)).toEqual([
      [0, 0, 0, 10, 20, 30],
      [1, 2, 3, 40, 50, 60],
      [1, 2, 3, 4, 5, 6],
      [-1, -2, 3, 4, 5, 6],
    ])
    const b = join(ws.folder, 's.zarr/b')
    await done(['create', b, '--shape', '4,6', '--dtype', 'f8'])
    await done(['set', b, '...', `@${ws.a}`])
    expect(await data(b, '3')).toEqual([-1, -2, 3, 4, 5, 6])
  })

  test('bad values are refused before anything is written', async () => {
    await create(ws)
    await refused(ws, 1, /uint|int32|fit|range/i, ['set', ws.a, '...', '3000000000'])
    await refused(ws, 1, /./, ['set', ws.a, '...', 'abc'])
    await refused(ws, 2, /does not fit a selection/, ['set', ws.a, '0', '[1, 2]'])
    await refused(ws, 1, /out of bounds|outside/i, ['set', ws.a, '4', '1'])
    await refused(ws, 1, /not all of the same length/, ['set', ws.a, ':2', '[[1], [1, 2]]'])
    async function* short(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(1, 2, 3)
    }
    await refused(ws, 1, /only 3 bytes; the selection takes 24/, ['set', ws.a, '0', '-'], { input: short() })
    await refused(ws, 1, /ENOENT|exist/, ['set', ws.a, '0', '@none.npy'])
    await refused(ws, 2, /--sync/, ['set', ws.a, '0', '1', '--sync', 'sometimes'])
  })
})

describe('resize and append', () => {
  test('growing shows fill values, shrinking asks, regrowing shows fill values', async () => {
    await create(ws)
    await done(['set', ws.a, '...', 'arange'])
    expect(await done(['resize', ws.a, '6,none'])).toBe('(6, 6)\n')
    expect(await data(ws.a, '5')).toEqual([0, 0, 0, 0, 0, 0])
    await refused(ws, 2, /This deletes \d+ chunks .*--yes/, ['resize', ws.a, '1,2'])
    let asked = ''
    const ask = async (question: string): Promise<boolean> => {
      asked = question
      return false
    }
    await refused(ws, 2, /Nothing was changed/, ['resize', ws.a, '1,2'], { ask })
    expect(asked).toMatch(/^This deletes/)
    expect(await done(['resize', ws.a, '1,2', '--yes'])).toBe('(1, 2)\n')
    expect(await done(['resize', ws.a, '2,3'])).toBe('(2, 3)\n')
    expect(await data(ws.a)).toEqual([
      [0, 1, 0],
      [0, 0, 0],
    ])
    await refused(ws, 2, /2 dimensions|lengths/, ['resize', ws.a, '5'])
    await refused(ws, 2, /whole numbers/, ['resize', ws.a, '-1,x'])
  })

  test('append takes files and arrays along any axis', async () => {
    await create(ws)
    writeFileSync(join(ws.folder, 'r.csv'), '1,2,3,4,5,6\n')
    expect(await done(['append', ws.a, join(ws.folder, 'r.csv')])).toBe('(5, 6)\n')
    expect(await data(ws.a, '-1')).toEqual([1, 2, 3, 4, 5, 6])
    const b = join(ws.folder, 's.zarr/b')
    await done(['create', b, '--shape', '5,2', '--dtype', 'i2', '--fill', '4'])
    expect(await done(['append', ws.a, b, '--axis', '1'])).toBe('(5, 8)\n')
    expect(await data(ws.a, '0, 6:')).toEqual([4, 4])
    await refused(ws, 1, /cannot be appended/, ['append', ws.a, b, '--axis', '0'])
    await refused(ws, 2, /no axis 5/, ['append', ws.a, b, '--axis', '5'])
  })
})

describe('attrs', () => {
  test('writes, reads and deletes', async () => {
    await create(ws)
    await done(['attrs', ws.a, 'units="K"', 'scale=1.0', 'list=[1, 2]'])
    expect(JSON.parse(await done(['attrs', ws.a]))).toEqual({ units: 'K', scale: 1, list: [1, 2] })
    await done(['attrs', ws.a, '--delete', 'list', 'units="°C"'])
    expect(JSON.parse(await done(['attrs', ws.a]))).toEqual({ units: '°C', scale: 1 })
    expect(readFileSync(join(ws.a, 'zarr.json'), 'utf8')).toContain('1.0')
    await refused(ws, 1, /no attribute "list"/, ['attrs', ws.a, '--delete', 'list'])
    await refused(ws, 2, /is no JSON/, ['attrs', ws.a, 'units=K'])
  })
  test('formats 1 and 2 stay ASCII, as their programs need it; other characters that are there stay', async () => {
    const documents = (root: string): string[] =>
      ['attrs', 'a/.zattrs', '.zmetadata']
        .map((name) => join(root, name))
        .filter((file) => existsSync(file))
        .map((file) => readFileSync(file, 'utf8'))
    const old = join(ws.folder, 'old.zarr')
    await done(['create', old, '--shape', '1', '--dtype', 'i4', '--zarr-format', '1'])
    await done(['attrs', old, 'é="\u{1f40d}"'])
    expect(documents(old)).toEqual(['{\n    "\\u00e9": "\\ud83d\\udc0d"\n}'])
    await done(['attrs', old, 'b={"y": 1.0, "x": [1]}', 'a=2'])
    expect(documents(old)[0]).toMatch(/^\{\n    "a": 2,\n    "b": \{\n        "x": \[\n            1\n/)
    const root = join(ws.folder, 's.zarr')
    await create(ws, '--zarr-format', '2')
    await done(['consolidate', root])
    await done(['attrs', ws.a, 'é="\u{1f40d}"'])
    expect(documents(root).join('')).toMatch(/^[\x00-\x7f]*ud83d[^]*ud83d[\x00-\x7f]*$/)
    writeFileSync(join(root, 'a/.zattrs'), '{"units": "°C"}')
    await done(['attrs', ws.a, 'é=1'])
    expect(documents(root)[0]).toBe('{"units": "°C", "é": 1}')
    expect(documents(root)[1]).toMatch(/^[\x00-\x7f]*$/)
  })
})
