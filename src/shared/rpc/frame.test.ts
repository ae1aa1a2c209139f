import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '../errors'
import { decodeFrame, encodeFrame, MAX_FRAME_BYTES } from './frame'

const typed = fc.oneof(
  fc.uint8Array(),
  fc.int16Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
)
const message = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.double(),
    fc.bigInt(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    typed,
  ),
  key: fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor', '0')),
  node: fc.oneof(
    { maxDepth: 5 },
    tie('leaf'),
    fc.array(tie('node'), { maxLength: 6 }),
    fc.dictionary(tie('key') as fc.Arbitrary<string>, tie('node'), { maxKeys: 6, noNullPrototype: true }),
  ),
})).node

test('every message that a port may carry survives its frame', () => {
  fc.assert(
    fc.property(message, (sent) => {
      // Not toStrictEqual: it takes a key "constructor" for the class of an object.
      expect(isDeepStrictEqual(decodeFrame(encodeFrame(sent).buffer), sent)).toBe(true)
    }),
    { seed: 20261122, numRuns: 500 },
  )
})

test('typed arrays are views on the frame, 8-byte aligned, and not copies', () => {
  const frame = encodeFrame({ text: 'odd', a: new Uint8Array(5), b: new Float64Array([1.5]) }).buffer
  const { b } = decodeFrame(frame) as { b: Float64Array }
  expect(b.buffer).toBe(frame)
  expect(b.byteOffset % 8).toBe(0)
})

test.each([
  ['a function', { f: () => 1 }],
  ['a symbol', [Symbol('s')]],
  ['a Map', { m: new Map() }],
  ['a Date', new Date(0)],
  ['a DataView', new DataView(new ArrayBuffer(8))],
])('%s is refused by the sender', (_what, value) => {
  expect(() => encodeFrame(value)).toThrow(UsageError)
})

test('a message that contains itself is refused by the sender', () => {
  const loop: Record<string, unknown> = {}
  loop['self'] = loop
  expect(() => encodeFrame(loop)).toThrow(UsageError)
})

test('a message above the limit is refused by the sender before it is allocated', () => {
  const half = new Uint8Array(MAX_FRAME_BYTES / 2)
  expect(() => encodeFrame([half, half])).toThrow(/limit of 268435456/)
})

const frameOf = (header: string, bytes = 0, claimed?: number): ArrayBuffer => {
  const head = new TextEncoder().encode(header)
  const frame = new Uint8Array(Math.ceil((4 + head.length) / 8) * 8 + bytes)
  new DataView(frame.buffer).setUint32(0, claimed ?? head.length, true)
  frame.set(head, 4)
  return frame.buffer
}
const marked = (...mark: unknown[]): string => JSON.stringify({ $: mark })

test.each<[string, ArrayBuffer]>([
  ['nothing', new ArrayBuffer(0)],
  ['three bytes', new ArrayBuffer(3)],
  ['a header of 4 GiB', frameOf('{}', 0, 0xffff_ffff)],
  ['a header that ends one byte late', frameOf('{}   ', 0, 13)],
  ['no JSON', frameOf('{"t":')],
  ['no UTF-8', frameOf('"\u00ff"', 0, 2)],
  ['a buffer behind the end', frameOf(marked('Uint8Array', 0, 9), 8)],
  ['a buffer that starts behind the end', frameOf(marked('Uint8Array', 16, 0), 8)],
  ['a buffer before the start', frameOf(marked('Uint8Array', -8, 8), 8)],
  ['a fractional offset', frameOf(marked('Uint8Array', 0.5, 4), 8)],
  ['a length beyond 2^53', frameOf(marked('Uint8Array', 0, 2 ** 60), 8)],
  ['an offset that is text', frameOf(marked('Uint8Array', '0', 8), 8)],
  ['an unaligned buffer', frameOf(marked('Float64Array', 4, 8), 16)],
  ['half an item', frameOf(marked('Float64Array', 0, 4), 8)],
  ['an unknown class', frameOf(marked('Function', 0, 8), 8)],
  ['a class named like a property of objects', frameOf(marked('constructor', 0, 8), 8)],
  ['a mark that is no list', frameOf('{"$":"bigint"}')],
  ['an empty mark', frameOf('{"$":[]}')],
  ['a number that is none', frameOf(marked('number', 'toString'))],
  ['a bigint that is none', frameOf(marked('bigint', '0x10'))],
  ['a bigint of a million digits', frameOf(marked('bigint', '9'.repeat(1_000_000)))],
  ['an escaped list', frameOf(marked('object', []))],
  ['nesting of a million', frameOf('['.repeat(1_000_000) + ']'.repeat(1_000_000))],
  ['nesting by marks', frameOf('{"$":["object",'.repeat(1000) + '{}' + ']}'.repeat(1000))],
  [
    'one buffer claimed a thousand times',
    frameOf(
      `[${Array(1000)
        .fill(marked('ArrayBuffer', 0, 800_000))
        .join()}]`,
      800_000,
    ),
  ],
])('a frame of %s is refused with one kind of error', (_what, frame) => {
  expect(() => decodeFrame(frame)).toThrow(UsageError)
})

test('a frame above the given limit is refused unread', () => {
  expect(() => decodeFrame(encodeFrame(new Uint8Array(1000)).buffer, 500)).toThrow(UsageError)
})

test('bytes at random either decode or are refused, and never poison prototypes', () => {
  const valid = encodeFrame({ a: new Uint8Array(9), b: [1n, NaN], __proto__: null, c: { $: 1 } })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (flips) => {
        const frame = valid.slice()
        for (const [at, byte] of flips) frame[at] = byte
        try {
          decodeFrame(frame.buffer)
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError)
        }
      },
    ),
    { seed: 20261122, numRuns: 3000 },
  )
  const poisoned = decodeFrame(frameOf('{"__proto__":{"bad":1}}')) as Record<string, unknown>
  expect(poisoned['bad']).toBeUndefined()
  expect(({} as Record<string, unknown>)['bad']).toBeUndefined()
})
