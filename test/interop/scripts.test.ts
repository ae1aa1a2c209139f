import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ArrayOptions } from '@shared/model/edits'
import type { LayoutChange } from '@shared/model/jobs'
import type { Operation } from '@shared/script/operation'
import { scriptOf } from '@shared/script/script'
import { findOracle } from './oracle'
import { command, contents, makeStore, printed, shell } from './script-store'

/** What the window offers as a command and as Python does the same: both are run on copies of one store and compared. */
const { oracle, absent } = await findOracle('zarr-python 3')
const folder = mkdtempSync(join(tmpdir(), 'zarrscope-scripts-'))
const base = { 2: join(folder, 'base 2.zarr'), 3: join(folder, "base's 3.zarr") }

beforeAll(() => Promise.all([makeStore(base[2], 2), makeStore(base[3], 3)]))
afterAll(async () => {
  await oracle?.close()
  rmSync(folder, { recursive: true, force: true })
})

const ARRAY: ArrayOptions = {
  ...{ shape: [5, 4], chunks: [2, null], shards: null, dtype: 'float64', order: 'C', fillValue: '0' },
  ...{ compressor: 'zstd:3', filters: [], zarrFormat: 3 },
}
const created = (options: Partial<ArrayOptions>): Operation => ({
  kind: 'createArray',
  path: 'new/a b',
  options: { ...ARRAY, ...options },
})
const changed = (...changes: Extract<Operation, { kind: 'attributes' }>['changes']): Operation => ({
  kind: 'attributes',
  path: 'g/x',
  changes,
})
const node = { store: '', path: 'g/x' }
const copied = (layout: LayoutChange, path = 'g/x', options: { overwrite?: boolean } = {}): Operation => ({
  kind: 'copy',
  source: { store: '', path },
  target: { store: '', path: 'new/copy' },
  layout,
  ...{ overwrite: false, verify: false, resume: false, unsafe: false, ...options },
})
const OTHERS: LayoutChange = { chunks: [4, 2], compressor: 'blosc:lz4:5:shuffle', fillValue: '7' }

const OPERATIONS: [string, Operation][] = [
  ['a group', { kind: 'createGroup', path: 'new/group', zarrFormat: 3 }],
  ['an array', created({})],
  ['an array of order F', created({ order: 'F', compressor: 'gzip:6' })],
  ['an array with shards', created({ chunks: [1, 2], shards: [2, 4], compressor: 'blosc:lz4:5:bitshuffle' })],
  ['an array that fills with NaN', created({ fillValue: 'nan', dtype: 'float32', compressor: null })],
  ['an array that fills with -inf', created({ fillValue: '-inf' })],
  ['an array of booleans', created({ fillValue: 'true', dtype: 'bool' })],
  ['an array of texts', created({ fillValue: '"q\\" é', dtype: 'U8' })],
  ['an array of strings', created({ fillValue: 'né', dtype: 'string' })],
  [
    'an array with names',
    created({
      separator: '.',
      dimensionNames: ['y', null],
      attributes: '{"a": [1.5, null, true, "\\u00e9"]}',
    }),
  ],
  ['an array without dimensions', created({ shape: [], chunks: [] })],
  ['another shape', { kind: 'resize', path: 'g/x', shape: [3, 8] }],
  ['deletion', { kind: 'delete', path: 'g/x' }],
  ['a consolidated store', { kind: 'consolidate', path: '' }],
  [
    'attributes',
    changed(
      { path: ['big'], op: 'set', json: '18446744073709551617' },
      { path: ["new 'é"], op: 'insert', json: '{"n": NaN, "s": "\\"\\\\"}' },
      { path: ['units'], op: 'delete' },
    ),
  ],
  ['a copy', copied({})],
  ['a copy with other chunks', copied(OTHERS)],
  ['a copy with shards', copied({ chunks: [1, 3], shards: [2, 6] })],
  ['a copy in order F', copied({ order: 'F', chunks: [null, 1], compressor: null })],
  ['a copy of another type', copied({ dtype: 'float64', chunks: [3, 3] })],
  ['a copy of a group', copied({ compressor: 'zstd:5' }, 'g')],
  ['an array stored again in its place', { kind: 'rewrite', source: node, layout: OTHERS }],
  ['another place', { kind: 'move', path: 'g/x', to: 'new/y' }],
  ['more rows', { kind: 'append', target: node, axis: 0, source: node }],
]

