import type { ItemValue } from './data-type'
import { floatBytes } from './float-format'
import { itemSize } from './itemsize'
import { dataType } from './registry'
import { readFloat } from './simple-types'
import type { DataTypeSpec, FloatFormat } from './spec'

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

/**
 * Canonical bytes as what JavaScript has for them: typed arrays for numbers (bool and sub-byte integers one byte each,
 * float16 and smaller floats widened to Float32Array, datetime and timedelta as BigInt64Array of ticks, complex as
 * interleaved pairs), otherwise a list of items (see ItemValue). `offsets` are those of variable-length items.
 * Typed arrays share the memory of `bytes` where its alignment allows.
 */
export function readTyped(
  spec: DataTypeSpec,
  bytes: Uint8Array,
  offsets?: Uint32Array,
): TypedArray | ItemValue[] {
  switch (spec.kind) {
    case 'bool':
      return bytes
    case 'int':
    case 'uint':
      return integers(spec, bytes)
    case 'float':
      return floats(spec.format, bytes)
    case 'complex':
      return floats(spec.part, bytes)
    case 'datetime':
    case 'timedelta':
      return view(BigInt64Array, bytes)
    default:
      return items(spec, bytes, offsets)
  }
}

interface ViewConstructor<T> {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T
}

/** Machines that run JavaScript are little-endian, as canonical bytes are. */
function view<T>(constructor: ViewConstructor<T>, bytes: Uint8Array): T {
  const size = constructor.BYTES_PER_ELEMENT
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice()
  return new constructor(aligned.buffer, aligned.byteOffset, Math.floor(aligned.byteLength / size))
}

function integers(spec: Extract<DataTypeSpec, { kind: 'int' | 'uint' }>, bytes: Uint8Array): TypedArray {
  const signed = spec.kind === 'int'
  switch (spec.bits) {
    case 2:
    case 4: {
      const shift = 8 - spec.bits
      const shifted = bytes.map((byte) => byte << shift)
      if (!signed) return shifted.map((byte) => byte >> shift)
      return Int8Array.from(view(Int8Array, shifted), (byte) => byte >> shift)
    }
    case 8:
      return signed ? view(Int8Array, bytes) : bytes
    case 16:
      return signed ? view(Int16Array, bytes) : view(Uint16Array, bytes)
    case 32:
      return signed ? view(Int32Array, bytes) : view(Uint32Array, bytes)
    case 64:
      return signed ? view(BigInt64Array, bytes) : view(BigUint64Array, bytes)
  }
}

function floats(format: FloatFormat, bytes: Uint8Array): TypedArray {
  if (format === 'float64') return view(Float64Array, bytes)
  if (format === 'float32') return view(Float32Array, bytes)
  const size = floatBytes(format)
  return Float32Array.from({ length: Math.floor(bytes.length / size) }, (_, i) =>
    readFloat(format, bytes, i * size),
  )
}

function items(spec: DataTypeSpec, bytes: Uint8Array, offsets: Uint32Array | undefined): ItemValue[] {
  const type = dataType(spec)
  const size = itemSize(spec)
  if (size !== null) {
    const count = size === 0 ? 0 : Math.floor(bytes.length / size)
    return Array.from({ length: count }, (_, i) => type.read(bytes, i * size))
  }
  if (offsets === undefined) throw new TypeError('items of varying length need their offsets')
  return Array.from({ length: offsets.length - 1 }, (_, i) => type.read(bytes, offsets[i]!, offsets[i + 1]))
}
