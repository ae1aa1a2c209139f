import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as h5wasm from 'h5wasm/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { h5pySample } from '@engine/interop/testing/h5py-sample'
import {
  array,
  NodeNotFoundError,
  openHdf5,
  UnsupportedError,
  UsageError,
  zeros,
  type Hdf5,
  type NdArray,
} from '../library'

let folder: string
let path: string
let ours: Hdf5
let theirs: h5wasm.File
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-hdf5-'))
  path = join(folder, 'h5py.h5')
  writeFileSync(path, h5pySample())
  ours = await openHdf5(path)
  await h5wasm.ready
  theirs = new h5wasm.File(path, 'r')
})
afterAll(() => {
  ours.close()
  theirs.close()
  rmSync(folder, { recursive: true, force: true })
})

const foreign = (name: string): h5wasm.Dataset => theirs.get(name) as h5wasm.Dataset
const data = (value: unknown): unknown[] => Array.from((value as NdArray).data as ArrayLike<unknown>)

describe('a dataset of an HDF5 file', () => {
  test('says what it is', () => {
    expect(ours.keys('obs')).toContain('/obs/t')
    expect(ours.get('obs/t')).toMatchObject({
      path: '/obs/t',
      shape: [5, 3],
      chunks: [2, 3],
      dimensionNames: ['time', 'station'],
    })
    expect(() => ours.get('obs')).toThrow(NodeNotFoundError)
    expect(() => ours.get('nothing')).toThrow(NodeNotFoundError)
  })

  test.each([
    ['obs/t', Array.from({ length: 15 }, (_, i) => i)],
    ['obs/big', [2n ** 63n + 1n, 5n]],
    ['obs/c', [1, 2, 3, -1]],
    ['obs/b', [1, 0, 1]],
    ['obs/str', ['a', 'ünï', '']],
    ['obs/enum', [0, 2]],
  ])('%s becomes an array, of ours and of h5wasm', async (name, values) => {
    for (const dataset of [ours.get(name), foreign(name)])
      expect(data(await (await array(dataset)).get())).toEqual(values)
  })

  test('keeps its chunks, and its value where it has no dimensions', async () => {
    for (const open of [(name: string) => ours.get(name), foreign]) {
      expect((await array(open('obs/t'))).chunks).toEqual([2, 3])
      expect(await (await array(open('scalar'))).get()).toBe(7.5)
    }
  })

  test.each([
    ['ours', (): unknown => ours.get('obs/t')],
    ['h5wasm', (): unknown => foreign('obs/t')],
  ])('is written to a selection part by part, broadcast and cast: %s', async (_name, open) => {
    const dataset = open() as h5wasm.Dataset
    const z = await zeros([2, 6, 3], { chunks: [1, 2, 2], dtype: 'f4' })
    await z.set(':, 5:0:-1', dataset)
    const rows = [0, 0, 0, ...[12, 13, 14], ...[9, 10, 11], ...[6, 7, 8], ...[3, 4, 5], ...[0, 1, 2]]
    expect(data(await z.get())).toEqual([...rows, ...rows])
    await z.resize(2, 5, 3)
    await expect(z.append(dataset)).rejects.toThrow(/cannot be appended/)
    await expect(z.oindex.set([0, [4, 1, 0, 2, 3]], dataset)).rejects.toThrow(UsageError)
  })

  test('is refused before anything is written where h5wasm reads it wrongly, and read rightly by us', async () => {
    for (const name of ['obs/rec', 'obs/h']) {
      const store = join(folder, 'refused.zarr')
      await expect(array(foreign(name), { store })).rejects.toThrow(UnsupportedError)
      expect(readdirSync(folder)).toEqual(['h5py.h5'])
    }
    expect(data(await (await array(ours.get('obs/h'))).get())).toEqual([1.5, -2])
  })
})
