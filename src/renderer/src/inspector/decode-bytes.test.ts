import { expect, test } from 'vitest'
import { decodeBytes } from './decode-bytes'

const decoded = (bytes: number[], big = false): Record<string, string> =>
  Object.fromEntries(decodeBytes(Uint8Array.from(bytes), big).map(({ name, text }) => [name, text]))

test('bytes are read as every type that they are long enough for', () => {
  expect(decoded([0, 0, 128, 191])).toEqual({
    int8: '0',
    uint8: '0',
    int16: '0',
    uint16: '0',
    int32: '-1082130432',
    uint32: '3212836864',
    float16: '0.0',
    bfloat16: '0.0',
    float32: '-1.0',
    bits: '10111111 10000000 00000000 00000000',
    text: '····',
  })
  expect(decoded([255, 255, 255, 255, 255, 255, 255, 255])).toMatchObject({
    int64: '-1',
    uint64: '18446744073709551615',
    float64: 'nan',
    'datetime64[s]': '1969-12-31T23:59:59',
  })
})

test('the other byte order', () => {
  expect(decoded([191, 128, 0, 0], true)).toMatchObject({ float32: '-1.0', int8: '-65' })
  expect(decoded([1, 0], true)).toMatchObject({ int16: '256', bits: '00000001 00000000' })
})

test('texts show, what cannot be printed is a point', () => {
  expect(decoded([104, 105, 0, 10])).toMatchObject({ text: 'hi··' })
  expect(decoded([])).toEqual({ bits: '', text: '' })
})
