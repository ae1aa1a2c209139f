import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ZarrscopeError } from '@shared/errors'
import { parseCodecSpecs } from './codec-spec'
import { CODECS, findCodec, isKnownCodec } from './table'
import { decoded, pipeline, SEED } from './testing/chunks'
import { SAMPLES } from './testing/samples'

test('there is a sample of every codec', () => {
  const inner = SAMPLES.flatMap(({ codecs }) =>
    codecs.flatMap(({ configuration }) => {
      const list = configuration.get('codecs')
      return list === undefined ? [] : parseCodecSpecs(list, '', isKnownCodec)
    }),
  )
  const used = [...SAMPLES.flatMap(({ codecs }) => codecs), ...inner].map(({ name }) => findCodec(name))
  expect(CODECS.filter((codec) => !used.includes(codec)).map(({ name }) => name)).toEqual([])
})

describe.each(
  SAMPLES.map((sample) => ({ title: sample.codecs.map(({ name }) => name).join(' → '), sample })),
)('$title', ({ sample }) => {
  const bound = pipeline({ ...sample, fill: null })
  const expected = { data: [...sample.data], ...(sample.offsets && { offsets: [...sample.offsets] }) }

  test('stores and gives back the chunk, twice alike, and in a size it foretold', () => {
    const stored = bound.encode(sample.data, sample.offsets)
    expect(decoded(bound, stored)).toEqual(expected)
    expect(bound.encode(sample.data, sample.offsets)).toEqual(stored)
    expect(bound.encodedSize ?? stored.length).toBe(stored.length)
    expect(stored.buffer.byteLength).toBe(stored.length)
  })

  test('no damage gives anything but a whole chunk or an error of the house', () => {
    const stored = bound.encode(sample.data, sample.offsets)
    const damages = fc.oneof(
      fc.nat(stored.length - 1).map((length) => stored.subarray(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 9 }).map((tail) => Buffer.concat([stored, tail])),
      fc.uint8Array({ maxLength: 60 }),
      fc
        .array(fc.tuple(fc.nat(stored.length - 1), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 3,
        })
        .map((flips) => {
          const copy = Uint8Array.from(stored)
          for (const [place, flip] of flips) copy[place]! ^= flip
          return copy
        }),
    )
    fc.assert(
      fc.property(damages, (damaged) => {
        const before = Uint8Array.from(damaged)
        try {
          const { data, offsets } = decoded(bound, damaged)
          if (offsets) expect(offsets.length).toBe(expected.offsets!.length)
          else expect(data.length).toBe(expected.data.length)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ZarrscopeError)
        }
        expect(Uint8Array.from(damaged)).toEqual(before)
      }),
      { seed: SEED, numRuns: 150 },
    )
    expect(decoded(bound, stored)).toEqual(expected)
  })
})
