import { expect, test } from 'vitest'
import { codec } from '../pool/testing/stored-array'
import { checksumsOf } from './checksums'

test.each([
  ['blosc has none', [codec('bytes'), codec('blosc', { cname: 'lz4' })], []],
  ['a codec that is one', [codec('bytes'), codec('zstd', { level: 1 }), codec('crc32c')], ['crc32c']],
  ['zstd where it is asked for', [codec('bytes'), codec('zstd', { checksum: true })], ['zstd (XXH64)']],
  ['by another name', [codec('bytes'), codec('numcodecs.gzip', { level: 1 })], ['gzip (CRC-32)']],
  ['.xz by default', [codec('bytes'), codec('numcodecs.lzma')], ['xz (CRC-64)']],
  ['.xz without', [codec('bytes'), codec('numcodecs.lzma', { format: 1, check: 0 })], []],
  ['raw LZMA', [codec('bytes'), codec('numcodecs.lzma', { format: 3, filters: [] })], []],
  ['one that is not known', [codec('bytes'), codec('constructor')], []],
])('%s', (_what, codecs, expected) => {
  expect(checksumsOf(codecs)).toEqual(expected)
})
