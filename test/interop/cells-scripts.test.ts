import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { concatBytes } from '@shared/dtype/concat-bytes'
import type { ItemValue } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Edit, Fill } from '@shared/model/edits'
import type { DimSlice } from '@shared/selection/selection'
import { readScripts } from '@shared/script/cells'
import type { Script } from '@shared/script/operation'
import { scriptOf } from '@shared/script/script'
import { findOracle } from './oracle'
import { command, makeStore, printed, shell } from './script-store'

/** Changes of cells as a command and as Python, run on copies of one store and held against the values that are meant. */
const { oracle, absent } = await findOracle('zarr-python 3')
const folder = mkdtempSync(join(tmpdir(), 'zarrscope-cells-'))
const base = join(folder, 'base.zarr')
const ARRAYS: [string, string[]][] = [
  ['long', ['--dtype=i8', '--shape=3']],
  ['half', ['--dtype=f2', '--shape=3']],
  ['text', ['--dtype=U5', '--shape=3']],
  ['complex', ['--dtype=c16', '--shape=3']],
  ['date', ['--dtype=M8[D]', '--shape=3']],
  ['zero', ['--dtype=f8', '--shape=']],
]

beforeAll(async () => {
  await makeStore(base, 3)
  for (const [name, options] of ARRAYS) await command(['create', join(base, name), ...options])
})
afterAll(async () => {
  await oracle?.close()
  rmSync(folder, { recursive: true, force: true })
})

const box = (...parts: [start: number, count: number, step?: number][]): DimSlice[] =>
  parts.map(([start, count, step = 1]) => ({ start, step, count }))
const cells = (path: string, dtype: DataTypeSpec, dims: DimSlice[], values: ItemValue[]): Edit => ({
  kind: 'cells',
  path,
  dims,
  shape: values.length === 1 ? dims.map(() => 1) : dims.map(({ count }) => count),
  data: concatBytes(values.map((value) => dataType(dtype).encode(value))),
  dtype,
})
const fill = (dims: DimSlice[], what: Fill): Edit => ({ kind: 'fill', path: 'g/x', dims, fill: what })
const INT32: DataTypeSpec = { kind: 'int', bits: 32 }
const textOf = (script: Script): string => ('text' in script ? script.text : `none: ${script.whyNot}`)

const copy = (name: string): string => {
  const store = join(folder, `${name}'s.zarr`)
  cpSync(base, store, { recursive: true })
  return store
}
const items = async (store: string, path: string, selection: string): Promise<unknown> =>
  (await printed<{ data: unknown }>('get', join(store, path), selection, '--json')).data

