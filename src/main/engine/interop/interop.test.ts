import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as h5wasm from 'h5wasm/node'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { InlineExecutor } from '../pool/inline'
import { MemoryStore } from '../stores/memory'
import { ZarrArray } from '../nodes/array'
import { itemValues } from '../nodes/item-values'
import { openNode } from '../nodes/open'
import { copyHdf5 } from './copy-hdf5'
import { csvItems } from './csv-read'
import { Hdf5File } from './hdf5'
import { NpyFile } from './npy-read'
import { parsePythonLiteral } from './python-literal'
import { h5pySample } from './testing/h5py-sample'

const context = { executor: new InlineExecutor() }
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-interop-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const whole = (shape: readonly number[]) => shape.map((count) => ({ start: 0, step: 1, count }))

async function copied(file: string, path = '/', zarrFormat: 2 | 3 = 2): Promise<MemoryStore> {
  const store = new MemoryStore()
  const source = await Hdf5File.open(file)
  try {
    await copyHdf5(source, path, { store, path: '', context }, { zarrFormat, verify: true })
  } finally {
    source.close()
  }
  return store
}

async function arrayAt(store: MemoryStore, path: string): Promise<{ array: ZarrArray; values: unknown[] }> {
  const array = await openNode(store, path, context)
  if (!(array instanceof ZarrArray)) throw new TypeError(`${path} is a group`)
  const { data, offsets } = await array.readAll({ kind: 'basic', dims: whole(array.shape) })
  return { array, values: itemValues(dataType(array.dtype), data, offsets) }
}

describe('HDF5', () => {
  test('reads what h5py wrote', async () => {
    const file = join(folder, 'h5py.h5')
    writeFileSync(file, h5pySample())
    const store = await copied(file)
    const values = async (path: string): Promise<unknown[]> => (await arrayAt(store, path)).values
    const { array, values: t } = await arrayAt(store, 'obs/t')
    expect(t).toEqual(Array.from({ length: 15 }, (_, i) => i))
    expect(array.layout.chunks).toEqual([2, 3])
    expect(array.metadata.dimensionNames).toEqual(['time', 'station'])
    expect(await values('soft')).toEqual(t)
    expect(await values('time')).toEqual([0, 1, 2, 3, 4])
    expect((await arrayAt(store, 'time')).array.metadata.attributes.get('units')).toBe('days')
    expect(await values('obs/b')).toEqual([true, false, true])
    expect(await values('obs/c')).toEqual([
      [1, 2],
      [3, -1],
    ])
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
    expect(await values('obs/rec')).toEqual([
      { a: 1, b: 2.5, s: bytes('ab'), v: [1, 2] },
      { a: 3, b: 4.5, s: bytes('c'), v: [3, 4] },
    ])
    expect(await values('obs/h')).toEqual([1.5, -2])
    expect(await values('obs/big')).toEqual([2n ** 63n + 1n, 5n])
    expect(await values('obs/str')).toEqual(['a', 'ünï', ''])
    expect(await values('obs/enum')).toEqual([0, 2])
    expect(await values('scalar')).toEqual([7.5])
    const root = await openNode(store, '', context)
    expect([...root.metadata.attributes]).toEqual([
      ['n', 2n ** 60n],
      ['title', 'from h5py'],
    ])
  })

  test('copies one dataset in parts, and refuses before writing what a format cannot store', async () => {
    await h5wasm.ready
    const path = join(folder, 'made.h5')
    const file = new h5wasm.File(path, 'w')
    const numbers = Int32Array.from({ length: 70_000 }, (_, i) => i)
    file.create_dataset({
      name: 'd',
      data: numbers,
      shape: [700, 100],
      chunks: [64, 32],
      compression: 'gzip',
      compression_opts: 4,
    })
    file.create_dataset({ name: 's', data: ['x', 'yy', 'ü'] })
    file.close()
    const { values } = await arrayAt(await copied(path, '/d', 3), '')
    expect(values).toEqual([...numbers])
    expect((await arrayAt(await copied(path, 's', 3), '')).values).toEqual(['x', 'yy', 'ü'])
    const h5py = join(folder, 'h5py2.h5')
    writeFileSync(h5py, h5pySample())
    await expect(copied(h5py, '/', 3)).rejects.toThrow(/^\/obs\/rec: Format 3 cannot store/)
    await expect(copied(path, '/none')).rejects.toMatchObject({ code: 'NODE_NOT_FOUND' })
    writeFileSync(join(folder, 'no.h5'), 'text')
    await expect(Hdf5File.open(join(folder, 'no.h5'))).rejects.toMatchObject({ code: 'VALUE' })
    await expect(Hdf5File.open(join(folder, 'none.h5'))).rejects.toMatchObject({ code: 'IO' })
  })
})

