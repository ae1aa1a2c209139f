import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DirectoryStore } from '@engine/stores/directory'
import { fillStore } from '../api/sample/write'
import { run } from './testing/run'

let folder: string
let sample: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-cli-'))
  sample = join(folder, 'sample.zarr')
  await fillStore(new DirectoryStore(sample, { flush: 'none' }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const json = async (...argv: string[]): Promise<unknown> => {
  const { out, status, err } = await run(argv)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  return JSON.parse(out)
}

describe('info', () => {
  test('prints the summary block', async () => {
    const { out } = await run(['info', `${sample}/stations/counts`])
    expect(out).toMatch(
      new RegExp(
        [
          String.raw`^zarr\.core\.Array\(\(10, 24\), >i8, chunks=\(3, 12\), order=F\)`,
          String.raw`  compression: blosc; compression_opts: \{'cname': 'zstd', 'clevel': 5, 'shuffle': 1, 'blocksize': 0\}`,
          String.raw`  nbytes: 1\.9K; nbytes_stored: [\d.]+K?; ratio: [\d.]+; initialized: 7/8`,
          String.raw`  store: zarr\.storage\.DirectoryStore\n$`,
        ].join('\n'),
      ),
    )
  })

  test('names shards, dimensions and pipelines', async () => {
    const { out } = await run(['info', `${sample}/climate/precipitation`])
    expect(out.split('\n')[0]).toBe(
      'zarr.core.Array((365, 12, 24), int16, chunks=(16, 6, 12), shards=(128, 12, 24), order=C)',
    )
    expect((await run(['info', `${sample}/stations/name`])).out).toContain(
      'codecs: {"filters": [{"id": "vlen-utf8"}], "compressor": null}',
    )
  })

  test('--json has the facts of the contract', async () => {
    expect(await json('info', `${sample}/climate/precipitation`, '--json')).toMatchObject({
      kind: 'array',
      path: 'climate/precipitation',
      zarrFormat: 3,
      shape: [365, 12, 24],
      chunks: [16, 6, 12],
      shards: [128, 12, 24],
      dtype: 'int16',
      fillValue: -1,
      order: 'C',
      dimensionNames: ['time', 'lat', 'lon'],
      attributes: { units: 'mm' },
      store: { kind: 'directory', path: sample },
      nbytes: 365 * 12 * 24 * 2,
      nchunks: 92,
      readable: true,
    })
    expect(await json('info', sample, '--json')).toMatchObject({ kind: 'group', path: '', zarrFormat: 3 })
  })
})

describe('tree', () => {
  test('--json lists every node of both formats', async () => {
    const { nodes } = (await json('tree', sample, '--json')) as { nodes: { path: string }[] }
    expect(nodes.map(({ path }) => path)).toEqual([
      '',
      ...[
        'climate',
        'climate/lat',
        'climate/lon',
        'climate/precipitation',
        'climate/temperature',
        'climate/time',
      ],
      ...['images', 'images/fractal', 'stations', 'stations/counts', 'stations/name', 'stations/visits'],
    ])
    expect(nodes[4]).toEqual({
      path: 'climate/precipitation',
      kind: 'array',
      dtype: 'int16',
      shape: [365, 12, 24],
      chunks: [16, 6, 12],
      zarrFormat: 3,
    })
  })

  test('prints names by level, to a depth', async () => {
    const { out } = await run(['tree', sample, '--depth', '1'])
    expect(out).toBe('/\n  climate/\n  images/\n  stations/\n')
  })
})

describe('get', () => {
  test('prints as NumPy does, the middle left out', async () => {
    expect((await run(['get', `${sample}/climate/lat`, '0:3'])).out).toBe('array([82.5, 67.5, 52.5])\n')
    expect((await run(['get', `${sample}/climate/lat`, '-1'])).out).toBe('-82.5\n')
    expect((await run(['get', `${sample}/climate/time`, '::182'])).out).toBe(
      "array(['2024-01-01', '2024-07-01', '2024-12-30'], dtype='datetime64[D]')\n",
    )
    expect((await run(['get', `${sample}/images/fractal`])).out).toContain('  …,\n')
  })

  test('takes dimension names, fields and negative steps', async () => {
    const byName = await json('get', `${sample}/climate/temperature`, 'time=3, lat=0, lon=0:2', '--json')
    expect(byName).toEqual(await json('get', `${sample}/climate/temperature`, '3, 0, :2', '--json'))
    expect(await json('get', `${sample}/stations/visits`, '"code", 8:6:-1', '--json')).toEqual({
      shape: [2],
      dtype: '|S4',
      data: [Buffer.from('S296').toString('base64'), Buffer.from('S259').toString('base64')],
    })
  })

  test('--json is exact: 64-bit integers, missing items, records', async () => {
    const { out } = await run(['get', `${sample}/stations/counts`, '9, 22:', '--json'])
    expect(out).toBe('{"shape": [2], "dtype": ">i8", "data": [9007199254750015, 9007199254750016]}\n')
    expect(await json('get', `${sample}/climate/temperature`, '220, 0, :1', '--json')).toEqual({
      shape: [1],
      dtype: 'float32',
      data: ['NaN'],
    })
    expect(
      ((await json('get', `${sample}/stations/visits`, '0', '--json')) as { data: unknown }).data,
    ).toEqual({
      day: '2024-01-01',
      code: Buffer.from('S000').toString('base64'),
      reading: 0,
      good: false,
    })
  })

  test('writes csv, npy and raw, to a file as a whole', async () => {
    expect((await run(['get', `${sample}/climate/lon`, ':2', '-f', 'csv'])).out).toBe('-180.0\r\n-165.0\r\n')
    const { bytes } = await run(['get', `${sample}/stations/name`, '1:3', '-f', 'raw'])
    expect(bytes).toEqual(
      Buffer.concat([
        Buffer.from([5, 0, 0, 0]),
        Buffer.from('Quito'),
        Buffer.from([6, 0, 0, 0]),
        Buffer.from('東京'),
      ]),
    )
    const target = join(folder, 'fractal.npy')
    expect(await run(['get', `${sample}/images/fractal`, '-o', target])).toMatchObject({ status: 0, out: '' })
    expect(await run(['get', `${sample}/climate/lat`, '0', '-o', '-'])).toEqual(
      await run(['get', `${sample}/climate/lat`, '0']),
    )
    const npy = readFileSync(target)
    expect(npy.subarray(0, 128).toString('latin1')).toContain(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (128, 192), }",
    )
    expect(npy.length).toBe(128 + 128 * 192)
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
  })

  test('leaves no file behind where reading fails', async () => {
    const { status } = await run([
      'get',
      `${sample}/stations/name`,
      '-f',
      'npy',
      '-o',
      join(folder, 'names.npy'),
    ])
    expect(status).toBe(1)
    expect(readdirSync(folder).filter((name) => name.includes('names'))).toEqual([])
  })
})

describe('attrs and chunks', () => {
  test('attrs prints all attributes or one', async () => {
    expect(await json('attrs', `${sample}/climate/precipitation`)).toEqual({
      units: 'mm',
      scale_factor: 0.1,
      long_name: 'rain per day',
    })
    expect((await run(['attrs', `${sample}/climate/precipitation`, 'units'])).out).toBe('"mm"\n')
    expect(await run(['attrs', `${sample}/climate/precipitation`, 'nope'])).toMatchObject({
      status: 1,
      out: '',
    })
  })

  test('chunks lists stored and missing chunks with their keys', async () => {
    const stored = (await json('chunks', `${sample}/stations/counts`, '--json')) as {
      chunks: { coords: number[]; key: string }[]
    }
    expect(stored).toMatchObject({ initialized: 7, nchunks: 8 })
    expect(stored.chunks.map(({ key }) => key)).toEqual(['0.0', '0.1', '1.1', '2.0', '2.1', '3.0', '3.1'])
    expect(await json('chunks', `${sample}/stations/counts`, '--json', '--missing')).toEqual({
      chunks: [{ coords: [1, 0], key: '1.0' }],
      initialized: 7,
      nchunks: 8,
    })
    expect((await run(['chunks', `${sample}/climate/temperature`])).out).toMatch(
      /^\(0, 0, 0\)\tc\/0\/0\/0\t\d+\n[^]*initialized: 4\/5/,
    )
  })

  test('chunks of a sharded array are its inner chunks', async () => {
    const { chunks, initialized, nchunks } = (await json(
      'chunks',
      `${sample}/climate/precipitation`,
      '--json',
    )) as {
      chunks: { coords: number[]; key: string }[]
      initialized: number
      nchunks: number
    }
    expect([chunks.length, nchunks]).toEqual([initialized, 92])
    // Every fourth inner chunk along the first dimension holds fill values only and was left out.
    expect(initialized).toBe(72)
    expect(chunks.at(-1)).toMatchObject({ coords: [22, 1, 1], key: 'c/2/0/0' })
  })
})

test('looking changes nothing in the store', async () => {
  const before = readdirSync(sample, { recursive: true }).sort()
  for (const command of ['info', 'tree', 'attrs']) await run([command, sample])
  await run(['get', `${sample}/images/fractal`])
  await run(['chunks', `${sample}/images/fractal`])
  expect(readdirSync(sample, { recursive: true }).sort()).toEqual(before)
})
