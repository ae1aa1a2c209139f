import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ChunkCorruptError, MetadataError } from '@shared/errors'
import type { CodecPipeline } from './codec-pipeline'
import { codec, decoded, pipeline, UINT8 } from './testing/chunks'

const bound = (items: number, configuration: object = { level: 1 }): CodecPipeline =>
  pipeline({ dtype: UINT8, shape: [items], codecs: [codec('bytes'), codec('gzip', configuration)] })

const text = (length: number, stored: Uint8Array): string =>
  Buffer.from(bound(length).decode(stored).data).toString()

describe('reading', () => {
  test('what another program wrote', () => {
    expect(text(5, gzipSync('hello', { level: 9 }))).toBe('hello')
  })

  test('all members of a file, and zeros that pad it', () => {
    const members = Buffer.concat([gzipSync('first '), gzipSync(''), gzipSync('second')])
    expect(text(12, members)).toBe('first second')
    expect(text(12, Buffer.concat([members, new Uint8Array(512)]))).toBe('first second')
  })

  test.each([
    ['no gzip at all', Buffer.from('not gzip at all'), /not valid/],
    ['a cut file', gzipSync('hello').subarray(0, -1), /ends too early/],
    ['a wrong checksum', flipped(gzipSync('hello'), -5), /checksum/],
    ['a wrong length', flipped(gzipSync('hello'), -1), /checksum|not valid/],
    [
      'something behind it',
      Buffer.concat([gzipSync('hello'), Buffer.from('tail')]),
      /ends too early|not valid|do not belong/,
    ],
    ['too much data', gzipSync('hello!'), /more bytes than expected/],
    ['too little data', gzipSync('hell'), /fewer bytes than expected|holds 4 bytes/],
  ])('%s is refused', (_, stored, message) => {
    expect(() => bound(5).decode(stored)).toThrow(ChunkCorruptError)
    expect(() => bound(5).decode(stored)).toThrow(message)
  })

  test('a bomb is given up at the first byte too many', () => {
    expect(() => bound(100).decode(gzipSync(new Uint8Array(2 ** 26)))).toThrow(/more bytes than expected/)
  })
})

describe('writing', () => {
  test('one member that other programs read, without time and name', () => {
    const stored = bound(3).encode(Uint8Array.of(1, 2, 3))
    expect([...gunzipSync(stored)]).toEqual([1, 2, 3])
    expect([...stored.subarray(0, 8)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
  })

  test('higher levels make smaller chunks', () => {
    const data = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i) >> 7)
    const size = (level: number): number => bound(20_000, { level }).encode(data).length
    expect(size(9)).toBeLessThan(size(1))
    expect(size(0)).toBeGreaterThan(20_000)
  })
})

test.each([{}, { level: null }])('the level may be absent: %j', (configuration) => {
  const pipe = bound(3, configuration)
  expect(decoded(pipe, pipe.encode(Uint8Array.of(1, 2, 3))).data).toEqual([1, 2, 3])
})

test.each([10, -2, 1.5, '1', true])('the level %j is refused', (level) => {
  expect(() => bound(3, { level })).toThrow(MetadataError)
  expect(() => bound(3, { level })).toThrow(/codec gzip, level.*whole number/)
})

function flipped(stored: Uint8Array, place: number): Uint8Array {
  const copy = Uint8Array.from(stored)
  copy[copy.length + place]! ^= 1
  return copy
}
