import { dataType } from '@shared/dtype/registry'
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import type { DataTypeSpec } from '@shared/dtype/spec'

/** Typed arrays that the library hands out. 16-bit and smaller floats widen to Float32Array, which holds them exactly. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array

type View<T> = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => T

/**
 * Canonical bytes as JavaScript has them: a typed array where there is one (bool as 0 and 1; 64-bit integers, datetimes
 * and timedeltas as bigint arrays; complex numbers as interleaved pairs), else a list of item values. Copies only where
 * the bytes do not lie on the type's boundary or must widen. On big-endian machines typed views would be wrong; Node
 * runs on none.
 */
export function toValues(
  spec: DataTypeSpec,
  data: Uint8Array,
  offsets?: Uint32Array,
): TypedArray | ItemValue[] {
  const view = viewOf(spec)
  if (view) return typed(view.type, view.size, data)
  const dtype = dataType(spec)
  if (spec.kind === 'float') return widen(dtype, data, (v) => [v as number])
  if (spec.kind === 'complex') return widen(dtype, data, (v) => v as [number, number])
  return itemValues(dtype, data, offsets)
}

/** Every item's value in order, for types without a typed array and for printing. */
export function itemValues(dtype: DataType, data: Uint8Array, offsets?: Uint32Array): ItemValue[] {
  if (dtype.itemsize === null) {
    const ends = offsets ?? new Uint32Array(1)
    return Array.from({ length: ends.length - 1 }, (_, i) => dtype.read(data, ends[i]!, ends[i + 1]))
  }
  const size = dtype.itemsize
  const items = size === 0 ? 0 : data.length / size
  return Array.from({ length: items }, (_, i) => dtype.read(data, i * size))
}

function viewOf(spec: DataTypeSpec): { type: View<TypedArray>; size: number } | undefined {
  switch (spec.kind) {
    case 'bool':
      return { type: Uint8Array, size: 1 }
    case 'int':
    case 'uint':
      return integerView(spec.kind === 'int', Math.max(8, spec.bits))
    case 'datetime':
    case 'timedelta':
      return { type: BigInt64Array, size: 8 }
    case 'float':
      return floatView(spec.format)
    case 'complex':
      return floatView(spec.part)
    default:
      return undefined
  }
}

function integerView(signed: boolean, bits: number): { type: View<TypedArray>; size: number } {
  const types: Record<number, View<TypedArray>> = signed
    ? { 8: Int8Array, 16: Int16Array, 32: Int32Array, 64: BigInt64Array }
    : { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array, 64: BigUint64Array }
  return { type: types[bits]!, size: bits / 8 }
}

function floatView(format: string): { type: View<TypedArray>; size: number } | undefined {
  if (format === 'float32') return { type: Float32Array, size: 4 }
  if (format === 'float64') return { type: Float64Array, size: 8 }
  return undefined
}

function typed(type: View<TypedArray>, size: number, data: Uint8Array): TypedArray {
  const aligned = data.byteOffset % size === 0 ? data : data.slice()
  return new type(aligned.buffer, aligned.byteOffset, aligned.length / size)
}

function widen(dtype: DataType, data: Uint8Array, parts: (value: ItemValue) => number[]): Float32Array {
  const size = dtype.itemsize!
  const per = dtype.spec.kind === 'complex' ? 2 : 1
  const out = new Float32Array((data.length / size) * per)
  for (let item = 0, at = 0; at < out.length; item++, at += per)
    out.set(parts(dtype.read(data, item * size)), at)
  return out
}
