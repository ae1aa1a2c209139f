import { expect, test } from 'vitest'
import { CODECS, findCodec, isKnownCodec, REFUSED_CODECS, whyRefused } from './table'

const names = [...CODECS, ...REFUSED_CODECS].flatMap(({ name, aliases = [] }) => [name, ...aliases])

test('every name stands for one codec', () => {
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(isKnownCodec(name)).toBe(true)
  expect(findCodec('numcodecs.gzip')).toBe(findCodec('gzip'))
  expect(isKnownCodec('constructor')).toBe(false)
})

test.each(CODECS.map((codec) => [codec.name, codec] as const))(
  '%s can stand somewhere and says what it is',
  (_, codec) => {
    expect(codec.bindArrayToArray ?? codec.bindArrayToBytes ?? codec.bindBytesToBytes).toBeDefined()
    expect(codec.about).toMatch(/^[a-z0-9A-Z].*[^.]$/)
  },
)

test.each(REFUSED_CODECS.map((codec) => [codec.name, codec] as const))(
  '%s is refused with a reason',
  (name, codec) => {
    expect(findCodec(name)).toBeUndefined()
    expect(whyRefused(name)).toBe(codec.refused)
  },
)
