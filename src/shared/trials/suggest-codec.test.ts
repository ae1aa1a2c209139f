import { expect, test } from 'vitest'
import type { CodecRow } from '../model/trials'
import { suggestCodec } from './suggest-codec'

const row = (
  spec: string,
  ratio: number,
  encode: number,
  decode: number,
  more: Partial<CodecRow> = {},
): CodecRow => ({
  spec,
  name: spec,
  setting: { order: 'C', filters: [], compressor: spec === 'none' ? null : spec },
  ratio,
  sampleBytes: 1000,
  storedBytes: 1000,
  encodeMBps: encode,
  decodeMBps: decode,
  lossless: true,
  pareto: false,
  present: false,
  ...more,
})

test('what is only copied is as fast as memory, and makes no decoder slow', () => {
  const rows = [
    row('lz4', 10, 2000, 5000, { present: true }),
    row('none', 1, 3000, 25_000),
    row('zstd', 40, 200, 2500),
  ]
  expect(suggestCodec(rows)!.spec).toBe('zstd')
  expect(suggestCodec(rows.slice(0, 2))).toEqual({
    spec: 'lz4',
    reason:
      'The present setting (lz4) is good: ratio 10, decoding at 5,000 MB/s; no other candidate is clearly better.',
  })
})

test('a better ratio is worth a slower decoder, but not a very slow one, nor one that hardly writes', () => {
  const fast = row('lz4', 2, 500, 1000, { present: true })
  expect(suggestCodec([fast, row('zstd', 3, 100, 400)])!.spec).toBe('zstd')
  expect(suggestCodec([fast, row('bz2', 4, 15, 30)])!.spec).toBe('lz4')
  expect(suggestCodec([fast, row('slow', 4, 5, 900)])!.spec).toBe('lz4')
})

test('what loses bits is never suggested, what cannot be compressed stays plain', () => {
  expect(suggestCodec([row('bitround', 9, 500, 900, { lossless: false })])).toBeNull()
  const plain = row('none', 1, 3000, 20_000, { present: true })
  expect(suggestCodec([plain, row('zstd', 1.001, 300, 900)])!.spec).toBe('none')
  expect(suggestCodec([plain, row('zstd', 2, 300, 900)])!.reason).toBe(
    'zstd has a ratio of 2 and decodes at 900 MB/s instead of 1 and 20,000 MB/s now (none); nothing is lost.',
  )
})
