import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, LimitError, MetadataError, UnsupportedError, UsageError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import type { JsonObject } from '@shared/json/value'
import { nameChunk } from './corrupt'
import { bindPipeline, checkPipeline } from './pipeline'
import type { CodecSpec } from './pipeline-spec'
import { codec, decoded, INT32, ints, LITTLE, pipeline, UINT8 } from './testing/chunks'

const check = (codecs: CodecSpec[]) => checkPipeline({ dtype: INT32, shape: [4], fill: null, codecs })

describe('which codec may stand where', () => {
  test.each([
    ['nothing', [], /no codec turns the array into bytes/],
    ['a compressor alone', [codec('gzip', { level: 1 })], /no codec turns/],
    ['two serializers', [LITTLE, LITTLE], /two codecs turn the array into bytes: bytes and bytes/],
    ['a compressor first', [codec('gzip', { level: 1 }), LITTLE], /gzip cannot stand before/],
    ['a transposition last', [LITTLE, codec('transpose', { order: [0] })], /transpose cannot stand behind/],
  ])('%s is refused', (_, codecs, message) => {
    const error = check(codecs)
    expect(error).toBeInstanceOf(MetadataError)
    expect(error?.message).toMatch(message)
  })

  test('unknown and refused codecs are named', () => {
    expect(check([LITTLE, codec('example.unknown')])).toBeInstanceOf(UnsupportedError)
    expect(check([LITTLE, codec('example.unknown')])?.message).toBe(
      'The codec "example.unknown" cannot be used: this version does not know it.',
    )
    expect(check([codec('numcodecs.pickle', { protocol: 2 })])?.message).toMatch(/run whatever program/)
    expect(check([codec('zfp')])).toBeInstanceOf(UnsupportedError)
  })

  test('fields that might change the bytes must be known, others need not be', () => {
    expect(check([codec('transpose', { order: [0], mode: 'new' }), LITTLE])?.message).toMatch(
      /unknown field "mode"/,
    )
    expect(check([LITTLE, codec('zstd', { level: 1, nthreads: 4 })])).toBeUndefined()
  })

  test('a good pipeline has nothing to say', () => {
    expect(
      check([codec('transpose', { order: [0] }), LITTLE, codec('zstd'), codec('crc32c')]),
    ).toBeUndefined()
  })
})

describe('encode and decode', () => {
  const chain = [
    LITTLE,
    codec('numcodecs.shuffle', { elementsize: 4 }),
    codec('blosc', { cname: 'lz4' }),
    codec('gzip', { level: 1 }),
    codec('crc32c'),
  ]

  test('undo each other through many codecs', () => {
    const bound = pipeline({ codecs: chain })
    expect(decoded(bound, bound.encode(ints(1, 2, 3, 4))).data).toEqual([...ints(1, 2, 3, 4)])
  })

  test('change no input and keep no result', () => {
    const bound = pipeline({ codecs: chain })
    const data = ints(5, 6, 7, 8)
    const stored = bound.encode(data)
    const before = Buffer.from(stored)
    bound.encode(ints(0, 0, 0, 1))
    bound.decode(stored)
    expect(Buffer.from(stored)).toEqual(before)
    expect(data).toEqual(ints(5, 6, 7, 8))
    const plain = pipeline({ codecs: [LITTLE] }).encode(data)
    expect(plain.buffer).not.toBe(data.buffer)
    const shuffled = pipeline({ codecs: [LITTLE, codec('numcodecs.shuffle')] })
    const first = shuffled.encode(data)
    shuffled.encode(ints(9, 9, 9, 9))
    expect(decoded(shuffled, first).data).toEqual([...data])
  })

  test('take parts of a pooled Buffer', () => {
    const bound = pipeline({ codecs: [codec('numcodecs.delta', { dtype: '<i4' }), LITTLE] })
    const pooled = Buffer.concat([Buffer.from('x'), bound.encode(ints(3, 1, 4, 1))]).subarray(1)
    expect(decoded(bound, pooled).data).toEqual([...ints(3, 1, 4, 1)])
    const input = Buffer.concat([Buffer.from('x'), ints(3, 1, 4, 1)]).subarray(1)
    expect(decoded(bound, bound.encode(input)).data).toEqual([...ints(3, 1, 4, 1)])
  })

  test('a scalar chunk has one item', () => {
    const bound = pipeline({ shape: [], codecs: [codec('transpose', { order: [] }), LITTLE, codec('gzip')] })
    expect(bound.items).toBe(1)
    expect(decoded(bound, bound.encode(ints(-7))).data).toEqual([...ints(-7)])
  })

  test('data of another size is refused', () => {
    expect(() => pipeline({ codecs: [LITTLE] }).encode(ints(1))).toThrow(UsageError)
    const text = pipeline({ dtype: { kind: 'vlen-text' }, shape: [2], codecs: [codec('vlen-utf8')] })
    expect(() => text.encode(new Uint8Array(3), Uint32Array.of(0, 1))).toThrow(UsageError)
    expect(() => text.encode(new Uint8Array(3))).toThrow(UsageError)
  })

  test('a chunk beyond the limit is refused before memory is taken', () => {
    const bound = bindPipeline({
      dtype: UINT8,
      shape: [2 ** 20, 2 ** 20],
      fill: null,
      codecs: [codec('bytes')],
    })
    expect(() => bound.decode(new Uint8Array(1))).toThrow(LimitError)
    expect(() => bound.encode(new Uint8Array(1))).toThrow(LimitError)
  })
})

test('a pipeline that went to another thread is the same', () => {
  const floats = parseJson('{"dtype": "<i4", "astype": "|u1", "offset": 1.0, "scale": 1e-1}')
    .value as JsonObject
  const map = parseJson('{"data_type": "float32", "scalar_map": {"encode": [[7, 1.0]]}}').value as JsonObject
  const codecs = [{ name: 'cast_value', configuration: map }, LITTLE]
  for (const list of [[LITTLE, { name: 'numcodecs.fixedscaleoffset', configuration: floats }], codecs]) {
    const spec = { dtype: INT32, shape: [2], fill: ints(7), codecs: list }
    expect(bindPipeline(structuredClone(spec)).encode(ints(7, 31))).toEqual(
      bindPipeline(spec).encode(ints(7, 31)),
    )
  }
})

test('nameChunk puts the key into an error that has none', () => {
  const thrown = (() => {
    try {
      return pipeline({ codecs: [LITTLE] }).decode(new Uint8Array(3))
    } catch (error) {
      return error
    }
  })()
  const named = nameChunk(thrown, 'a/c/0') as ChunkCorruptError
  expect(named).toMatchObject({ key: 'a/c/0', code: 'CHUNK_CORRUPT' })
  expect(named.message).toBe(
    'The chunk a/c/0 cannot be decoded: it holds 3 bytes where the metadata asks for 16.',
  )
  expect(nameChunk(named, 'other')).toBe(named)
  expect(nameChunk('text', 'other')).toBe('text')
})
