import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ZarrArray } from '@engine/nodes/array'
import { openNode } from '@engine/nodes/open'
import { InlineExecutor } from '@engine/pool/inline'
import { createEngine } from '@engine/session/engine'
import { DirectoryStore } from '@engine/stores/directory'
import { layoutScripts, type TunedLayout } from '@engine/trials/layout-scripts'
import { findOracle } from './oracle'
import { command, makeStore, printed, shell } from './script-store'

/** What the laboratory offers as a command and as Python gives the same layout and keeps the values. */
const { oracle, absent } = await findOracle('zarr-python 3')
const folder = mkdtempSync(join(tmpdir(), 'zarrscope-layouts-'))
const base = { 2: join(folder, 'base2.zarr'), 3: join(folder, 'base3.zarr') }
const engine = createEngine({ executor: new InlineExecutor() })
beforeAll(() => Promise.all([makeStore(base[2], 2), makeStore(base[3], 3)]))
afterAll(async () => {
  await oracle?.close()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const LAYOUTS: [string, 2 | 3, TunedLayout][] = [
  ['other chunks', 2, { chunks: [1, null], shards: null }],
  ['other chunks', 3, { chunks: [4, 2], shards: null }],
  ['shards', 3, { chunks: [1, 3], shards: [2, 6] }],
  ['order F', 2, { order: 'F' }],
  ['order F', 3, { order: 'F', compressor: 'gzip:1', filters: [] }],
  ['zstd', 2, { compressor: 'zstd:5', filters: [] }],
  ['no compression', 3, { compressor: null, filters: [] }],
  ['blosc', 3, { compressor: 'blosc:lz4:9:bitshuffle', filters: [] }],
  ['a filter', 2, { compressor: 'zlib:1', filters: ['delta'] }],
  ['a filter', 3, { compressor: 'zstd:1', filters: ['delta', 'shuffle:4'] }],
  ['all of it', 3, { chunks: [2, 2], shards: [4, 6], order: 'F', compressor: 'lz4', filters: ['delta'] }],
]

describe.skipIf(!oracle)(`zarr-python 3 ${absent ?? ''}`, () => {
  test.each(LAYOUTS)('%s, format %i', async (name, format, layout) => {
    const store = join(folder, `${name} ${format}.zarr`)
    cpSync(base[format], store, { recursive: true })
    const array = await openNode(new DirectoryStore(store), 'g/x', engine)
    if (!(array instanceof ZarrArray)) throw new Error('no array')
    const { command: line, python } = layoutScripts(array, layout)
    const text = { text: expect.any(String) as string }
    expect([line, python]).toEqual([text, text])
    const before = await command(['get', join(store, 'g/x'), '...', '--json'])
    await oracle!.run((python as { text: string }).text)
    await shell((line as { text: string }).text)

    const [stored, tuned] = [join(store, 'g/x'), join(store, 'g/x_tuned')]
    for (const place of [stored, tuned]) expect(await command(['get', place, '...', '--json'])).toBe(before)
    const layoutOf = async (place: string): Promise<unknown> => {
      const { chunks, shards, order, codecs, fillValue, attributes, dtype } = await printed<
        Record<string, unknown>
      >('info', place, '--json')
      return { chunks, shards, order, codecs, fillValue, attributes, dtype }
    }
    expect(await layoutOf(tuned)).toEqual(await layoutOf(stored))
  })
})