/** An .npy file as NumPy writes it. */
function npy(name: string, header: string, data: Uint8Array): string {
  const path = join(folder, name)
  const text = Buffer.from(`${header}\n`, 'latin1')
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length & 255, text.length >> 8])
  writeFileSync(path, Buffer.concat([start, text, data]))
  return path
}

describe('.npy', () => {
  test('byte orders, memory orders, records', async () => {
    const be = npy(
      'be.npy',
      "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }",
      Uint8Array.of(0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 1, 6),
    )
    const file = await NpyFile.open(be)
    const all = await file.read(whole([2, 3]))
    expect([...new Int16Array(all.data.buffer)]).toEqual([1, 2, 3, 4, 5, 262])
    const part = await file.read([{ indices: Float64Array.of(1, 0) }, { start: 0, step: 2, count: 2 }])
    expect([...new Int16Array(part.data.buffer)]).toEqual([4, 262, 1, 3])
    await file.close()
    const record = npy(
      'rec.npy',
      "{'descr': [('a', '|u1'), ('b', '>u2', (2,))], 'fortran_order': False, 'shape': (1,), }",
      Uint8Array.of(7, 0, 1, 0, 2),
    )
    const records = await NpyFile.open(record)
    const { data } = await records.read(whole([1]))
    expect(itemValues(dataType(records.dtype), data)).toEqual([{ a: 7, b: [1, 2] }])
    await records.close()
  })

  test.each([
    ['cut off', "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }", 'VALUE'],
    ['pickled', "{'descr': '|O', 'fortran_order': False, 'shape': (0,), }", 'UNSUPPORTED'],
    ['no dictionary', "('descr', )", 'VALUE'],
    ['no literal', "{'descr': __import__('os'), }", 'VALUE'],
    ['a negative length', "{'descr': '<i4', 'fortran_order': False, 'shape': (-1,), }", 'VALUE'],
  ])('refuses a file that is %s', async (name, header, code) => {
    await expect(NpyFile.open(npy(`${name}.npy`, header, Uint8Array.of(1)))).rejects.toMatchObject({ code })
  })

  test('literals nested too deep are refused', () => {
    expect(() => parsePythonLiteral('['.repeat(10_000))).toThrow(/character/)
  })
})

describe('csv', () => {
  const float: DataTypeSpec = { kind: 'float', format: 'float64' }
  test.each<[string, DataTypeSpec, number[], unknown[]]>([
    ['1,2\r\n3,nan\r\n', float, [2, 2], [1, 2, 3, NaN]],
    ['1\n2\n', float, [2], [1, 2]],
    ['a,b\n1,2\n', float, [1, 2], [1, 2]],
    [
      '"a ""q"", b",\'=x\r\n,"two\nlines"',
      { kind: 'vlen-text' },
      [2, 2],
      ['a "q", b', '=x', '', 'two\nlines'],
    ],
    ['', float, [0], []],
    [
      'x,y\r\n1,2.5\r\n',
      {
        kind: 'struct',
        fields: [
          { name: 'x', type: { kind: 'int', bits: 8 } },
          { name: 'y', type: float },
        ],
      },
      [1],
      [{ x: 1, y: 2.5 }],
    ],
  ])('reads %j', (text, dtype, shape, values) => {
    const items = csvItems(text, dtype, 't.csv')
    expect(items.shape).toEqual(shape)
    expect(itemValues(dataType(dtype), items.data, items.offsets)).toEqual(values)
  })

  test.each([
    ['1,2\n3\n', /line 2: 1 cells where 2/],
    ['1,2\n3,x\n', /line 2, column 2/],
    ['"1', /no end/],
  ])('refuses %j', (text, message) => {
    expect(() => csvItems(text, float, 't.csv')).toThrow(message)
  })
})