describe.skipIf(!oracle)(`zarr-python 3 ${absent ?? ''}`, () => {
  test.each<[string, Edit, string, unknown]>([
    ['a negative number', cells('g/x', INT32, box([1, 1], [2, 1]), [-5]), '1, 1:4', [1, -5, 3]],
    ['a whole row', fill(box([0, 1], [0, 6]), { kind: 'constant', text: '7' }), '0', [7, 7, 7, 7, 7, 7]],
    [
      'a stepped region',
      fill(box([0, 2, 2], [5, 3, -2]), { kind: 'constant', text: '9' }),
      '2',
      [6, 9, 8, 9, 10, 9],
    ],
    [
      'counting',
      fill(box([0, 2], [0, 6]), { kind: 'arange', start: '0', step: '1' }),
      '1',
      [6, 7, 8, 9, 10, 11],
    ],
    [
      'an integer of 64 bits',
      cells('long', { kind: 'int', bits: 64 }, box([1, 1]), [-(2n ** 40n)]),
      '...',
      [0, -(2 ** 40), 0],
    ],
    [
      'a float',
      cells('half', { kind: 'float', format: 'float16' }, box([2, 1]), [0.1]),
      '...',
      [0, 0, 0.0999755859375],
    ],
    ['NaN', cells('half', { kind: 'float', format: 'float16' }, box([0, 1]), [NaN]), '...', ['NaN', 0, 0]],
    ['a text', cells('text', { kind: 'text', length: 5 }, box([1, 1]), [`"'é$`]), '...', ['', `"'é$`, '']],
    [
      'a complex number',
      cells('complex', { kind: 'complex', part: 'float64' }, box([1, 1]), [[1.5, -2]]),
      '1',
      [1.5, -2],
    ],
    [
      'a date',
      cells('date', { kind: 'datetime', unit: 'D', scale: 1 }, box([1, 1]), [11356n]),
      '1',
      '2001-02-03',
    ],
    ['no dimension', cells('zero', { kind: 'float', format: 'float64' }, [], [2.5]), '...', 2.5],
  ])('%s: the command and the Python do the same', async (name, edit, selection, expected) => {
    const [inPython, inShell] = [copy(`${name} python`), copy(`${name} shell`)]
    await oracle!.run(textOf(scriptOf(edit, { storePath: () => inPython }).python))
    await shell(textOf(scriptOf(edit, { storePath: () => inShell }).command))
    expect(await items(inPython, edit.path, selection)).toEqual(expected)
    expect(await items(inShell, edit.path, selection)).toEqual(expected)
  })

  test.each<[string, Edit, string, unknown]>([
    [
      'several values',
      cells('g/x', INT32, box([0, 2], [0, 2]), [1, 2, 3, 4]),
      ':2, :3',
      [
        [1, 2, 0],
        [3, 4, 2],
      ],
    ],
    [
      'several values, backwards',
      cells('g/x', INT32, box([1, 2, -1], [0, 2]), [1, 2, 3, 4]),
      ':2, :2',
      [
        [3, 4],
        [1, 2],
      ],
    ],
    [
      'steps',
      fill(box([0, 1], [0, 6]), { kind: 'arange', start: '10', step: '-2' }),
      '0',
      [10, 8, 6, 4, 2, 0],
    ],
    [
      'even spacing',
      fill(box([0, 1], [5, 6, -1]), { kind: 'linspace', start: '0', stop: '50' }),
      '0',
      [50, 40, 30, 20, 10, 0],
    ],
    [
      'the fill value',
      { kind: 'clear', path: 'g/x', dims: box([2, 2], [0, 3]) },
      '2:',
      [
        [0, 0, 0, 9, 10, 11],
        [0, 0, 0, 15, 16, 17],
      ],
    ],
  ])('%s in Python', async (name, edit, selection, expected) => {
    const store = copy(name)
    await oracle!.run(textOf(scriptOf(edit, { storePath: () => store }).python))
    expect(await items(store, 'g/x', selection)).toEqual(expected)
  })

  test('what is selected is read by both', async () => {
    const where = { storePath: () => base }
    const read = {
      path: 'g/x',
      dims: [
        { start: 3, step: -2, count: 2 },
        { start: 2, step: 1, count: 1, drop: true },
      ],
    }
    const { python } = readScripts(read, where)
    expect((await oracle!.run<number[]>(`${textOf(python)}answer = values.tolist()`)).answer).toEqual([14, 2])
    expect(await items(base, 'g/x', '3:0:-2, 2')).toEqual([14, 2])
    expect(textOf(readScripts(read, where).command)).toContain('get')
  })
})

test('what has no script says why', () => {
  const where = { storePath: () => '/s.zarr' }
  const scripts = scriptOf(fill(box([0, 1], [0, 6]), { kind: 'expression', text: 'x + 1' }), where)
  expect(scripts).toEqual({
    command: { whyNot: expect.stringContaining('fills with values') as string },
    python: { whyNot: expect.stringContaining('language of this program') as string },
  })
  const many = cells('g/x', INT32, box([0, 1], [0, 1]), [1])
  expect(scriptOf({ ...many, data: new Uint8Array() } as Edit, where).python).toHaveProperty('whyNot')
})
