import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDtypeName } from './dtype-name'
import { dataType } from './registry'
import { readTyped } from './typed'

test.each([
  ['bool', Uint8Array],
  ['int2', Int8Array],
  ['uint4', Uint8Array],
  ['int8', Int8Array],
  ['uint16', Uint16Array],
  ['int32', Int32Array],
  ['uint64', BigUint64Array],
  ['int64', BigInt64Array],
  ['float16', Float32Array],
  ['float8_e5m2', Float32Array],
  ['bfloat16', Float32Array],
  ['float32', Float32Array],
  ['float64', Float64Array],
  ['complex64', Float32Array],
  ['complex128', Float64Array],
  ['M8[s]', BigInt64Array],
])('%s agrees with reading item by item', (name, constructor) => {
  const { spec } = parseDtypeName(name)
  const type = dataType(spec)
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.nat(7), (random, shift) => {
      const memory = new Uint8Array(64 + shift)
      memory.set(random, shift)
      const bytes = memory.subarray(shift)
      const typed = readTyped(spec, bytes)
      expect(typed).toBeInstanceOf(constructor)
      const items = Array.from({ length: 64 / type.itemsize! }, (_, i) =>
        type.read(bytes, i * type.itemsize!),
      )
      const expected = items.flat().map((item) => (typeof item === 'boolean' ? Number(item) : item))
      const actual =
        name === 'bool' ? [...(typed as Uint8Array)].map((byte) => Number(byte !== 0)) : [...typed]
      expect(actual).toEqual(expected)
      expect(memory.subarray(shift)).toEqual(random)
    }),
    { seed: 4, numRuns: 50 },
  )
})

test('texts and records are lists', () => {
  const text = parseDtypeName('U2')
  expect(readTyped(text.spec, Uint8Array.of(97, 0, 0, 0, 0, 0, 0, 0, 98, 0, 0, 0, 99, 0, 0, 0))).toEqual([
    'a',
    'bc',
  ])
  const string = parseDtypeName('string')
  expect(readTyped(string.spec, Uint8Array.of(97, 0xc3, 0xa9), Uint32Array.of(0, 1, 1, 3))).toEqual([
    'a',
    '',
    'é',
  ])
  const record = parseDtypeName([['a', 'i1']])
  expect(readTyped(record.spec, Uint8Array.of(1, 255))).toEqual([{ a: 1 }, { a: -1 }])
  expect(() => readTyped(string.spec, new Uint8Array(3))).toThrow(TypeError)
})
