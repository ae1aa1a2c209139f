import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { LayoutChange } from '@shared/model/jobs'
import { openNode } from '@engine/nodes/open'
import { DirectoryStore } from '@engine/stores/directory'
import { ZipStore } from '@engine/stores/zip'
import { layoutScripts } from '@engine/trials/layout-scripts'
import { context } from '@engine/trials/testing/arrays'
import { run } from '../../src/main/cli/testing/run'
import { findOracle } from './oracle'

// What the laboratory copies to the clipboard, run as a person would: both give the same array.
const { oracle, absent } = await findOracle('zarr-python 3')
const folder = mkdtempSync(join(tmpdir(), 'zarrscope-tuned-'))
afterAll(async () => {
  await oracle?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Case {
  create: string
  value: string
  layout: LayoutChange
}

const cases: Record<string, Case> = {
  'filters, another order and shards': {
    create: '--dtype i4 --shape 20,30 --chunks 7,10 --dims y,x --attrs {"units":"K"}',
    value: 'arange',
    layout: { chunks: [5, null], shards: [10, 30], compressor: 'zstd:5', filters: ['delta'], order: 'F' },
  },
  'big-endian floats that lose bits': {
    create: '--dtype >f8 --shape 20,30 --chunks 7,10',
    value: 'arange',
    layout: { compressor: 'lz4', filters: ['bitround:4'] },
  },
  'times without compression': {
    create: '--dtype M8[ns] --shape 20 --chunks 7',
    value: '2024-02-29',
    layout: { compressor: null, filters: [], chunks: [4] },
  },
  texts: {
    create: '--dtype string --shape 5 --chunks 2',
    value: '"Größe"',
    layout: { compressor: 'gzip:5', chunks: [3] },
  },
  'a scale in format 2': {
    create: '--zarr-format 2 --dtype >f4 --shape 20,30 --chunks 7,10 --order F --separator /',
    value: 'arange',
    layout: {
      compressor: 'blosc:zstd:3:bitshuffle',
      filters: ['{"id":"fixedscaleoffset","offset":0,"scale":10,"astype":"<u2"}'],
      chunks: [20, 3],
      order: 'C',
    },
  },
  'texts in format 2': {
    create: '--zarr-format 2 --dtype string --shape 5 --chunks 2',
    value: '"Größe"',
    layout: { compressor: 'lzma' },
  },
  'a single item': {
    create: '--dtype f4 --shape (',
    value: '3.5',
    layout: { compressor: 'blosc:lz4:5:noshuffle', filters: [] },
  },
}

/** What zarr-python says of an array: everything that decides its bytes, and its values. */
const DESCRIBE = `
def described(path):
    array = zarr.open_array(path, mode='r')
    meta = {k: v for k, v in array.metadata.to_dict().items() if k != 'storage_transformers'}
    return {'meta': str(meta), 'values': [str(v) for v in np.asarray(array[...]).ravel().tolist()]}
`

describe.skipIf(!oracle)(`a tuned layout as command and as Python ${absent ?? ''}`, () => {
  test.each(Object.entries(cases))('%s', { timeout: 60_000 }, async (name, { create, value, layout }) => {
    const path = join(folder, `${name}.zarr`)
    const options = create.split(' ').map((word) => (word === '(' ? '' : word))
    expect(await run(['create', path, ...options])).toMatchObject({ err: '', status: 0 })
    expect(await run(['set', path, '...', value])).toMatchObject({ err: '', status: 0 })
    const array = await openNode(new DirectoryStore(path), '', context)
    if (array.kind !== 'array') throw new TypeError('an array was made')
    const { command, python } = layoutScripts(array, layout)
    if (!('text' in command) || !('text' in python)) throw new TypeError('both are there')
    const before = await oracle!.ask<{ values: string[] }>(
      `import zarr, numpy as np\n${DESCRIBE}\nanswer = described(path)`,
      { path },
    )
    const byPython = join(folder, `${name}_tuned.zarr`)
    const made = await oracle!.ask<{ meta: string; values: string[] }>(
      `${python.text}\nimport numpy as np\n${DESCRIBE}\nanswer = described(made)`,
      { made: byPython },
    )
    expect(await run(wordsOf(command.text))).toMatchObject({ err: '', status: 0 })
    const changed = await oracle!.ask<{ meta: string; values: string[] }>(
      `import zarr, numpy as np\n${DESCRIBE}\nanswer = described(path)`,
      { path },
    )
    expect(made).toEqual(changed)
    const lossy = layout.filters?.some((filter) => /bitround|fixedscaleoffset/.test(filter)) ?? false
    if (!lossy) expect(made.values).toEqual(before.values)
  })

  test('of an array in a zip file: Python writes beside it', async () => {
    const path = join(folder, 'zipped.zarr.zip')
    await run(['create', `${path}/obs/t`, '--dtype', 'i2', '--shape', '10', '--chunks', '3'])
    await run(['set', `${path}/obs/t`, '...', 'arange'])
    const store = new ZipStore(path)
    const array = await openNode(store, 'obs/t', context)
    if (array.kind !== 'array') throw new TypeError('an array was made')
    const { python } = layoutScripts(array, { chunks: [5] })
    await store.close()
    if (!('text' in python)) throw new TypeError('there is Python')
    expect(await oracle!.ask(`${python.text}\nanswer = [target.chunks, target[...]]`)).toEqual([
      [5],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ])
  })
})

/** The words of a command as a shell has them, without the program's name. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', command.replace(/^zarrscope/, `printf '%s\\n'`)], { encoding: 'utf8' })
    .trimEnd()
    .split('\n')
