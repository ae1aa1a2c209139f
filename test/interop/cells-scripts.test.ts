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
import { InlineExecutor } from '@engine/pool/inline'
import { createEngine } from '@engine/session/engine'
import { findOracle } from './oracle'
import { command, makeStore, printed, shell } from './script-store'

/** Changes of cells as a command and as Python, run on copies of one store and held against the values that are meant. */
const { oracle, absent } = await findOracle('zarr-python 3')
const engine = createEngine({ executor: new InlineExecutor() })
const folder = mkdtempSync(join(tmpdir(), 'zarrscope-cells-'))
const base = join(folder, 'base.zarr')
const ARRAYS: [string, string[]][] = [
  ['long', ['--dtype=i8', '--shape=3']],
  ['half', ['--dtype=f2', '--shape=3']],
  ['text', ['--dtype=U5', '--shape=3']],
  ['complex', ['--dtype=c16', '--shape=3']],
  ['date', ['--dtype=M8[D]', '--shape=3']],
  ['pair', ['--dtype=[["a", "<f4"], ["b", "<i2"]]', '--shape=3', '--zarr-format=2']],
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
const PAIR: DataTypeSpec = {
  kind: 'struct',
  fields: [
    { name: 'a', type: { kind: 'float', format: 'float32' } },
    { name: 'b', type: { kind: 'int', bits: 16 } },
  ],
}
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
    [
      'minus infinity',
      { ...fill(box([1, 1]), { kind: 'constant', text: '-inf' }), path: 'half' },
      '...',
      [0, '-Infinity', 0],
    ],
    [
      'texts',
      cells('text', { kind: 'text', length: 5 }, box([0, 3]), ['a', '', `"é'\n`]),
      '...',
      ['a', '', `"é'\n`],
    ],
    [
      'floats',
      cells('half', { kind: 'float', format: 'float16' }, box([0, 3]), [NaN, -0.5, -Infinity]),
      '...',
      ['NaN', -0.5, '-Infinity'],
    ],
    [
      'integers of 64 bits',
      cells('long', { kind: 'int', bits: 64 }, box([0, 2]), [-(2n ** 62n) - 1n, 5n]),
      ':2 ',
      [-(2n ** 62n) - 1n, 5].map(Number),
    ],
    ['a record', cells('pair', PAIR, box([1, 1]), [{ a: -1.5, b: 3 }]), '1', { a: -1.5, b: 3 }],
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
    [
      'several ranges',
      { kind: 'clear', path: 'g/x', dims: box([2, 1], [0, 1]), also: [box([2, 1], [4, 2])] },
      '2',
      [0, 7, 8, 9, 0, 0],
    ],
    ['no dimension', cells('zero', { kind: 'float', format: 'float64' }, [], [2.5]), '...', 2.5],
  ])('%s: the command and the Python do the same', async (name, edit, selection, expected) => {
    const [inPython, inShell] = [copy(`${name} python`), copy(`${name} shell`)]
    await oracle!.run(textOf(scriptOf(edit, { storePath: () => inPython }).python))
    await shell(textOf(scriptOf(edit, { storePath: () => inShell }).command))
    expect(await items(inPython, edit.path, selection)).toEqual(expected)
    expect(await items(inShell, edit.path, selection)).toEqual(expected)
  })

  test.each<[string, Edit]>([
    ['an expression', fill(box([1, 2], [0, 3, 2]), { kind: 'expression', text: 'x * 2 + i1' })],
    [
      'random numbers',
      fill(box([0, 4], [0, 6]), { kind: 'random', distribution: 'uniform', low: '0', high: '9', seed: 7 }),
    ],
    [
      'a condition',
      {
        ...{ kind: 'replace', path: 'g/x', dims: box([0, 4], [0, 6]), where: '> 9' },
        fill: { kind: 'constant', text: '-1' },
      },
    ],
    [
      'one field of records',
      { ...fill(box([1, 2]), { kind: 'constant', text: '5' }), path: 'pair', field: 'b' } as Edit,
    ],
    ['a text in quotes', { ...fill(box([0, 2]), { kind: 'constant', text: '"@é' }), path: 'text' }],
  ])('%s: the command does what the window stages', async (name, edit) => {
    const [inShell, inWindow] = [copy(`${name} shell`), copy(`${name} window`)]
    const { edits, release } = await engine.stores.acquire(inWindow, { readOnly: false })
    await edits.apply(edit)
    await edits.save()
    await release()
    const before = await items(inShell, edit.path, '...')
    await shell(textOf(scriptOf(edit, { storePath: () => inShell }).command))
    const found = await items(inShell, edit.path, '...')
    expect(found).not.toEqual(before)
    expect(found).toEqual(await items(inWindow, edit.path, '...'))
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
  const many = cells('g/x', INT32, box([0, 40], [0, 40]), Array<number>(1600).fill(1))
  const records = cells('g/x', PAIR, box([0, 2]), [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ])
  const whyNot = (text: string): unknown => ({ whyNot: expect.stringContaining(text) as string })
  expect(scriptOf(many, where)).toEqual({ command: whyNot('not 1,600'), python: whyNot('not 1,600') })
  expect(scriptOf(records, where).command).toEqual(whyNot('take Python'))
  expect(scriptOf({ ...many, shape: [1, 1], data: new Uint8Array() } as Edit, where).python).toEqual(
    whyNot('too long'),
  )
  const computed = fill(box([0, 1], [0, 6]), { kind: 'expression', text: 'x + 1' })
  expect(scriptOf(computed, where).python).toEqual(whyNot('language of this program'))
})
