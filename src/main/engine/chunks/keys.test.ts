import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkKey, parseChunkBytesInto, parseChunkKey, type KeyEncodingSpec } from './keys'

const slash: KeyEncodingSpec = { name: 'default', separator: '/' }
const dot: KeyEncodingSpec = { name: 'default', separator: '.' }
const v2dot: KeyEncodingSpec = { name: 'v2', separator: '.' }
const v2slash: KeyEncodingSpec = { name: 'v2', separator: '/' }
const encodings = [slash, dot, v2dot, v2slash]

describe('chunkKey', () => {
  // As written by zarr-python for arrays of rank 0, 1, 2 and 3.
  test.each([
    [slash, [], 'c'],
    [slash, [7], 'c/7'],
    [slash, [1, 0], 'c/1/0'],
    [dot, [], 'c'],
    [dot, [1, 0], 'c.1.0'],
    [v2dot, [], '0'],
    [v2dot, [7], '7'],
    [v2dot, [1, 0, 12], '1.0.12'],
    [v2slash, [], '0'],
    [v2slash, [1, 0, 12], '1/0/12'],
  ])('%o %j is %s', (encoding, coords, key) => {
    expect(chunkKey(encoding, coords)).toBe(key)
    expect(parseChunkKey(encoding, key, coords.length)).toEqual(coords)
  })
})

describe('parseChunkKey', () => {
  const coordinate = fc.oneof(fc.nat(20), fc.nat(), fc.maxSafeNat())

  test('takes back every key, of its own rank only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...encodings),
        fc.array(coordinate, { maxLength: 6 }),
        (encoding, coords) => {
          const key = chunkKey(encoding, coords)
          expect(parseChunkKey(encoding, key, coords.length)).toEqual(coords)
          expect(parseChunkKey(encoding, key, coords.length + 1)).toEqual(
            // "0" names the only chunk without dimensions, and the first of one.
            encoding.name === 'v2' && coords.length === 0 ? [0] : undefined,
          )
        },
      ),
      { seed: 1 },
    )
  })

  test('accepts a text only if it is spelt as chunkKey spells it', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '9', 'c', '.', '/', '-', '+', ' ', 'e', 'x') })
    fc.assert(
      fc.property(fc.constantFrom(...encodings), text, fc.nat(3), (encoding, key, rank) => {
        const coords = parseChunkKey(encoding, key, rank)
        if (coords) expect(chunkKey(encoding, coords)).toBe(key)
      }),
      { seed: 2, numRuns: 2000 },
    )
  })

  test('judges bytes as it judges text', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '9', 'c', '.', '/', '-', 'x', '٣') })
    const around = fc.string({ unit: fc.constantFrom('0', '.', '/'), maxLength: 2 })
    const some = fc.oneof(
      text,
      fc
        .tuple(fc.constantFrom(...encodings), fc.array(coordinate, { maxLength: 3 }))
        .map(([encoding, coords]) => chunkKey(encoding, coords)),
    )
    fc.assert(
      fc.property(fc.constantFrom(...encodings), some, around, fc.nat(3), (encoding, key, other, rank) => {
        const bytes = Buffer.from(other + key + other)
        const coords = new Float64Array(rank)
        const [from, to] = [other.length, bytes.length - other.length]
        const isChunk = parseChunkBytesInto(encoding, bytes, from, to, coords, 0, rank)
        expect(isChunk ? [...coords] : undefined).toEqual(parseChunkKey(encoding, key, rank))
      }),
      { seed: 3, numRuns: 4000 },
    )
  })

  test.each([
    [v2dot, '0.0.lock', 2],
    [v2dot, '0.0.partial', 2],
    [v2dot, '0.0 (1)', 2],
    [v2dot, '.zarray', 1],
    [v2dot, 'attrs', 1],
    [v2dot, '00.1', 2],
    [v2dot, '0.-1', 2],
    [v2dot, '0.', 2],
    [v2dot, '.0', 2],
    [v2dot, '0/1', 2],
    [v2dot, '٣', 1],
    [v2dot, '9007199254740992', 1],
    [slash, 'c/0/0', 1],
    [slash, 'c0/0', 2],
    [slash, 'c.0.0', 2],
    [slash, 'zarr.json', 0],
    [slash, '', 0],
  ])('%o %s is a stray name at rank %i', (encoding, key, rank) => {
    expect(parseChunkKey(encoding, key, rank)).toBeUndefined()
  })
})
