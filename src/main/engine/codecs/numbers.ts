import { floatTable, floatToBits, roundHalfEven, roundToFormat } from '@shared/dtype/float-format'
import { fixedItemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'

/** Numbers to compute with: as they are stored where JavaScript can, else as doubles that hold them exactly. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

/** A data type of real numbers: bool, integers, floats. */
export type RealType = Extract<DataTypeSpec, { kind: 'bool' | 'int' | 'uint' | 'float' }>

export const isReal = (dtype: DataTypeSpec): dtype is RealType =>
  dtype.kind === 'bool' || dtype.kind === 'int' || dtype.kind === 'uint' || dtype.kind === 'float'

type NumbersClass = new (buffer: ArrayBuffer | number) => Numbers

/** Makes `length` zeros to compute with. */
export const newNumbers = (dtype: RealType, length: number): Numbers => new (classOf(dtype))(length)

/** The class whose bytes are the canonical ones; undefined for formats that go through a table. */
function nativeClass(dtype: RealType): NumbersClass | undefined {
  if (dtype.kind === 'bool') return Uint8Array
  if (dtype.kind === 'float') {
    return dtype.format === 'float64' ? Float64Array : dtype.format === 'float32' ? Float32Array : undefined
  }
  const signed = dtype.kind === 'int'
  switch (dtype.bits) {
    case 8:
      return signed ? Int8Array : Uint8Array
    case 16:
      return signed ? Int16Array : Uint16Array
    case 32:
      return signed ? Int32Array : Uint32Array
    case 64:
      return signed ? BigInt64Array : BigUint64Array
    default:
      return undefined
  }
}

const classOf = (dtype: RealType): NumbersClass =>
  nativeClass(dtype) ?? (dtype.kind === 'int' ? Int8Array : dtype.kind === 'uint' ? Uint8Array : Float64Array)

/** Canonical items as numbers, in memory of their own. */
export function loadNumbers(dtype: RealType, data: Uint8Array): Numbers {
  const native = nativeClass(dtype)
  if (native) return new native(new Uint8Array(data).buffer)
  if (dtype.kind === 'float') return loadFloats(dtype, data)
  const unused = 32 - bitsOf(dtype)
  const numbers = newNumbers(dtype, data.length)
  data.forEach((byte, i) => {
    numbers[i] = dtype.kind === 'int' ? (byte << unused) >> unused : (byte << unused) >>> unused
  })
  return numbers
}

const bitsOf = (dtype: RealType): number => (dtype.kind === 'int' || dtype.kind === 'uint' ? dtype.bits : 8)

function loadFloats(dtype: RealType & { kind: 'float' }, data: Uint8Array): Float64Array {
  const table = floatTable(dtype.format)
  const codes = fixedItemSize(dtype) === 2 ? new Uint16Array(new Uint8Array(data).buffer) : data
  return Float64Array.from(codes, (code) => table[code & (table.length - 1)]!)
}

/** Numbers as canonical items. They must be such as the type holds; floats of other formats are rounded to nearest. */
export function storeNumbers(dtype: RealType, numbers: Numbers): Uint8Array {
  if (nativeClass(dtype)) return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
  if (dtype.kind !== 'float') return Uint8Array.from(numbers as Uint8Array, (value) => value & 0xff)
  const codes = fixedItemSize(dtype) === 2 ? new Uint16Array(numbers.length) : new Uint8Array(numbers.length)
  numbers.forEach((value, i) => {
    codes[i] =
      floatToBits(dtype.format, Number(value)) ?? floatToBits(dtype.format, Number(value) * Infinity) ?? 0
  })
  return new Uint8Array(codes.buffer)
}

/** Rounds a result to the nearest number of a float type; beyond the largest it is infinite. */
export function rounding(dtype: RealType): (value: number) => number {
  if (dtype.kind !== 'float' || dtype.format === 'float64') return (value) => value
  if (dtype.format === 'float32') return Math.fround
  const { format } = dtype
  return (value) => roundToFormat(format, value) ?? value * Infinity
}

/** NumPy's `around` to whole numbers: half goes to even, and what rounds to zero keeps its sign. */
export function roundWhole(value: number): number {
  const rounded = roundHalfEven(value)
  return rounded === 0 && value < 0 ? -0 : rounded
}
