import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { corpusFolder } from '@engine/testing/corpus'
import {
  slice,
  ThreadSynchronizer,
  zeros,
  type CreateOptions,
  type ListableStore,
  type ZarrArray,
} from '../src/main/library'

/** What zarr 1.0 and 1.1 wrote for the examples of their documentation: sizes, hashes, and the summary. */
interface Golden {
  example: string
  repr: string
  nbytes_stored: number
  meta_bytes: number
  attrs_bytes: number
  chunk_bytes: number
  /** Of all chunks, one after the other in the order of their keys. */
  sha256_all_chunks_in_key_order: string | null
}

const folder = mkdtempSync(join(tmpdir(), 'zarrscope-golden-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BIG = { shape: [10000, 10000], chunks: [1000, 1000], dtype: 'i4' } as const
const BANDS = { shape: [10000, 1000], chunks: [1000, 100], dtype: 'i4', fillValue: null } as const
const LINE = { shape: [100_000_000], chunks: [1_000_000], dtype: 'i4' } as const
const FILTERS = [
  { id: 3, dist: 4 },
  { id: 33, preset: 1 },
]

/** How each example is made: as the documentation makes it, with the shape that it ends with. */
const EXAMPLES: Record<string, CreateOptions> = {
  'zarr.zeros i4': BIG,
  'z[:] = 42': BIG,
  'zarr.open mode=w': { ...BIG, store: join(folder, 'w.zarr') },
  'zarr.open mode=r after writes': { ...BIG, store: join(folder, 'r.zarr') },
  resize: { ...BIG, shape: [20000, 10000], dtype: 'f8' },
  'array (1000,100)': BANDS,
  append: { ...BANDS, shape: [20000, 1000] },
  'append axis=1': { ...BANDS, shape: [20000, 2000] },
  'blosc lz4 clevel=3 shuffle=2': { ...BIG, fillValue: null, compressor: 'blosc:lz4:3:bitshuffle' },
  'blosc zstd clevel=3 shuffle=2': { ...BIG, fillValue: null, compressor: 'blosc:zstd:3:bitshuffle' },
  'zlib 1': { ...BIG, fillValue: null, compressor: 'zlib:1' },
  'lzma delta': { ...BIG, fillValue: null, compressor: { id: 'lzma', filters: FILTERS } },
  'transposed order=C': { ...BIG, fillValue: null },
  'transposed order=F': { ...BIG, fillValue: null, order: 'F' },
  ThreadSynchronizer: { ...BIG, synchronizer: new ThreadSynchronizer() },
  'create f8': { ...BIG, dtype: 'f8', fillValue: null },
  'full 42': { ...BIG, dtype: 'f8', fillValue: 42 },
  '1d i4': LINE,
  '1d arange i4': { ...LINE, fillValue: null },
  'arange i8': { ...BIG, dtype: 'i8', fillValue: null },
}

/** Release 1.1 changed the default compressor. */
const DEFAULTS = { '1.0.0': 'blosc:blosclz:5:shuffle', '1.1.0': 'blosc:lz4:5:shuffle' } as const

describe.each(Object.entries(DEFAULTS))('zarr %s', (release, compressor) => {
  const file = join(corpusFolder('seed-golden')!, `golden-${release}.json`)
  const { examples } = JSON.parse(readFileSync(file, 'utf8')) as { examples: Golden[] }

  test('has an array here for each of its examples', () => {
    expect(examples.map(({ example }) => example).filter((name) => !(name in EXAMPLES))).toEqual([])
  })

  test.each(examples.map((golden) => [golden.example, golden] as const))('%s', async (name, golden) => {
    const array = await zeros({ compressor, mode: 'w', ...EXAMPLES[name], zarrFormat: 1 })
    expect([await array.store.size('meta'), await array.store.size('attrs')]).toEqual([
      golden.meta_bytes,
      golden.attrs_bytes,
    ])
    const summary = await array.info()
    if (golden.chunk_bytes === 0) expect(summary).toBe(golden.repr)
    else expect(withoutSizes(summary)).toBe(withoutSizes(golden.repr))
  })
})

const withoutSizes = (summary: string): string => summary.replace(/nbytes_stored: .*/, '')

test('meta and attrs are the bytes of zarr 1.0', async () => {
  const array = await zeros({ ...BIG, zarrFormat: 1 })
  expect(await text(array, 'meta')).toBe(`{
    "chunks": [
        1000,
        1000
    ],
    "compression": "blosc",
    "compression_opts": {
        "clevel": 5,
        "cname": "blosclz",
        "shuffle": 1
    },
    "dtype": "<i4",
    "fill_value": 0,
    "order": "C",
    "shape": [
        10000,
        10000
    ],
    "zarr_format": 1
}`)
  expect(await text(array, 'attrs')).toBe('{}')
  await array.attrs.set('foo', 'bär')
  await array.attrs.set('baz', [42, 1.5])
  expect(await text(array, 'attrs')).toBe(`{
    "baz": [
        42,
        1.5
    ],
    "foo": "b\\u00e4r"
}`)
})

test.each(['zlib 1', 'lzma delta'])(
  '%s: every chunk is the one of zarr 1.0',
  async (name) => {
    const file = join(corpusFolder('seed-golden')!, 'golden-1.0.0.json')
    const { examples } = JSON.parse(readFileSync(file, 'utf8')) as { examples: Golden[] }
    const golden = examples.find(({ example }) => example === name)!
    const array = await zeros({ ...EXAMPLES[name], zarrFormat: 1 })
    const band = new Int32Array(10_000_000)
    for (let row = 0; row < 10000; row += 1000) {
      for (let i = 0; i < band.length; i++) band[i] = row * 10000 + i
      await array.set([slice(row, row + 1000)], { data: band, shape: [1000, 10000] })
    }
    const hash = createHash('sha256')
    for (const key of await chunkKeys(array)) hash.update((await array.store.get(key))!)
    expect(hash.digest('hex')).toBe(golden.sha256_all_chunks_in_key_order)
    expect(await array.info()).toBe(golden.repr)
    expect(await array.nbytesStored()).toBe(golden.nbytes_stored)
  },
  120_000,
)

const text = async ({ store }: ZarrArray, key: string): Promise<string> =>
  new TextDecoder().decode(await store.get(key))

async function chunkKeys({ store }: ZarrArray): Promise<string[]> {
  const keys: string[] = []
  for await (const batch of (store as ListableStore).scan('')) keys.push(...batch.map(({ key }) => key))
  return keys.filter((key) => /^\d/.test(key)).sort()
}
