import { expect, test } from 'vitest'
import { subByteItems } from './sub-byte'

const stored = Uint8Array.from([0b1110_1001, 0b0001_0111, 0b0010_0000])

test('integers keep their own bits, with the sign', () => {
  expect([...new Int8Array(subByteItems({ kind: 'int', bits: 4 })!(stored).buffer)]).toEqual([-7, 7, 0])
  expect([...new Int8Array(subByteItems({ kind: 'int', bits: 2 })!(stored).buffer)]).toEqual([1, -1, 0])
  expect([...subByteItems({ kind: 'uint', bits: 4 })!(stored)]).toEqual([9, 7, 0])
})

test('small floats keep their own bits', () => {
  expect([...subByteItems({ kind: 'float', format: 'float6_e2m3fn' })!(stored)]).toEqual([
    0b10_1001, 0b01_0111, 0b10_0000,
  ])
  expect([...subByteItems({ kind: 'float', format: 'float4_e2m1fn' })!(stored)]).toEqual([9, 7, 0])
})

test('whole bytes stay as they are', () => {
  for (const dtype of [
    { kind: 'int', bits: 8 },
    { kind: 'float', format: 'float8_e4m3' },
    { kind: 'bool' },
  ] as const)
    expect(subByteItems(dtype)).toBeUndefined()
})
