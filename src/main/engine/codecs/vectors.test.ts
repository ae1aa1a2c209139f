import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseNumpyDtype } from '@shared/dtype/numpy-dtype'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { parseJson } from '@shared/json/parse'
import type { JsonObject } from '@shared/json/value'
import { corpusFolder } from '@engine/testing/corpus'
import { bindPipeline } from './pipeline'
import type { CodecSpec } from './pipeline-spec'
import { findCodec } from './table'
import { joinItems } from './vlen'
import { canonical } from './layout'

const folder = corpusFolder('zarr341-seed1')

interface Vector {
  config: { id: string }
  dtype: string
  n: number
  encoded: string
  exact_encode: boolean
  raw?: string
  decoded?: string
  values?: unknown[]
}

/** Every codec of numcodecs as NumPy's own encoder wrote it. */
const text = folder === undefined ? '[]' : readFileSync(join(folder, 'codec_vectors.json'), 'utf8')
const vectors = JSON.parse(text) as Vector[]
const configs = (parseJson(text).value as JsonObject[]).map((vector) => vector.get('config') as JsonObject)

const nameOf = (id: string): string => (findCodec(`numcodecs.${id}`) ? `numcodecs.${id}` : id)

test.skipIf(folder !== undefined)('the corpus is absent: no vectors to check', () => undefined)

describe.each(vectors.map((vector, i) => ({ i, title: JSON.stringify(vector.config), vector })))(
  'vector $i $title',
  ({ i, vector }) => {
    const configuration: JsonObject = new Map([...configs[i]!].filter(([field]) => field !== 'id'))
    const codec: CodecSpec = { name: nameOf(vector.config.id), configuration }
    const dtype = parseNumpyDtype(vector.dtype)
    const encoded = Buffer.from(vector.encoded, 'base64')
    const shape = [vector.n]

    if (vector.raw !== undefined) {
      const raw = Uint8Array.from(Buffer.from(vector.raw, 'base64'))
      const decoded =
        vector.decoded === undefined ? raw : Uint8Array.from(Buffer.from(vector.decoded, 'base64'))
      const endian = new Map([['endian', 'little']])
      const spec = {
        dtype: dtype.spec,
        shape,
        fill: null,
        codecs: [{ name: 'bytes', configuration: endian }, codec],
      }
      const pipeline = bindPipeline(spec)
      test('decodes as a filter or compressor', () => {
        expect(Buffer.from(pipeline.decode(encoded).data)).toEqual(Buffer.from(decoded))
      })
      test.skipIf(configuration.get('cname') === 'snappy')('encodes', () => {
        const stored = pipeline.encode(raw)
        if (vector.exact_encode) expect(Buffer.from(stored)).toEqual(encoded)
        else expect(Buffer.from(pipeline.decode(stored).data)).toEqual(Buffer.from(decoded))
      })
      if (findCodec(codec.name)?.bindArrayToArray) {
        test('decodes and encodes before `bytes`', () => {
          const array = bindPipeline({ ...spec, codecs: [codec, { name: 'bytes', configuration: endian }] })
          expect(Buffer.from(array.decode(encoded).data)).toEqual(Buffer.from(decoded))
          expect(Buffer.from(array.encode(raw))).toEqual(encoded)
        })
      }
    } else {
      const kinds: Record<string, DataTypeSpec> = {
        'vlen-utf8': { kind: 'vlen-text' },
        'vlen-bytes': { kind: 'vlen-bytes' },
        'vlen-array': { kind: 'vlen-array', item: { kind: 'int', bits: 16 } },
      }
      const spec = {
        dtype: kinds[vector.config.id] ?? ({ kind: 'object' } as const),
        shape,
        fill: null,
        codecs: [codec],
      }
      const items = joinItems(vector.values!.map((value) => itemBytes(value)))
      test('decodes', () => {
        const { data, offsets } = canonical(bindPipeline(spec).decode(encoded))
        expect(offsets).toEqual(items.offsets)
        expect(Buffer.from(data)).toEqual(Buffer.from(items.data))
      })
      test('encodes', () => {
        expect(Buffer.from(bindPipeline(spec).encode(items.data, items.offsets))).toEqual(encoded)
      })
    }

    function itemBytes(value: unknown): Uint8Array {
      if (Array.isArray(value)) return new Uint8Array(Int16Array.from(value as number[]).buffer)
      if (vector.config.id === 'vlen-bytes')
        return Uint8Array.from(Buffer.from((value as { b64: string }).b64, 'base64'))
      if (vector.config.id === 'vlen-utf8') return new TextEncoder().encode(value as string)
      const json = typeof value === 'string' ? value : (value as { json: unknown }).json
      return new TextEncoder().encode(JSON.stringify(json))
    }
  },
)
