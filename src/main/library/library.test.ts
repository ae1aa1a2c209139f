import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { corpusFolder } from '@engine/testing/corpus'
import { array2, array3, group3, storeOf } from '@engine/nodes/testing/sample-nodes'
import { fillStore } from '../api/sample/write'
import {
  MemoryStore,
  NodeNotFoundError,
  NotAStoreError,
  open,
  openGroup,
  SelectionError,
  slice,
  UnsupportedError,
  UsageError,
  ZarrGroup,
  type NdArray,
} from '../library'

const sample = new MemoryStore()
beforeAll(() => fillStore(sample))

const at = (path: string) => open(sample, { path })
const read = async (
  path: string,
  ...selection: Parameters<Awaited<ReturnType<typeof open>>['get']>
): Promise<NdArray> => (await (await at(path)).get(...selection)) as NdArray

describe('open', () => {
  test('reads properties from the metadata alone', async () => {
    const z = await at('climate/precipitation')
    expect(z).toMatchObject({
      shape: [365, 12, 24],
      chunks: [16, 6, 12],
      shards: [128, 12, 24],
      dtype: 'int16',
      order: 'C',
      fillValue: -1,
      nbytes: 365 * 12 * 24 * 2,
      nchunks: 92,
      zarrFormat: 3,
      dimensionNames: ['time', 'lat', 'lon'],
      path: 'climate/precipitation',
      readOnly: false,
    })
    expect(z.store).toBe(sample)
  })

  test('takes any Map and objects like one', async () => {
    const values = new Map(
      await Promise.all(
        (await sample.list('images/fractal')).keys.map(
          async (key) => [key, (await sample.get(`images/fractal/${key}`))!] as const,
        ),
      ),
    )
    expect((await open(values)).shape).toEqual([128, 192])
    const asked: string[] = []
    const like = { get: (key: string) => (asked.push(key), values.get(key)), keys: () => values.keys() }
    expect((await open(like)).dtype).toBe('uint8')
    expect(asked).toContain('zarr.json')
  })

  test.skipIf(!corpusFolder('zarr341-seed1'))('takes paths to folders and zips, and into them', async () => {
    const folder = corpusFolder('zarr341-seed1')!
    const z = await open(join(folder, 'v3/layout.zarr/attrs'))
    expect((await z.get('0, 3:')) as NdArray).toMatchObject({ data: Uint8Array.of(9, 255, 159), shape: [3] })
    const zipped = await open(join(folder, 'zip/v2_deflated.zip'), { path: 'x' })
    expect(zipped.zarrFormat).toBe(2)
    await zipped.store.close()
  })

  test('refuses what is no array, no store and no mode', async () => {
    await expect(open(sample, { path: 'climate' })).rejects.toThrow(NodeNotFoundError)
    await expect(open(sample, { path: 'nope' })).rejects.toThrow(NodeNotFoundError)
    await expect(open('/nowhere/at/all.zarr')).rejects.toThrow(NotAStoreError)
    await expect(open(sample, { path: 'images/fractal', mode: 'x' as 'r' })).rejects.toThrow(UsageError)
    await expect(
      open(storeOf({ 'zarr.json': array3({ codecs: ['secret'] }) })).then((z) => z.get()),
    ).rejects.toThrow(UnsupportedError)
  })
})