describe.skipIf(!oracle)(`zarr-python 3 ${absent ?? ''}`, () => {
  const copies = (format: 2 | 3, name: string): [string, string] => {
    const stores: [string, string] = [join(folder, `${name} python.zarr`), join(folder, `${name} shell.zarr`)]
    for (const store of stores) cpSync(base[format], store, { recursive: true })
    return stores
  }

  test.each(OPERATIONS)('%s: the command and the Python do the same', async (name, operation) => {
    const [inPython, inShell] = copies(3, name)
    const { python } = scriptOf(operation, { storePath: () => inPython })
    const { command: line } = scriptOf(operation, { storePath: () => inShell })
    expect([python, line]).toEqual([
      { text: expect.any(String) as string },
      { text: expect.any(String) as string },
    ])
    await oracle!.run((python as { text: string }).text)
    await shell((line as { text: string }).text)
    const found = await contents(inPython)
    expect(found).toEqual(await contents(inShell))
    if (operation.kind !== 'consolidate') expect(found).not.toEqual(await contents(base[3]))
    else
      for (const store of [inPython, inShell])
        expect(readFileSync(join(store, 'zarr.json'), 'utf8')).toContain('g/x')
  })

  test.each<[string, Operation]>([
    ['stored again in its place', { kind: 'rewrite', source: node, layout: { ...OTHERS, order: 'F' } }],
    ['copied', copied(OTHERS)],
    ['given documents of format 3', { kind: 'migrate', source: { store: '', path: '' }, to: 3 }],
  ])('format 2, %s: the command and the Python do the same', async (name, operation) => {
    const [inPython, inShell] = copies(2, name)
    const { python } = scriptOf(operation, { storePath: () => inPython })
    const { command: line } = scriptOf(operation, { storePath: () => inShell })
    await oracle!.run((python as { text: string }).text)
    await shell((line as { text: string }).text)
    const found = await contents(inPython)
    expect(found).toEqual(await contents(inShell))
    expect(found).not.toEqual(await contents(base[2]))
  })

  test('a copy replaces what is there only where it is told to', async () => {
    const [store] = copies(3, 'replaced')
    const python = (overwrite: boolean): string =>
      (scriptOf(copied({}, 'g', { overwrite }), { storePath: () => store }).python as { text: string }).text
    await oracle!.run(python(false))
    await expect(oracle!.run(python(false))).rejects.toThrow('new/copy')
    await oracle!.run(python(true))
  })

  test('a .npy file is imported', async () => {
    const [inPython, inShell] = copies(3, 'imported')
    const file = join(folder, 'in.npy')
    await command(['get', join(base[3], 'g/x'), '-f', 'npy', '-o', file])
    const layout = { chunks: [2, 5], compressor: 'zstd:1' }
    const operation: Operation = {
      kind: 'import',
      source: { ticket: '', path: file },
      target: { store: '', path: 'g/y' },
      layout,
    }
    await oracle!.run((scriptOf(operation, { storePath: () => inPython }).python as { text: string }).text)
    await shell((scriptOf(operation, { storePath: () => inShell }).command as { text: string }).text)
    const found = await contents(inPython)
    expect(found).toEqual(await contents(inShell))
    expect(found).not.toEqual(await contents(base[3]))
  })

  test.each<[string, 2 | 3, string, LayoutChange]>([
    ['a zip file', 3, 'copy.zarr.zip', {}],
    ['a store of format 2', 3, 'two.zarr', { zarrFormat: 2, compressor: 'gzip:6', separator: '/' }],
    ['a store of format 3', 2, 'three.zarr', { zarrFormat: 3, compressor: 'zstd:3' }],
  ])('a copy into %s', async (_name, format, file, layout) => {
    const files = ['python', 'shell'].map((by) => join(folder, `${by} ${file}`))
    const scripts = files.map((path) =>
      scriptOf(
        { ...(copied(layout, '') as object), target: { file: { ticket: '', path }, path: '' } } as Operation,
        { storePath: () => base[format] },
      ),
    )
    await oracle!.run((scripts[0]!.python as { text: string }).text)
    await shell((scripts[1]!.command as { text: string }).text)
    expect(await contents(files[0]!)).toEqual(await contents(files[1]!))
  })

  test.each<[string, Operation, string]>([
    ['renamed', changed({ path: ['units'], op: 'rename', name: 'unit' }), '"unit": "K"'],
    ['inside', changed({ path: ['list', 0], op: 'insert', json: '[0]' }), '"list": [[0], 1, {"a": null}]'],
    ['moved', changed({ path: ['list', 0], op: 'move', to: 1 }), '"list": [{"a": null}, 1]'],
    ['replaced', { kind: 'attributesText', path: 'g/x', text: '{"only": Infinity}' }, '{"only": Infinity}'],
  ])('attributes, %s', async (name, operation, expected) => {
    const [inPython, inShell] = copies(3, name)
    await oracle!.run((scriptOf(operation, { storePath: () => inPython }).python as { text: string }).text)
    await shell((scriptOf(operation, { storePath: () => inShell }).command as { text: string }).text)
    for (const store of [inPython, inShell]) {
      const attributes = (await command(['attrs', join(store, 'g/x')])).replaceAll(/\s+/g, '')
      expect(attributes).toContain(expected.replaceAll(' ', ''))
    }
  })

  test('chunks of fill alone go, others are stored anew', async () => {
    const [store] = copies(3, 'chunks')
    const at = join(store, 'g/x')
    const before = await command(['get', at, '...', '--json'])
    const operations: Operation[] = [
      {
        kind: 'rewriteChunks',
        path: 'g/x',
        chunks: [
          [0, 0],
          [1, 1],
        ],
      },
      { kind: 'dropFillOnly', path: 'g/x' },
    ]
    for (const operation of operations) {
      const { python, command: line } = scriptOf(operation, { storePath: () => store })
      await oracle!.run((python as { text: string }).text)
      await shell((line as { text: string }).text)
      expect(await command(['get', at, '...', '--json'])).toBe(before)
    }
    const gone: Operation = { kind: 'deleteChunks', path: 'g/x', chunks: [[1, 1]] }
    await shell((scriptOf(gone, { storePath: () => store }).command as { text: string }).text)
    expect(await command(['chunks', at, '--missing'])).toContain('(1, 1)')
  })

  test.each(['npy', 'csv'] as const)('an export to .%s', async (format) => {
    const files = ['python', 'shell'].map((by) => join(folder, `out ${by}.${format}`))
    const scripts = files.map((path) =>
      scriptOf(
        {
          kind: 'export',
          source: node,
          selection: ':3, 1:',
          format,
          target: { ticket: '', path },
          overwrite: false,
        },
        { storePath: () => base[3] },
      ),
    )
    await oracle!.run((scripts[0]!.python as { text: string }).text)
    await shell((scripts[1]!.command as { text: string }).text)
    expect(files.every((file) => existsSync(file))).toBe(true)
    const items = async (file: string): Promise<unknown> => {
      const place = `${file}.zarr`
      await command(['create', place, '--shape=0,5', '--dtype=i4', '--mode=w'])
      await command(['append', place, file])
      return printed('get', place, '--json')
    }
    expect(await items(files[0]!)).toEqual(await items(files[1]!))
  })
})
