import { expect, test } from 'vitest'
import { UsageError } from '@shared/errors'
import { toJsonValue } from '@shared/json/access'
import type { JsonObject } from '@shared/json/value'
import { InlineExecutor } from '../../pool/inline'
import { createEngine } from '../../session/engine'
import { MemoryStore } from '../../stores/memory'
import type { NewArrayOptions } from './new-array-options'
import { createArray } from './create-node'

const engine = createEngine({ executor: new InlineExecutor() })
const codec = (json: object): JsonObject => toJsonValue(json) as JsonObject

/** The document of a new array, as plain JSON. */
async function document(options: Partial<NewArrayOptions>): Promise<Record<string, unknown>> {
  const store = new MemoryStore()
  await createArray(store, '', { shape: [4], dtype: 'f8', ...options }, engine)
  const name = { 1: 'meta', 2: '.zarray', 3: 'zarr.json' }[options.zarrFormat ?? 3]
  return JSON.parse(new TextDecoder().decode(await store.get(name))) as Record<string, unknown>
}

test.each<[string, Partial<NewArrayOptions>, RegExp]>([
  ['a codec that is refused', { compressor: codec({ id: 'zfpy' }) }, /could not be read again: .*zfp/],
  ['a codec that nobody knows', { filters: [codec({ name: 'nothing' })] }, /"nothing"/],
  [
    'a codec out of its place',
    { filters: [codec({ id: 'packbits' })] },
    /\(codec numcodecs\.packbits\): it packs booleans only/,
  ],
  ['snappy, which is only read', { compressor: codec({ id: 'blosc', cname: 'snappy' }) }, /choose lz4/],
  [
    'sub-arrays in format 1',
    { dtype: toJsonValue([['a', '<f4', [2]]]), zarrFormat: 1 },
    /Format 1 has no sub-arrays/,
  ],
])('refuses %s before anything is written', async (_, options, message) => {
  const store = new MemoryStore()
  const creating = createArray(store, '', { shape: [4], dtype: 'f8', ...options }, engine)
  await expect(creating).rejects.toThrow(UsageError)
  await expect(creating).rejects.toThrow(message)
  expect((await store.list('')).keys).toEqual([])
})

test('a filter that turns items into bytes takes the place of the serializer', async () => {
  const packed = await document({ dtype: 'bool', filters: [codec({ name: 'packbits' })], compressor: null })
  expect(packed['codecs']).toEqual([{ name: 'packbits' }])
  const labels = codec({ id: 'categorize', labels: ['a', 'b'], dtype: '|O', astype: '|u1' })
  const texts = await document({ dtype: 'string', filters: [labels], compressor: null })
  expect(texts['codecs']).toMatchObject([{ name: 'numcodecs.categorize' }])
})

test('filters on numbers state both their types, as numcodecs does', async () => {
  const quantize = codec({ id: 'quantize', digits: 2 })
  expect((await document({ zarrFormat: 2, filters: [quantize] }))['filters']).toEqual([
    { id: 'quantize', digits: 2, dtype: '<f8', astype: '<f8' },
  ])
  const narrower = codec({ id: 'delta', astype: '<i2' })
  expect((await document({ zarrFormat: 2, dtype: 'i4', filters: [narrower] }))['filters']).toEqual([
    { id: 'delta', astype: '<i2', dtype: '<i4' },
  ])
})

test('where format 1 cannot state zero there is no fill value', async () => {
  for (const dtype of ['S3', 'V2', '[["a","<i4"]]'])
    expect(await document({ zarrFormat: 1, dtype })).toMatchObject({ fill_value: null })
  expect(await document({ zarrFormat: 1, dtype: 'U3' })).toMatchObject({ fill_value: '' })
})