describe('get', () => {
  test('gives typed arrays in C order', async () => {
    expect(await read('climate/lat', '0:3')).toEqual({
      data: Float64Array.of(82.5, 67.5, 52.5),
      shape: [3],
      dtype: 'float64',
    })
    expect(await read('stations/counts', [0, slice(12, 14)])).toEqual({
      data: BigInt64Array.of(9007199254741005n, 9007199254741006n),
      shape: [2],
      dtype: '>i8',
    })
    expect((await read('stations/name', [slice(null, 2)])).data).toEqual(['Ålesund', 'Quito'])
    expect((await read('climate/time', '0:1')).data).toEqual(BigInt64Array.of(19723n))
  })

  test('gives the bare item where no dimension is left', async () => {
    expect(await (await at('climate/lat')).get(0)).toBe(82.5)
    expect(await (await at('climate/lat')).get([-1])).toBe(-82.5)
    expect(await (await at('stations/counts')).get('9, 23')).toBe(9007199254750016n)
    expect(await (await at('stations/visits')).get([1])).toMatchObject({ good: true, day: 19740n })
  })

  test('takes NumPy text, slices, null, lists and masks', async () => {
    const all = (await read('climate/lat')).data as Float64Array
    expect(all.length).toBe(12)
    for (const selection of [
      '::-1',
      [slice(null, null, -1)],
      [Array.from({ length: 12 }, (_, i) => 11 - i)],
    ]) {
      expect((await read('climate/lat', selection)).data).toEqual(Float64Array.from(all).reverse())
    }
    expect((await read('images/fractal', [null, 5])).shape).toEqual([128])
    expect((await read('climate/lat', [Array.from(all, (v) => v > 60)])).data).toEqual(
      Float64Array.of(82.5, 67.5),
    )
    await expect(read('climate/lat', 12)).rejects.toThrow(SelectionError)
  })

  test('chooses fields of records', async () => {
    expect(await read('stations/visits', '0:3', { fields: 'good' })).toEqual({
      data: Uint8Array.of(0, 1, 1),
      shape: [3],
      dtype: 'bool',
    })
    expect((await read('stations/visits', '1:2', { fields: ['reading', 'good'] })).data).toEqual([
      { reading: 84.15, good: true },
    ])
  })

  test('fills the buffer of the caller', async () => {
    const z = await open<'float64'>(sample, { path: 'climate/lat' })
    for (const buffer of [new ArrayBuffer(24), new SharedArrayBuffer(24)]) {
      const out = new Float64Array(buffer)
      const result = (await z.get('0:3', { out })) as NdArray<'float64'>
      expect(result.data).toBe(out)
      expect([...out]).toEqual([82.5, 67.5, 52.5])
    }
    await expect(z.get('0:4', { out: new Float64Array(3) })).rejects.toThrow(/24 bytes/)
  })

  test('oindex, vindex and blocks', async () => {
    const z = await at('images/fractal')
    const whole = (await z.get()) as NdArray<'uint8'>
    const item = (r: number, c: number): number => whole.data[r * 192 + c]!
    expect(
      (
        (await z.oindex.get([
          [3, 1],
          [5, 9],
        ])) as NdArray<'uint8'>
      ).data,
    ).toEqual(Uint8Array.of(item(3, 5), item(3, 9), item(1, 5), item(1, 9)))
    expect(
      (
        (await z.vindex.get([
          [100, 101],
          [180, 181],
        ])) as NdArray<'uint8'>
      ).data,
    ).toEqual(Uint8Array.of(item(100, 180), item(101, 181)))
    const block = (await z.blocks.get([1, 2])) as NdArray<'uint8'>
    expect(block.shape).toEqual([16, 16])
    expect(block.data[17]).toBe(item(17, 33))
  })
})

test('attributes, counts, summary, refresh', async () => {
  const z = await at('stations/counts')
  expect(z.attrs.get('note')).toBe('big-endian, column-major, beyond 2^53')
  expect([z.attrs.has('nope'), z.attrs.get('nope'), z.attrs.keys()]).toEqual([
    false,
    undefined,
    ['_ARRAY_DIMENSIONS', 'note'],
  ])
  expect(JSON.parse(JSON.stringify(z.attrs))).toMatchObject({ _ARRAY_DIMENSIONS: ['station', 'hour'] })
  expect(await z.initialized()).toBe(7)
  expect(await z.nbytesStored()).toBeGreaterThan(500)
  expect((await z.info()).split('\n')[0]).toBe('zarr.core.Array((10, 24), >i8, chunks=(3, 12), order=F)')
  const store = storeOf({ '.zarray': array2() })
  const changing = await open(store)
  await store.set('.zarray', new TextEncoder().encode(JSON.stringify(array2({ shape: [6] }))))
  expect(changing.shape).toEqual([4])
  await changing.refresh()
  expect(changing.shape).toEqual([6])
})

test('groups', async () => {
  const root = await openGroup(sample)
  expect((await root.children()).map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    'climate group',
    'images group',
    'stations group',
  ])
  expect(root.attrs.get('title')).toBe('Zarrscope sample')
  expect(await root.get('climate')).toBeInstanceOf(ZarrGroup)
  expect(await root.get('climate/lat')).toMatchObject({ shape: [12] })
  expect(await root.info()).toContain('groups: climate, images, stations')
  await expect(openGroup(sample, { path: 'climate/lat' })).rejects.toThrow(/use open/)
  expect((await openGroup(storeOf({ 'zarr.json': group3() }))).zarrFormat).toBe(3)
})
