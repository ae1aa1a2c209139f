import { expect, test } from 'vitest'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { valueRange } from './value-range'

const NAT = -(2n ** 63n)

test.each<[string, DataTypeSpec, ArrayBufferView, object]>([
  ['bool', { kind: 'bool' }, Uint8Array.of(1, 0, 1), { min: 0, max: 1 }],
  ['int8', { kind: 'int', bits: 8 }, Int8Array.of(3, -5), { min: -5, max: 3 }],
  ['float32', { kind: 'float', format: 'float32' }, Float32Array.of(NaN, 2, -0.5), { min: -0.5, max: 2 }],
  ['infinity', { kind: 'float', format: 'float64' }, Float64Array.of(Infinity, 1), { min: 1, max: Infinity }],
  ['NaN alone', { kind: 'float', format: 'float64' }, Float64Array.of(NaN, NaN), {}],
  ['uint64', { kind: 'uint', bits: 64 }, BigUint64Array.of(2n ** 64n - 1n, 4n), { min: 4, max: 2 ** 64 }],
  ['dates', { kind: 'datetime', unit: 's', scale: 1 }, BigInt64Array.of(NAT, 5n, -5n), { min: -5, max: 5 }],
  ['NaT alone', { kind: 'timedelta', unit: 's', scale: 1 }, BigInt64Array.of(NAT), {}],
  ['no items', { kind: 'int', bits: 16 }, new Int16Array(), {}],
  ['texts', { kind: 'text', length: 1 }, Uint32Array.of(65), {}],
  ['complex', { kind: 'complex', part: 'float32' }, Float32Array.of(1, 2), {}],
])('%s', (_what, dtype, { buffer, byteOffset, byteLength }, expected) => {
  expect(valueRange(dtype, new Uint8Array(buffer, byteOffset, byteLength))).toEqual(expected)
})
