import { describe, expect, test } from 'vitest'
import { jsonObject } from '../json/access'
import { parseJson } from '../json/parse'
import { arrayPython, type StoredAgain } from './array-python'
import { layoutCommand } from './layout-command'

test.each([
  [
    { chunks: [10, null], shards: null },
    'zarrscope rechunk /d/a.zarr/obs/t --chunks 10,none --shards none\n',
  ],
  [{ compressor: null }, 'zarrscope recompress /d/a.zarr/obs/t --compressor none\n'],
  [
    {
      compressor: 'zstd:3',
      filters: ['delta', '{"id":"x y"}'],
      order: 'F' as const,
      chunks: [5],
      shards: [10],
    },
    `zarrscope recompress /d/a.zarr/obs/t --compressor zstd:3 --filter delta --filter '{"id":"x y"}' --order F --chunks 5 --shards 10\n`,
  ],
  [{ filters: [] }, 'zarrscope recompress /d/a.zarr/obs/t --filter none\n'],
])('%o as a command', (layout, line) => expect(layoutCommand(layout, '/d/a.zarr', 'obs/t')).toBe(line))

describe('Python', () => {
  const v3 = (codecs: string): string =>
    `{"chunk_grid":{"name":"regular","configuration":{"chunk_shape":[4]}},"chunk_key_encoding":{"name":"default"},"codecs":${codecs}}`
  const of = (document: string, change: Partial<StoredAgain> = {}): string => {
    const script = arrayPython({
      storePath: '/d/a.zarr',
      storeKind: 'directory',
      path: 'obs/t',
      zarrFormat: 3,
      document: jsonObject(parseJson(document).value)!,
      ...change,
    })
    return 'text' in script ? script.text : script.whyNot
  }
  const bytes = '{"name":"bytes","configuration":{"endian":"little"}}'

  test('names the codecs by stage, inside shards too', () => {
    const plain = of(
      v3(`[{"name":"numcodecs.delta","configuration":{"dtype":"<i4"}},${bytes},{"name":"crc32c"}]`),
    )
    expect(plain).toContain('filters=[{"name": "numcodecs.delta", "configuration": {"dtype": "<i4"}}],')
    expect(plain).toContain('compressors=[{"name": "crc32c"}],')
    expect(plain).toContain('chunks=(4,),')
    expect(plain).not.toContain('shards=')
    expect(plain).toContain('path="obs/t"')
    expect(plain).toContain('name="obs/t_tuned"')
    const sharded = of(
      v3(
        `[{"name":"sharding_indexed","configuration":{"chunk_shape":[2],"codecs":[${bytes.replace('little', 'big')}]}}]`,
      ),
    )
    expect(sharded).toContain(
      'chunks=(2,),\n    shards=(4,),\n    filters=None,\n    serializer={"name": "bytes"',
    )
  })

  test('goes to a folder of its own where the array is the store, or the store a zip file', () => {
    const document = v3(`[${bytes}]`)
    expect(of(document, { path: '' })).toContain('    "/d/a_tuned.zarr",\n    shape=source.shape')
    const zip = of(document, { storePath: '/d/a.zarr.zip', storeKind: 'zip' })
    expect(zip).toContain('ZipStore("/d/a.zarr.zip", mode="r")')
    expect(zip).toContain('    "/d/a_tuned.zarr",\n    name="obs/t_tuned"')
  })

  test('says why there is none', () => {
    expect(of('{}', { zarrFormat: 1 })).toMatch(/format 1/)
    expect(of('{}', { storeKind: 'other' })).toMatch(/not on a disk/)
    expect(of(v3(`[${bytes},{"name":"numcodecs.base64"}]`))).toBe(
      'zarr-python 3 has no codec "numcodecs.base64".',
    )
    const v2 = '{"chunks":[4],"compressor":{"id":"zfpy"},"filters":null,"order":"C"}'
    expect(of(v2, { zarrFormat: 2 })).toBe('zarr-python 3 has no codec "zfpy".')
  })
})
